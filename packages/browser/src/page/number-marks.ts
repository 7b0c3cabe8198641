/** The name under which a page may style the numbers: `::highlight(multiline-number)`. */
const NAME = 'multiline-number';
const STYLE = `::highlight(${NAME}) { text-decoration: underline dotted; }`;

/** The registry as it is: a map, which the types of the platform do not say yet. */
interface Registry {
  set(name: string, highlight: Highlight): void;
  delete(name: string): void;
}

/** Shows which texts may be clicked, without a change in the document. */
export interface NumberMarks {
  show(ranges: readonly Range[]): void;
  stop(): void;
}

/**
 * Underlines ranges by the CSS Custom Highlight API. A browser without it shows no underline; the numbers can be clicked
 * all the same.
 */
export function numberMarks(document: Document): NumberMarks {
  const registry = typeof Highlight === 'function' ? (CSS.highlights as unknown as Registry | undefined) : undefined;
  if (!registry) return { show: () => undefined, stop: () => undefined };
  // A constructed style sheet passes a strict content security policy.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  // First, so that every rule of the page wins.
  document.adoptedStyleSheets.unshift(sheet);
  return {
    show(ranges) {
      if (ranges.length > 0) registry.set(NAME, new Highlight(...ranges));
      else registry.delete(NAME);
    },
    stop() {
      registry.delete(NAME);
      const index = document.adoptedStyleSheets.indexOf(sheet);
      if (index >= 0) document.adoptedStyleSheets.splice(index, 1);
    },
  };
}
