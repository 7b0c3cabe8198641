import { sortFavorites } from '@multiline/core';
import type { Favorite, Workspace } from '@multiline/core';
import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { define } from '../internal/define.ts';
import { callFromList, chooseFromList, message } from '../internal/dialing.ts';
import { MlElement } from '../internal/element.ts';
import { keepFocusInList } from '../internal/kept-focus.ts';
import { personRow } from '../internal/person-row.ts';
import type { PersonAction } from '../internal/person-row.ts';
import { repeat } from '../internal/repeat.ts';
import { RowFocus } from '../internal/row-focus.ts';
import { setStates } from '../internal/states.ts';
import '../strings/english-lists.ts';
import type { Text } from '../strings/localize.ts';
import { star } from '../styles/icons.ts';
import { listPanels } from '../styles/list-panels.ts';
import { personRows } from '../styles/person-rows.ts';
import { recordGlyphs } from '../styles/record-glyph.ts';
import { peopleStyles } from '../styles/sets.ts';
import { stars } from '../styles/stars.ts';
import { favoritesStyles } from './favorites.styles.ts';
import { Stars } from './stars.ts';

/**
 * The people the user wants at hand, by name, one for each number; put here by the star in a search or beside a call.
 *
 * @summary The favorites.
 * @event {MlDialEvent} ml-dial - A number or Call was pressed. Cancel it to place the call yourself.
 * @event {MlSendEvent} ml-send - Message was pressed. Cancel it to write it yourself.
 * @event {MlPopEvent} ml-pop - The icon of a person was clicked. Cancel it to open the record yourself.
 * @csspart base - The whole element.
 * @csspart title - The title.
 * @csspart count - How many there are, and how many there may be.
 * @csspart list - The rows.
 * @csspart row - Each row; a click on it chooses the number.
 * @csspart avatar - The avatar.
 * @csspart number - The number of one; dials.
 * @csspart favorite - The star; removes from the favorites.
 * @csspart favorite-note - Why somebody could not be removed.
 * @cssproperty [--ml-row-height=56px] - Least height of a row.
 * @cssState unwired - There is no workspace.
 * @cssState loading - The favorites are being read.
 * @cssState empty - There are none.
 */
export class MlFavorites extends MlElement {
  static override styles = [peopleStyles, recordGlyphs, listPanels, personRows, stars, favoritesStyles];

  readonly #words: Text = (key, values) => this.text(key, values);
  readonly #stars = new Stars(this, { text: this.#words, errorText: (code) => this.errorText(code) });
  readonly #focus: RowFocus = new RowFocus(() => this.renderRoot.querySelector('ul'));

  constructor() {
    super();
    keepFocusInList(this, '.row', '.star');
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const favorites = this.wired?.$favorites.get();
    const loading = this.wired ? favorites === null : this.wiringState === 'loading';
    if (loading) this.internals.ariaBusy = 'true';
    setStates(this.internals, { loading, empty: favorites?.length === 0 });
  }

  protected override renderWired(workspace: Workspace): unknown {
    const favorites = this.#stars.read(workspace);
    if (!favorites) return this.renderLoading();
    const { locale = this.language } = this.read(workspace.$user);
    const most = workspace.policy.lists.favorites;
    return html`<section class="panel" part="base" .ariaLabel=${this.text('favorites.title')}>
      ${this.#renderHead(
        most && favorites.length
          ? html`<bdi class="hint tabular" part="count"
              >${this.text('favorites.count', { count: favorites.length, most })}</bdi
            >`
          : nothing,
      )}
      ${this.#stars.note(workspace)}
      <div class="scroll">
        ${favorites.length ? this.#renderRows(workspace, sortFavorites(favorites, locale)) : this.#renderNone()}
      </div>
    </section>`;
  }

  protected override renderLoading(): TemplateResult {
    return html`<div class="panel" part="base">
      ${this.#renderHead(nothing)}
      <span class="unseen">${this.text('loading.label')}</span>
      <div class="bones"><i class="tall"></i><i class="short"></i><i class="short"></i></div>
    </div>`;
  }

  protected override updated(): void {
    this.#focus.update();
  }

  #renderHead(count: unknown): TemplateResult {
    return html`<div class="head">
      <h2 class="grow" part="title" .tabIndex=${-1}>${this.text('favorites.title')}</h2>
      ${count}
    </div>`;
  }

  #renderRows(workspace: Workspace, favorites: readonly Favorite[]): TemplateResult {
    return html`<ul
      part="list"
      .role=${'list'}
      .ariaLabel=${this.text('favorites.title')}
      @focusin=${this.#focus.onFocus}
      @keydown=${this.#focus.onKey}
    >
      ${repeat(
        favorites,
        ({ number }) => number,
        (favorite) =>
          personRow({
            ...favorite,
            from: this,
            workspace,
            id: favorite.number,
            part: 'row',
            avatar: 'medium',
            text: this.#words,
            star: (_, who) => this.#stars.button(workspace, favorite, who),
            act: (action) => this.#act(workspace, favorite, action),
          }),
      )}
    </ul>`;
  }

  #renderNone(): TemplateResult {
    return html`<div class="empty">
      <span class="disc">${star}</span><b>${this.text('favorites.empty')}</b
      ><span>${this.text('favorites.empty-hint')}</span>
    </div>`;
  }

  #act(workspace: Workspace, { number, record }: Favorite, action: PersonAction): void {
    if (action === 'message') message(this, number, record);
    else if (action === 'call') callFromList(this, workspace, number, record);
    else chooseFromList(this, workspace, number, record);
  }
}

define('ml-favorites', MlFavorites);

declare global {
  interface HTMLElementTagNameMap {
    'ml-favorites': MlFavorites;
  }
}
