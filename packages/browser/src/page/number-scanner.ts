import { extractNumbers } from '@multiline/core';

/** When there is time to look for numbers: what `requestIdleCallback` does. Answers how to cancel. */
export type Idle = (work: (deadline: { timeRemaining(): number }) => void) => () => void;

/** What is looked at before the work is cut, where the browser has no idle time to tell (ms). */
const SLICE = 8;

/** Idle time of the page, or short slices behind everything else where the browser has none. */
export function pageIdle(): Idle {
  if (typeof requestIdleCallback === 'function') {
    return (work) => {
      const id = requestIdleCallback(work);
      return () => cancelIdleCallback(id);
    };
  }
  return (work) => {
    const id = setTimeout(() => {
      const end = performance.now() + SLICE;
      work({ timeRemaining: () => end - performance.now() });
    });
    return () => clearTimeout(id);
  };
}

/** Where a number in a text is no number to dial, or already something to click: its own, or somebody's code. */
const NOT_HERE =
  'a, area, button, input, select, textarea, option, label, summary, script, style, noscript, template, title, iframe, ' +
  'object, svg, math, code, pre, kbd, samp, time, ins, del, [role=button], [role=link], [role=textbox], [aria-hidden=true]';

/** Whether texts inside an element are left alone. Our own elements deal with their numbers themselves. */
export function leftAlone(element: Element): boolean {
  if (element.matches(NOT_HERE)) return true;
  if (element instanceof HTMLElement && element.isContentEditable) return true;
  return element.localName.startsWith('ml-') && element.localName !== 'ml-workspace';
}

/** A cheap look before the thorough one: seven digits with little between them. */
const PERHAPS = /\p{Nd}(?:\P{Nd}{0,4}\p{Nd}){6}/u;

/** The phone numbers that stand in the texts of a page, kept up to date as it changes. */
export interface NumberScanner {
  /** The number at a point of the window (CSS px), if one is there. */
  at(x: number, y: number): Range | undefined;
  stop(): void;
}

export interface NumberScannerOptions {
  /** How national numbers are read (ISO 3166-1 alpha-2). */
  readonly country: string;
  readonly idle: Idle;
  /** Hears all numbers whenever they have changed. */
  readonly onChange: (ranges: readonly Range[]) => void;
}

/** The text node at a point. Two generations of browsers name it differently. */
function textAt(document: Document, x: number, y: number): Node | null {
  if (typeof document.caretPositionFromPoint === 'function') {
    return document.caretPositionFromPoint(x, y)?.offsetNode ?? null;
  }
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the older generation has nothing else
  return document.caretRangeFromPoint?.(x, y)?.startContainer ?? null;
}

function covers(range: Range, x: number, y: number): boolean {
  return [...range.getClientRects()].some(
    ({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom,
  );
}

/**
 * Looks through the texts below a node in the page's idle time and again where they change. Nothing of the page is
 * touched: what is found are ranges.
 */
export function scanNumbers(
  root: Document | Element,
  { country, idle, onChange }: NumberScannerOptions,
): NumberScanner {
  const document = root.ownerDocument ?? root;
  const found = new Map<Node, readonly Range[]>();
  const waiting = new Set<Node>();
  let walker: TreeWalker | undefined;
  let cancel: (() => void) | undefined;
  let changed = false;

  const filter = (node: Node): number => {
    if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
    return leftAlone(node as Element) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
  };

  function read(text: Text): void {
    if (found.delete(text)) changed = true;
    if (!PERHAPS.test(text.data)) return;
    const ranges = extractNumbers(text.data, { country }).map(({ start, end }) => {
      const range = document.createRange();
      range.setStart(text, start);
      range.setEnd(text, end);
      return range;
    });
    if (ranges.length === 0) return;
    found.set(text, ranges);
    changed = true;
  }

  /** The next piece of work: one text. Answers false when nothing is left. */
  function step(): boolean {
    if (!walker) {
      const [node] = waiting;
      if (!node) return false;
      waiting.delete(node);
      const parent = node instanceof Element ? node : node.parentElement;
      for (let above = parent; above; above = above.parentElement) if (leftAlone(above)) return true;
      if (!node.isConnected) return true;
      if (node instanceof Text) {
        read(node);
        return true;
      }
      walker = document.createTreeWalker(node, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, filter);
    }
    const text = walker.nextNode();
    if (text) read(text as Text);
    else walker = undefined;
    return true;
  }

  function tell(): void {
    for (const text of found.keys()) {
      if (text.isConnected) continue;
      found.delete(text);
      changed = true;
    }
    if (!changed) return;
    changed = false;
    onChange([...found.values()].flat());
  }

  function work(deadline: { timeRemaining(): number }): void {
    cancel = undefined;
    do {
      if (step()) continue;
      tell();
      return;
    } while (deadline.timeRemaining() > 0);
    plan();
  }

  function plan(): void {
    cancel ??= idle(work);
  }

  const observer = new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records) {
      if (type === 'characterData') waiting.add(target);
      for (const node of addedNodes) waiting.add(node);
    }
    plan();
  });
  observer.observe(root, { childList: true, characterData: true, subtree: true });
  waiting.add(root);
  plan();

  return {
    at(x, y) {
      const text = textAt(document, x, y);
      return text ? found.get(text)?.find((range) => covers(range, x, y)) : undefined;
    },
    stop() {
      observer.disconnect();
      cancel?.();
      waiting.clear();
      walker = undefined;
      found.clear();
      onChange([]);
    },
  };
}
