import { extractNumbers } from '@multiline/core';

/** Text that is not prose, is being edited, or belongs to a control already. */
const LEFT_ALONE = [
  'a',
  'button',
  'input',
  'textarea',
  'select',
  'option',
  'label',
  'summary',
  'code',
  'pre',
  'kbd',
  'samp',
  'var',
  'script',
  'style',
  'noscript',
  'template',
  'svg',
  'math',
  'canvas',
  'iframe',
  'object',
  'ml-click-to-dial',
  '[contenteditable]:not([contenteditable="false" i])',
  '[role="button"]',
  '[role="link"]',
  '[role="textbox"]',
  '[data-ml-number]',
].join(',');

/** Fewer digits in a text than any number has. */
const LEAST = /\p{Nd}(?:[^\p{Nd}]*\p{Nd}){4}/u;
/** No prose; a parser's run over it would only cost. */
const LONGEST = 20_000;

/** What stands in for a part of one text node of the page. */
interface Chain {
  /** The page's own node, first of the chain: it stays, so that a framework which holds it can go on writing to it. */
  readonly head: Text;
  /** Links and the texts between them, in order behind `head`. */
  readonly added: ChildNode[];
}

/**
 * Makes phone numbers in text links, and takes the links out again. The page's text nodes stay in the document and in
 * their places; text is moved as text and never read as HTML.
 */
export class NumberLinks {
  readonly #root: HTMLElement;
  readonly #chains = new Map<Text, Chain>();
  readonly #label: (number: string) => string;
  readonly #country: () => string;

  /**
   * @param root whose light DOM it is
   * @param country how national numbers are read
   * @param label what a screen reader says of a link to this number
   */
  constructor(root: HTMLElement, country: () => string, label: (number: string) => string) {
    this.#root = root;
    this.#country = country;
    this.#label = label;
  }

  /** The texts below a node that may hold numbers. */
  *texts(node: Node): Generator<Text> {
    const element = node instanceof Element ? node : node.parentElement;
    if (!element || !this.#root.contains(node) || this.#root.isContentEditable) return;
    // We are among what is left alone: nearest of all we say that nothing else is between.
    if (element.closest(LEFT_ALONE) !== this.#root) return;
    if (node instanceof Text) {
      yield node;
      return;
    }
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (one) =>
      one instanceof Element && one !== this.#root && one.matches(LEFT_ALONE)
        ? NodeFilter.FILTER_REJECT
        : NodeFilter.FILTER_ACCEPT,
    );
    while (walker.nextNode()) if (walker.currentNode instanceof Text) yield walker.currentNode;
  }

  /** Makes the numbers of one text links. */
  link(text: Text): void {
    const { data } = text;
    if (this.#chains.has(text) || data.length > LONGEST || !LEAST.test(data)) return;
    const ranges = extractNumbers(data, { country: this.#country() });
    if (!ranges.length) return;
    const added: ChildNode[] = [];
    let end = data.length;
    // From the last to the first: what stands before keeps its place.
    for (const { start, end: behind, number } of ranges.toReversed()) {
      const { e164, extension } = number;
      if (!e164) continue;
      const rest = data.slice(behind, end);
      if (rest) added.unshift(document.createTextNode(rest));
      added.unshift(this.#linkTo(data.slice(start, behind), `tel:${e164}${extension ? `;ext=${extension}` : ''}`));
      end = start;
    }
    text.data = data.slice(0, end);
    text.after(...added);
    this.#chains.set(text, { head: text, added });
  }

  #linkTo(written: string, href: string): HTMLAnchorElement {
    const link = document.createElement('a');
    link.href = href;
    link.dataset['mlNumber'] = '';
    // Groups of digits keep their order in a right-to-left text.
    link.dir = 'ltr';
    link.textContent = written;
    link.ariaLabel = this.#label(written);
    return link;
  }

  /** The page changed something: what no longer stands as we left it is taken apart. Answers where to look again. */
  settle(records: readonly MutationRecord[]): Set<Node> {
    const again = new Set<Node>();
    for (const { type, target, addedNodes } of records) {
      if (type === 'characterData' && target instanceof Text) {
        const chain = this.#chains.get(target);
        // The page wrote its whole text into its node; what we had moved out of it is old.
        if (chain) this.#drop(chain);
        again.add(target);
      } else if (type === 'attributes') {
        if (target instanceof HTMLElement && target.isContentEditable) this.unlink(target);
        else again.add(target);
      }
      for (const node of addedNodes) again.add(node);
    }
    for (const chain of [...this.#chains.values()]) if (!this.#whole(chain)) this.#restore(chain);
    return again;
  }

  /** Puts the text back as it was, below a node or everywhere. */
  unlink(below: Node = this.#root): void {
    for (const chain of [...this.#chains.values()]) if (below.contains(chain.head)) this.#restore(chain);
  }

  /** Says the links anew: the language has changed. */
  relabel(): void {
    for (const { added } of this.#chains.values()) {
      for (const node of added) if (node instanceof HTMLAnchorElement) node.ariaLabel = this.#label(node.textContent);
    }
  }

  /** Whether head and links still stand one behind the other inside of us. */
  #whole({ head, added }: Chain): boolean {
    return this.#root.contains(head) && added.every((node) => node.parentNode === head.parentNode);
  }

  #drop({ head, added }: Chain): void {
    this.#chains.delete(head);
    for (const node of added) node.remove();
  }

  /** What stands now goes back into the page's node, whatever the page did to parts of it. */
  #restore(chain: Chain): void {
    const kept = chain.added.filter((node) => node.parentNode === chain.head.parentNode || !chain.head.isConnected);
    const tail = kept.map((node) => node.textContent).join('');
    this.#drop(chain);
    if (tail) chain.head.data += tail;
  }
}
