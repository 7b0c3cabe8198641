/** Whether nobody looks at the page: a link may then be watched at leisure. True nowhere but in a hidden tab. */
export function pageHidden(): boolean {
  return 'document' in globalThis && document.visibilityState === 'hidden';
}

/**
 * Calls back whenever a link that was fine a moment ago may be dead: the network came, went or changed, the page is seen again,
 * or wakes up after it was frozen (Page Lifecycle) or restored. Answers how to stop.
 */
export function watchPage(suspect: () => void): () => void {
  const over = new AbortController();
  const on = (target: EventTarget, type: string, act = suspect): void => {
    target.addEventListener(type, act, { signal: over.signal });
  };
  if ('addEventListener' in globalThis) for (const type of ['online', 'offline', 'pageshow']) on(globalThis, type);
  if ('document' in globalThis) {
    on(document, 'resume');
    on(document, 'visibilitychange', () => {
      if (!pageHidden()) suspect();
    });
  }
  const connection: unknown = 'navigator' in globalThis && 'connection' in navigator && navigator.connection;
  if (connection instanceof EventTarget) on(connection, 'change');
  return () => {
    over.abort();
  };
}
