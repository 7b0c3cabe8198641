/**
 * Calls back once, with the person's next click or key on this page: browsers take it for consent to make a sound.
 * @returns how to stop waiting
 */
export function onGesture(callback: () => void): () => void {
  const waiting = new AbortController();
  const { signal } = waiting;
  const heard = (): void => {
    waiting.abort();
    callback();
  };
  for (const type of ['pointerup', 'keydown']) addEventListener(type, heard, { capture: true, signal });
  return () => waiting.abort();
}
