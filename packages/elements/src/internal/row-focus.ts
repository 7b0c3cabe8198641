/** What can have the focus in a row, in reading order, by class. */
const CELLS = ['name', 'kind-icon', 'dial', 'open', 'choose', 'star', 'call', 'message'] as const;
type Cell = (typeof CELLS)[number];

/** Rows a page key moves by. */
const PAGE = 10;

/**
 * One tab stop in a list of rows: up and down move to the same thing in another row, left and right within the row.
 * By order and not by place on screen: a long list need not be measured.
 */
export class RowFocus {
  readonly #list: () => Element | null;
  readonly #atEnd: () => Promise<void>;
  #rowId = '';
  #cell: Cell = 'open';

  /**
   * @param list the element whose `.row` children, named by `id`, are the rows
   * @param atEnd End was pressed or the last row left downwards: brings in what is older
   */
  constructor(list: () => Element | null, atEnd: () => Promise<void> = () => Promise.resolve()) {
    this.#list = list;
    this.#atEnd = atEnd;
  }

  get #rows(): HTMLElement[] {
    return [...(this.#list()?.children ?? [])].filter((row): row is HTMLElement => row.classList.contains('row'));
  }

  /** Call after every rendering: keeps exactly one thing in the tab order. */
  update(): void {
    const rows = this.#rows;
    const row = rows.find((one) => one.id === this.#rowId) ?? rows[0];
    const stop = row && cellOf(row, this.#cell);
    for (const one of this.#list()?.querySelectorAll<HTMLElement>('a, button') ?? []) {
      const index = one === stop ? 0 : -1;
      if (one.tabIndex !== index) one.tabIndex = index;
    }
  }

  /** Puts the focus on a row's own button. */
  focus(rowId: string): void {
    const row = this.#rows.find((one) => one.id === rowId);
    if (row) cellOf(row, 'open')?.focus();
  }

  readonly onFocus = (event: Event): void => {
    const target = event.target as HTMLElement;
    const id = target.closest<HTMLElement>('.row')?.id;
    const cell = CELLS.find((name) => target.classList.contains(name));
    if (id === undefined || !cell) return;
    this.#rowId = id;
    this.#cell = cell;
    this.update();
  };

  readonly onKey = async (event: KeyboardEvent): Promise<void> => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const target = event.target as HTMLElement;
    const from = target.closest<HTMLElement>('.row');
    if (!from) return;
    const rows = this.#rows;
    const index = rows.indexOf(from);
    const forward = getComputedStyle(from).direction === 'rtl' ? -1 : 1;
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      const cells = CELLS.flatMap((name) => from.querySelector<HTMLElement>(`:is(a, button).${name}`) ?? []);
      event.preventDefault();
      cells[cells.indexOf(target) + (event.key === 'ArrowRight' ? forward : -forward)]?.focus();
      return;
    }
    const places: Readonly<Record<string, number>> = {
      Home: 0,
      End: Infinity,
      ArrowUp: index - 1,
      ArrowDown: index + 1,
      PageUp: index - PAGE,
      PageDown: index + PAGE,
    };
    const to = places[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (to >= rows.length) await this.#atEnd();
    const all = this.#rows;
    const row = all[Math.max(0, Math.min(to, all.length - 1))];
    if (row) cellOf(row, this.#cell)?.focus();
  };
}

/** The thing of this sort in a row, or the row's own button where it has none. */
function cellOf(row: Element, cell: Cell): HTMLElement | null {
  return row.querySelector<HTMLElement>(`:is(a, button).${cell}`) ?? row.querySelector<HTMLElement>('.open, .choose');
}
