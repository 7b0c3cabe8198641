/** A count and a word in front of the page's own title. */
export interface TitleBadge {
  /** 0 gives the title back. `text` stands there instead of the count. */
  show(count: number, text?: string): void;
}

/**
 * Marks the title of a page. The page stays the owner of its title: when it changes it meanwhile, the mark is put in front
 * of the new one, and the new one is what remains.
 */
export function titleBadge(document: Document | undefined): TitleBadge {
  let mark = '';
  let own = '';
  let shown: string | undefined;
  let observer: MutationObserver | undefined;

  function apply(page: Document): void {
    if (page.title !== shown) own = page.title;
    shown = mark + own;
    if (page.title !== shown) page.title = shown;
    // Titles are read with their white space collapsed.
    shown = page.title;
  }

  function restore(page: Document): void {
    observer?.disconnect();
    observer = undefined;
    if (shown !== undefined && page.title === shown) page.title = own;
    shown = undefined;
  }

  return {
    show(count, text) {
      if (!document) return;
      if (count <= 0) {
        restore(document);
        return;
      }
      if (shown !== undefined && document.title === shown) document.title = own;
      shown = undefined;
      mark = text === undefined || text === '' ? `(${count}) ` : `${count > 1 ? `(${count}) ` : ''}${text} · `;
      apply(document);
      if (observer) return;
      observer = new MutationObserver(() => {
        if (document.title !== shown) apply(document);
      });
      observer.observe(document.head, { childList: true, characterData: true, subtree: true });
    },
  };
}
