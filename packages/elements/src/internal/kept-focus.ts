import type { ReactiveController, ReactiveElement } from 'lit';

/**
 * In a list under a title: when the row that had the focus has gone, on to the one in its place, else to the last one, else to
 * the title.
 *
 * @param row selects the rows, children of one element
 * @param cell selects what takes the focus in a row
 */
export function keepFocusInList(host: ReactiveElement, row: string, cell: string): void {
  const placeOf = (focused: Element): string => {
    const index = [...host.renderRoot.querySelectorAll(row)].findIndex((one) => one.contains(focused));
    return index < 0 ? 'h2' : `${row}:nth-child(${String(index + 1)}) ${cell}`;
  };
  const otherwise = (): void => {
    const ends = host.renderRoot.querySelectorAll<HTMLElement>(`h2, ${row}:last-child ${cell}`);
    ends[ends.length - 1]?.focus();
  };
  host.addController(new KeptFocus(host, placeOf, otherwise));
}

/** When a rendering takes away what had the focus, the focus goes on to what stands in its place. */
export class KeptFocus implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #placeOf: (focused: Element) => string;
  readonly #otherwise: (() => void) | undefined;
  #place = '';

  /**
   * @param placeOf what stands in the place of this one once it is gone, as a selector; asked while it is still there
   * @param otherwise moves the focus where there is no such place
   */
  constructor(host: ReactiveElement, placeOf: (focused: Element) => string, otherwise?: () => void) {
    this.#host = host;
    this.#placeOf = placeOf;
    this.#otherwise = otherwise;
  }

  hostUpdate(): void {
    const focused = this.#host.hasUpdated ? this.#focused : null;
    this.#place = focused ? this.#placeOf(focused) : '';
  }

  hostUpdated(): void {
    if (!this.#place || this.#focused) return;
    const next = this.#host.renderRoot.querySelector<HTMLElement>(this.#place);
    if (next) next.focus();
    else this.#otherwise?.();
  }

  get #focused(): Element | null {
    return (this.#host.renderRoot as ShadowRoot).activeElement;
  }
}
