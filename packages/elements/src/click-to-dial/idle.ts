/** How long the page may keep us waiting (ms). */
const PATIENCE_MS = 500;

/** Calls back when the page has nothing better to do; where a browser cannot tell, soon. Answers how to cancel. */
export function whenIdle(callback: (left: () => number) => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const id = requestIdleCallback((deadline) => callback(() => (deadline.didTimeout ? 8 : deadline.timeRemaining())), {
      timeout: PATIENCE_MS,
    });
    return () => cancelIdleCallback(id);
  }
  const id = setTimeout(() => callback(() => 8));
  return () => clearTimeout(id);
}
