import type { DialClick } from '@multiline/core';
import { numberMarks } from './number-marks.ts';
import { type Idle, type NumberScanner, leftAlone, scanNumbers } from './number-scanner.ts';

export interface ClickToDialOptions {
  readonly country: string;
  /** Numbers in running text count, too, not only links. */
  readonly texts: boolean;
  readonly idle: Idle;
  readonly listener: (click: DialClick) => void;
}

const DIALABLE = /^(?:tel|callto|sips?):/i;

/** What the page says about the record a number belongs to, on the number's element or around it. */
const RECORD = 'data-ml-record';
const NAME = 'data-ml-name';

/** `Contact/0031` on the nearest element that says so. */
function contextOf(element: Element | null): Omit<DialClick, 'number'> {
  const [, kind, id] = /^([^/]+)\/(.+)$/.exec(element?.closest(`[${RECORD}]`)?.getAttribute(RECORD) ?? '') ?? [];
  const name = element?.closest(`[${NAME}]`)?.getAttribute(NAME)?.trim();
  return { ...(kind && id ? { record: { kind, id } } : {}), ...(name ? { name } : {}) };
}

/** A plain click of the main button, that nobody else has dealt with. */
function plain(event: MouseEvent): boolean {
  const { defaultPrevented, button, altKey, ctrlKey, metaKey, shiftKey } = event;
  return !defaultPrevented && button === 0 && !altKey && !ctrlKey && !metaKey && !shiftKey;
}

/** The link that was clicked, also in an open shadow root; undefined if one of our own elements has it. */
function dialLink(path: readonly EventTarget[]): HTMLAnchorElement | HTMLAreaElement | undefined {
  for (const target of path) {
    if (!(target instanceof Element)) continue;
    if (target instanceof HTMLAnchorElement || target instanceof HTMLAreaElement) {
      return DIALABLE.test(target.href) ? target : undefined;
    }
    if (leftAlone(target) && target.localName.startsWith('ml-')) return undefined;
  }
  return undefined;
}

/**
 * Makes the numbers of a page dialable by listening at its root: `tel:`, `callto:` and `sip:` links, and numbers in text.
 * Nothing is added to the document and nothing in it is changed, so no framework that renders it is disturbed. A page's own
 * handler that prevents the default keeps the click. Answers how to stop.
 */
export function clickToDial(root: Document | Element, options: ClickToDialOptions): () => void {
  const { country, texts, idle, listener } = options;
  const document = root.ownerDocument ?? root;
  const marks = texts ? numberMarks(document) : undefined;
  const scanner: NumberScanner | undefined = marks && scanNumbers(root, { country, idle, onChange: marks.show });

  function onText(event: MouseEvent): void {
    const { target, clientX, clientY } = event;
    if (!scanner || !(target instanceof Element)) return;
    // Whoever selects text does not want to call it.
    if (document.getSelection()?.isCollapsed === false) return;
    for (let above: Element | null = target; above; above = above.parentElement) if (leftAlone(above)) return;
    const range = scanner.at(clientX, clientY);
    if (!range) return;
    event.preventDefault();
    listener({ number: range.toString(), ...contextOf(target) });
  }

  function onClick(event: Event): void {
    if (!(event instanceof MouseEvent) || !plain(event)) return;
    const link = dialLink(event.composedPath());
    if (!link) {
      onText(event);
      return;
    }
    event.preventDefault();
    listener({ number: link.href, ...contextOf(link) });
  }

  root.addEventListener('click', onClick);
  return () => {
    root.removeEventListener('click', onClick);
    scanner?.stop();
    marks?.stop();
  };
}
