/** One tab stop in a group; arrows move. Rows and columns follow from where the buttons stand on screen. */
export class Roving {
  readonly #items: () => HTMLElement[];
  #current: HTMLElement | null = null;

  /** @param items the group's buttons in reading order */
  constructor(items: () => HTMLElement[]) {
    this.#items = items;
  }

  /** Call after every rendering: keeps exactly one item in the tab order. */
  update(): void {
    const items = this.#items();
    if (!this.#current || !items.includes(this.#current)) this.#current = items[0] ?? null;
    for (const item of items) item.tabIndex = item === this.#current ? 0 : -1;
  }

  /** Makes the item that took the focus the tab stop. */
  readonly onFocus = (event: Event): void => {
    const item = this.#items().find((one) => event.composedPath().includes(one));
    if (!item || item === this.#current) return;
    this.#current = item;
    this.update();
  };

  readonly onKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const items = this.#items();
    const from = items.find((item) => event.composedPath().includes(item));
    if (!from) return;
    const to = this.#target(event.key, from, items);
    if (!to) return;
    event.preventDefault();
    to.focus();
  };

  #target(key: string, from: HTMLElement, items: HTMLElement[]): HTMLElement | undefined {
    const index = items.indexOf(from);
    const forward = getComputedStyle(from).direction === 'rtl' ? -1 : 1;
    switch (key) {
      case 'ArrowRight':
        return items[index + forward];
      case 'ArrowLeft':
        return items[index - forward];
      case 'ArrowDown':
        return nearest(from, items, 1);
      case 'ArrowUp':
        return nearest(from, items, -1);
      case 'Home':
        return items[0];
      case 'End':
        return items.at(-1);
      default:
        return undefined;
    }
  }
}

/** The item of the next row that way which is nearest to the column. */
function nearest(from: HTMLElement, items: HTMLElement[], way: 1 | -1): HTMLElement | undefined {
  const here = from.getBoundingClientRect();
  const centre = here.left + here.width / 2;
  const beyond = items
    .map((item) => ({ item, box: item.getBoundingClientRect() }))
    .filter(({ box }) => (way > 0 ? box.top >= here.bottom - 1 : box.bottom <= here.top + 1));
  const edge =
    way > 0 ? Math.min(...beyond.map(({ box }) => box.top)) : Math.max(...beyond.map(({ box }) => box.bottom));
  return beyond
    .filter(({ box }) => (way > 0 ? box.top < edge + 4 : box.bottom > edge - 4))
    .sort(
      (a, b) => Math.abs(a.box.left + a.box.width / 2 - centre) - Math.abs(b.box.left + b.box.width / 2 - centre),
    )[0]?.item;
}
