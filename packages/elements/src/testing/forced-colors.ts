import { TARGETS, deep, isDrawn, nameOf, parentOf } from './layout.ts';

/** The only colors a contrast theme has (CSS Color 4, 6.2). */
const SYSTEM =
  'AccentColor AccentColorText ActiveText ButtonBorder ButtonFace ButtonText Canvas CanvasText Field FieldText GrayText Highlight HighlightText LinkText Mark MarkText SelectedItem SelectedItemText VisitedText'.split(
    ' ',
  );

/** What says that a control is chosen, pressed or open. */
const STATES = ['aria-pressed', 'aria-checked', 'aria-selected'] as const;

/** What a contrast theme takes away: colors of our own that it does not know, and all that is told by a color alone. */
export function lostInForcedColors(root: Element): readonly string[] {
  const palette = new Set(SYSTEM.map(colorOf));
  const found: string[] = [];
  for (const element of deep(root)) {
    if (!isDrawn(element)) continue;
    for (const what of strangeColors(element, palette)) found.push(`${what}: ${nameOf(element)}`);
    if (isWritten(element) && groundOf(element) === opaque(getComputedStyle(element).color)) {
      found.push(`words in the color of their ground: ${nameOf(element)}`);
    }
    if (!(element instanceof HTMLElement) || !element.matches(TARGETS)) continue;
    if (!isSeen(element)) found.push(`neither edge, word nor icon: ${nameOf(element)}`);
    if (!showsItsState(element)) found.push(`looks the same when chosen: ${nameOf(element)}`);
    if (!showsFocus(element)) found.push(`no focus ring: ${nameOf(element)}`);
  }
  return found;
}

/** A color without its alpha, as the browser computes it. */
function colorOf(keyword: string): string {
  const sample = document.createElement('i');
  sample.style.cssText = `forced-color-adjust: none; color: ${keyword}`;
  document.body.append(sample);
  const { color } = getComputedStyle(sample);
  sample.remove();
  return opaque(color);
}

const opaque = (color: string): string =>
  color
    .match(/[\d.]+/gu)
    ?.slice(0, 3)
    .join(' ') ?? color;
const isClear = (color: string): boolean =>
  /^rgba\(.*, 0\)$/u.test(color) || color === 'none' || color === 'transparent';

/** Colors that are painted and are none of the theme's. */
function* strangeColors(element: Element, palette: ReadonlySet<string>): Generator<string> {
  for (const pseudo of ['', '::before', '::after']) {
    const style = getComputedStyle(element, pseudo || null);
    if (pseudo && (style.content === 'none' || style.display === 'none')) continue;
    for (const [what, color] of paintedBy(element, style)) {
      if (!isClear(color) && !palette.has(opaque(color))) yield `${what} ${color}${pseudo && ` of ${pseudo}`}`;
    }
  }
}

function* paintedBy(element: Element, style: CSSStyleDeclaration): Generator<[what: string, color: string]> {
  if (element instanceof SVGElement) {
    if (element instanceof SVGGeometryElement)
      yield* [
        ['fill', style.fill],
        ['stroke', style.stroke],
      ] as const;
    return;
  }
  if (isWritten(element)) yield ['color', style.color];
  yield ['background', style.backgroundColor];
  for (const color of style.backgroundImage.match(/rgba?\([^)]*\)/gu) ?? []) yield ['picture', color];
  for (const side of ['Top', 'Right', 'Bottom', 'Left'] as const) {
    if (parseFloat(style[`border${side}Width`])) yield [`border ${side}`, style[`border${side}Color`]];
  }
  if (hasOutline(style)) yield ['outline', style.outlineColor];
}

const isWritten = (element: Element): boolean =>
  [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
const hasOutline = ({ outlineStyle, outlineWidth }: CSSStyleDeclaration): boolean =>
  outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;

/** The color behind it. */
function groundOf(element: Element): string {
  for (let over: Element | null = element; over; over = parentOf(over)) {
    const { backgroundColor } = getComputedStyle(over);
    if (!isClear(backgroundColor)) return opaque(backgroundColor);
  }
  return colorOf('Canvas');
}

/** A control has a word or an icon, or an edge; what the browser draws has one, unless it is laid unseen over its words. */
function isSeen(element: HTMLElement): boolean {
  const words = element.closest('label') ?? element;
  if (words.textContent.trim() || element.querySelector('svg')) return true;
  const { appearance, opacity } = getComputedStyle(element);
  if (element instanceof HTMLInputElement && appearance !== 'none' && opacity !== '0') return true;
  return stylesOf(element).some((style) => style.borderTopStyle !== 'none' && parseFloat(style.borderTopWidth) > 0);
}

/** Itself, what is drawn before and behind it, and the label or field that is drawn for it. */
function stylesOf(element: HTMLElement): readonly CSSStyleDeclaration[] {
  const around = element.closest<HTMLElement>('label, .field, .search');
  return [
    getComputedStyle(element),
    getComputedStyle(element, '::before'),
    getComputedStyle(element, '::after'),
    ...(around ? [getComputedStyle(around)] : []),
  ];
}

/** How it looks, in one word to compare. */
function look(element: HTMLElement): string {
  const ground = groundOf(parentOf(element) ?? element);
  return stylesOf(element)
    .map((style) => [
      style.color,
      isClear(style.backgroundColor) ? ground : opaque(style.backgroundColor),
      style.borderTopStyle,
      style.borderTopColor,
      style.outlineStyle,
      style.insetInlineStart,
    ])
    .join();
}

/** An icon alone has no words below which to see that something is open. */
const statesOf = (element: HTMLElement): readonly string[] =>
  element.matches('.icon-button') ? [...STATES, 'aria-expanded'] : STATES;

/** By how it is painted, or by an icon that those of its kind have not that stand otherwise. */
function showsItsState(element: HTMLElement): boolean {
  const icons = (one: Element): number => one.querySelectorAll('svg').length;
  for (const state of statesOf(element)) {
    const value = element.getAttribute(state);
    if (value === null) continue;
    const others = element.parentElement?.querySelectorAll(`[${state}]:not([${state}="${value}"])`) ?? [];
    if (others.length && [...others].every((one) => icons(one) !== icons(element))) continue;
    const now = look(element);
    element.setAttribute(state, String(value !== 'true'));
    const other = look(element);
    element.setAttribute(state, value);
    if (now === other) return false;
  }
  return true;
}

/** The ring is in the theme's colors, and not in that of the ground. */
function showsFocus(element: HTMLElement): boolean {
  if (element.matches(':disabled')) return true;
  element.focus();
  const seen = stylesOf(element).some((style) => hasOutline(style) && style.outlineColor !== style.backgroundColor);
  element.blur();
  return seen;
}
