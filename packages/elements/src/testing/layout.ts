/** What may be pressed or filled in. */
export const TARGETS = 'button, a[href], input, select, textarea, [role="switch"], [role="menuitem"], [tabindex="0"]';

/** WCAG 2.2, 1.4.12: what a reader may set without losing anything. */
const SPACING = new CSSStyleSheet();
SPACING.replaceSync(`
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-block-end: 2em !important; }
`);

/** An element and all below it, through every open shadow root. */
export function* deep(root: Element): Generator<Element> {
  yield root;
  for (const child of root.shadowRoot?.children ?? []) yield* deep(child);
  for (const child of root.children) yield* deep(child);
}

/** Spaces the text of everything below as far as WCAG lets a reader go. */
export function spaceText(root: Element): void {
  for (const { shadowRoot } of deep(root)) {
    if (shadowRoot && !shadowRoot.adoptedStyleSheets.includes(SPACING)) shadowRoot.adoptedStyleSheets.push(SPACING);
  }
}

/** What does not fit: out of the page's width, cut off, or too small to be hit (WCAG 2.2, 1.4.10, 1.4.12 and 2.5.8). */
export function misfits(root: Element): readonly string[] {
  const found: string[] = [];
  for (const element of deep(root)) {
    if (!(element instanceof HTMLElement) || !isDrawn(element)) continue;
    for (const what of [
      outside(element),
      cut(element),
      ...spilt(element),
      ...clipped(element),
      ...leading(element),
      small(element),
      offCentre(element),
    ])
      if (what) found.push(`${what}: ${nameOf(element)}`);
  }
  return found;
}

/** Drawn, and not only for a screen reader. */
export function isDrawn(element: Element): boolean {
  return (
    element.checkVisibility({ visibilityProperty: true }) && !element.closest('.unseen') && element.role !== 'none'
  );
}

/** What hides what stands out of it answers for that itself. */
function outside(element: HTMLElement): string | null {
  for (let over = parentOf(element); over; over = parentOf(over)) {
    if (getComputedStyle(over).overflowX !== 'visible' && over !== document.documentElement) return null;
  }
  const { left, right, width } = element.getBoundingClientRect();
  const { clientWidth } = document.documentElement;
  return width && (left < -0.5 || right > clientWidth + 0.5)
    ? `from ${left.toFixed()} to ${right.toFixed()} of ${clientWidth.toFixed()}`
    : null;
}

export function parentOf(element: Element): Element | null {
  return element.parentElement ?? (element.getRootNode() as ShadowRoot).host ?? null;
}

/** Names may be cut where the whole stands in a title; nothing else may. What scrolls is not cut. */
function cut(element: HTMLElement): string | null {
  if (element.matches('input, select, textarea, option')) return null;
  const { overflowX, overflowY, textOverflow } = getComputedStyle(element);
  if (overflowX === 'auto' && element.scrollWidth > element.clientWidth + 1) return 'scrolls sideways';
  const hides = (overflow: string): boolean => overflow === 'hidden' || overflow === 'clip';
  if (hides(overflowY) && element.scrollHeight > element.clientHeight + 2 && element.clientHeight) return 'cut below';
  if (!hides(overflowX) || element.scrollWidth <= element.clientWidth + 1 || !element.textContent.trim()) return null;
  const titled = element.closest('[title]') ?? element.querySelector('[title]');
  return textOverflow === 'ellipsis' && titled ? null : `cut at its end (${textOverflow})`;
}

/** Text that stands out of the button, tag or note it belongs to. */
function* spilt(element: HTMLElement): Generator<string> {
  if (!element.matches('button, .tag, .notice, .badge, label, h2, h3')) return;
  const box = element.getBoundingClientRect();
  const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (text.nextNode()) {
    const { parentElement } = text.currentNode;
    if (!parentElement || !text.currentNode.textContent?.trim() || !isDrawn(parentElement)) continue;
    if (parentElement.closest('.cut, .name')) continue;
    range.selectNodeContents(text.currentNode);
    for (const { left, right, top, bottom } of range.getClientRects()) {
      if (left < box.left - 1 || right > box.right + 1 || top < box.top - 3 || bottom > box.bottom + 3) {
        yield `"${text.currentNode.textContent.trim()}" out of its box`;
        break;
      }
    }
  }
}

