/** As many things may become true at once. */
const KEPT = 4;
/** Whoever reads the page later finds what is, not what was. */
const KEPT_MS = 5_000;

/** A place whose news a screen reader tells: at once, or when it is quiet. Keep it in the same place of every rendering. */
export function liveRegion(kind: 'assertive' | 'polite'): HTMLElement {
  const element = document.createElement('div');
  element.className = 'unseen';
  element.role = kind === 'assertive' ? 'alert' : 'status';
  element.ariaLive = kind;
  // Only what is new is read, not all that stands there.
  element.ariaAtomic = 'false';
  return element;
}

/** Each thing is a line of its own: what comes next, a moment later, does not silence it, and the same again is heard again. */
export function utter(where: HTMLElement, text: string): void {
  const line = document.createElement('p');
  line.textContent = text;
  while (where.childElementCount >= KEPT) where.firstElementChild?.remove();
  where.append(line);
  setTimeout(() => line.remove(), KEPT_MS);
}
