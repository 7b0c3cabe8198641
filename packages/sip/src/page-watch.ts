/**
 * Who looks at the page: `attended` when it has the focus, `seen` in sight without it, `hidden` for a tab that nobody looks at.
 * Where there are no tabs nobody is hidden.
 */
export type Attention = 'attended' | 'seen' | 'hidden';

export function attention(): Attention {
  if (!('document' in globalThis)) return 'seen';
  if (document.visibilityState === 'hidden') return 'hidden';
  return document.hasFocus() ? 'attended' : 'seen';
}

export interface PageSigns {
  /** The network came, went or changed: what was connected may be dead. */
  readonly onNetwork: () => void;
  /** Somebody looks at the page again, or it wakes up after it was frozen (Page Lifecycle) or restored. */
  readonly onReturn: () => void;
}

/** Watches for what makes a link doubtful that was fine a moment ago. Answers how to stop. */
export function watchPage({ onNetwork, onReturn }: PageSigns): () => void {
  const over = new AbortController();
  const on = (target: EventTarget, type: string, act: () => void): void => {
    target.addEventListener(type, act, { signal: over.signal });
  };
  if ('addEventListener' in globalThis) {
    for (const type of ['online', 'offline']) on(globalThis, type, onNetwork);
    for (const type of ['pageshow', 'focus']) on(globalThis, type, onReturn);
  }
  if ('document' in globalThis) {
    on(document, 'resume', onReturn);
    on(document, 'visibilitychange', () => {
      if (attention() !== 'hidden') onReturn();
    });
  }
  const connection: unknown = 'navigator' in globalThis && 'connection' in navigator && navigator.connection;
  if (connection instanceof EventTarget) on(connection, 'change', onNetwork);
  return () => {
    over.abort();
  };
}