/** Text that something around it cuts off at its beginning, where nothing scrolls and no ellipsis stands. */
function* clipped(element: HTMLElement): Generator<string> {
  const hider = hiderOf(element);
  const words = wordsOf(element);
  if (!hider || !words.length) return;
  const box = hider.getBoundingClientRect();
  const start = getComputedStyle(hider).direction === 'rtl' ? box.right : box.left;
  for (const node of words) {
    const over = rectsOf(node, 0, node.length).some(({ left, right }) => left < start - 1 && start + 1 < right);
    if (over) yield `"${node.data.trim()}" cut at its beginning`;
  }
}

/** Itself or what is around it, whose box hides what stands out of it. */
function hiderOf(element: Element): Element | null {
  const hides = (one: Element): boolean => ['clip', 'hidden'].includes(getComputedStyle(one).overflowX);
  let over: Element | null = element;
  while (over && !hides(over)) over = parentOf(over);
  return over;
}

/** A dot between two parts stays with the one before it, unless that one fills its line. */
function* leading(element: HTMLElement): Generator<string> {
  for (const node of wordsOf(element)) {
    const at = node.data.indexOf('·');
    const [dot] = at < 0 ? [] : rectsOf(node, at, at + 1);
    const line = element.closest('.phase, .status, .second, .kind, p, li, label, button') ?? element;
    if (!dot) continue;
    const before = document.createRange();
    before.setStart(line, 0);
    before.setEnd(node, at);
    const parts = [...before.getClientRects()].filter(({ width }) => width > 0);
    const beside = parts.some(({ top, bottom }) => top < dot.bottom - 2 && bottom > dot.top + 2);
    const full = parts.some(({ width }) => width > element.clientWidth - 2 * dot.width);
    if (!beside && !full) yield `a line begins with "${node.data.slice(at).trim()}"`;
  }
}

const wordsOf = (element: Element): Text[] =>
  [...element.childNodes].filter((node) => node instanceof Text && node.data.trim()) as Text[];

function rectsOf(node: Text, start: number, end: number): DOMRect[] {
  const range = document.createRange();
  range.setStart(node, start);
  range.setEnd(node, end);
  return [...range.getClientRects()];
}

/**
 * A link within a sentence is as high as its line (the exception of 2.5.8); a box to tick is as large as its label,
 * a button that lays itself over its row as large as that. */
function small(element: HTMLElement): string | null {
  if (!element.matches(TARGETS) || getComputedStyle(element).display === 'inline') return null;
  const { position, content } = getComputedStyle(element, '::after');
  const row = position === 'absolute' && content !== 'none' ? element.offsetParent : null;
  const { width, height } = (row ?? element.closest('label') ?? element).getBoundingClientRect();
  return width < 23.5 || height < 23.5 ? `${width.toFixed()} × ${height.toFixed()}` : null;
}

/** The letters of an avatar stand in its middle. */
function offCentre(element: HTMLElement): string | null {
  if (!element.matches('.avatar')) return null;
  const range = document.createRange();
  range.selectNodeContents(element);
  const box = element.getBoundingClientRect();
  const letters = range.getBoundingClientRect();
  const aside = (letters.left + letters.right - box.left - box.right) / 2;
  const below = (letters.top + letters.bottom - box.top - box.bottom) / 2;
  return Math.hypot(aside, below) > 1 ? `${aside.toFixed()} and ${below.toFixed()} off its centre` : null;
}

export function nameOf(element: Element): string {
  const host = (element.getRootNode() as ShadowRoot).host as Element | undefined;
  const label = element.ariaLabel ?? (element.textContent ?? '').replace(/\s+/gu, ' ').trim().slice(0, 40);
  return `${host?.localName ?? ''} ${element.localName}.${element.getAttribute('class') ?? ''} "${label}"`;
}
