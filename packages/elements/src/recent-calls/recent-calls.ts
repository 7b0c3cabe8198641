import { filterCalls } from '@multiline/core';
import type { Call, RecentCallsFilter, Workspace } from '@multiline/core';
import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { Stars } from '../favorites/stars.ts';
import type { StarWords } from '../favorites/stars.ts';
import { define } from '../internal/define.ts';
import { callFromList, message } from '../internal/dialing.ts';
import { MlElement } from '../internal/element.ts';
import { repeat } from '../internal/repeat.ts';
import { RowFocus } from '../internal/row-focus.ts';
import { setStates } from '../internal/states.ts';
import { missedArrow } from '../styles/glyphs.ts';
import { arrowDownLeft, arrowUpRight, circleAlert, phone } from '../styles/icons.ts';
import { recordGlyphs } from '../styles/record-glyph.ts';
import { listPanels } from '../styles/list-panels.ts';
import { panelStyles } from '../styles/sets.ts';
import { stars } from '../styles/stars.ts';
import './call-details.ts';
import type { MlCallDetails } from './call-details.ts';
import { callRow } from './call-row.ts';
import { OlderCalls } from './older-calls.ts';
import { recentCallsStyles } from './recent-calls.styles.ts';
import '../strings/english-lists.ts';

const FILTERS = ['all', 'missed', 'received', 'dialed'] as const satisfies readonly RecentCallsFilter[];

/**
 * The recent calls, newest first, those under way before all others; with details, notes, Call and Message.
 *
 * @summary The recent calls.
 * @event {MlDialEvent} ml-dial - Call was pressed. Cancel it to place the call yourself.
 * @event {MlSendEvent} ml-send - Message was pressed. Cancel it to write it yourself.
 * @event {MlPopEvent} ml-pop - A name was clicked. Cancel it to open the record yourself.
 * @csspart base - The whole element.
 * @csspart title - The title.
 * @csspart filter - All, Missed, Received, Dialed.
 * @csspart list - The rows.
 * @csspart row - Each row.
 * @csspart direction - The arrow.
 * @csspart name - Name or number.
 * @csspart number - The number below a name; dials.
 * @csspart notes-mark - The mark of a call with notes.
 * @csspart details - The second line; opens the details.
 * @csspart timestamp - When the call began.
 * @csspart duration - How long it lasted.
 * @csspart favorite - The star; adds to the favorites or removes.
 * @csspart favorite-note - Why nobody was added to the favorites.
 * @csspart call - Call.
 * @csspart message - Message.
 * @csspart older - Show older.
 * @cssproperty [--ml-row-height=56px] - Least height of a row.
 * @cssState unwired - There is no workspace.
 * @cssState loading - The calls are being read.
 * @cssState empty - This list has no calls.
 * @cssState open - The details of a call are shown.
 */
export class MlRecentCalls extends MlElement {
  static override styles = [panelStyles, recordGlyphs, listPanels, stars, recentCallsStyles];

  /** Which calls: `all`, `missed`, `received` or `dialed`. */
  @property({ reflect: true, useDefault: true }) filter: RecentCallsFilter = 'all';

  /** At most so many rows, under what the policy allows; 0 for no limit of its own. */
  @property({ type: Number }) limit = 0;

  @state() protected openId = '';

  readonly #words: StarWords = {
    text: (key, values) => this.text(key, values),
    errorText: (code) => this.errorText(code),
  };
  readonly #stars = new Stars(this, this.#words);
  readonly #older = new OlderCalls(this);
  readonly #focus = new RowFocus(
    () => this.renderRoot.querySelector('.rows'),
    () => this.#older.reach(),
  );
  /** What to put the focus on once it is drawn. */
  #focusNext: 'details' | 'row' | null = null;
  #scrolled = 0;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (!FILTERS.includes(this.filter)) this.filter = 'all';
    if (changed.has('filter')) this.#older.restart();
    const workspace = this.wired;
    const recent = workspace?.$recentCalls.get();
    const loading = workspace ? recent?.state === 'loading' : this.wiringState === 'loading';
    if (loading) this.internals.ariaBusy = 'true';
    setStates(this.internals, {
      loading,
      empty: recent?.state === 'ready' && workspace !== null && this.#callsOf(workspace).length === 0,
      open: this.openId !== '',
    });
  }

  protected override renderWired(workspace: Workspace): unknown {
    const { state, calls } = this.read(workspace.$recentCalls);
    const open = calls.find(({ id }) => id === this.openId);
    if (open) {
      return html`<ml-call-details
        exportparts="base, avatar, name, call, message, fields, notes"
        .workspace=${workspace}
        .callId=${open.id}
        @ml-details-close=${this.#onClose}
      ></ml-call-details>`;
    }
    if (state === 'loading' && !calls.length) return this.renderLoading();
    return html`<section class="panel" part="base" .ariaLabel=${this.text('recents.title')}>
      <div class="head"><h2 part="title">${this.text('recents.title')}</h2></div>
      ${this.#stars.note(workspace)} ${this.#renderFilter()}
      ${state === 'failed' || this.#older.failed ? this.#renderFailure(calls.length) : nothing}
      <div class="scroll" @scroll=${this.#onScroll}>${this.#renderRows(workspace)}</div>
    </section>`;
  }

  protected override renderLoading(): TemplateResult {
    return html`<div class="panel" part="base">
      <div class="head"><h2 part="title">${this.text('recents.title')}</h2></div>
      <span class="unseen">${this.text('loading.label')}</span>
      <div class="bones">
        <i class="row-bone"></i><i class="short"></i><i class="short"></i><i class="short"></i><i class="short"></i>
      </div>
    </div>`;
  }

  protected override updated(): void {
    this.#focus.update();
    this.#older.watch(this.renderRoot.querySelector('.older'));
    const next = this.#focusNext;
    this.#focusNext = null;
    if (next === 'details') this.renderRoot.querySelector<MlCallDetails>('ml-call-details')?.focus();
    if (next === 'row') {
      const scroll = this.renderRoot.querySelector('.scroll');
      if (scroll) scroll.scrollTop = this.#scrolled;
      this.#focus.focus(this.#lastOpen);
    }
  }

  #lastOpen = '';

  /** The rows of this list, those under way first; as many as policy and `limit` allow. */
  #callsOf(workspace: Workspace): readonly Call[] {
    const all = filterCalls(this.read(workspace.$recentCalls).calls, this.filter, workspace.policy.lists);
    const found = this.limit > 0 ? all.slice(0, this.limit) : all;
    const live = found.filter(({ phase }) => phase !== 'ended');
    return live.length ? [...live, ...found.filter(({ phase }) => phase === 'ended')] : found;
  }

  /** How many rows there may ever be; Infinity where nothing limits them. */
  #mostOf(workspace: Workspace): number {
    const limits = [this.limit, workspace.policy.lists[this.filter]].filter((limit) => limit > 0);
    return Math.min(Infinity, ...limits);
  }

  #renderFilter(): TemplateResult {
    return html`<div class="filter" part="filter" .role=${'radiogroup'} .ariaLabel=${this.text('recents.filter')}>
      ${FILTERS.map(
        (filter) =>
          html`<label>
            <input
              type="radio"
              name="ml-filter"
              .value=${filter}
              .checked=${filter === this.filter}
              @change=${this.#onFilter}
            />
            ${this.text(`recents.${filter}`)}
          </label>`,
      )}
    </div>`;
  }

  #renderFailure(shown: number): TemplateResult {
    return html`<div class="notice danger" .role=${'alert'}>
      ${circleAlert}
      <span class="grow"
        ><b>${this.text('recents.failed')}</b> ${shown ? this.text('recents.failed-hint') : ''}
        <button type="button" @click=${this.#onOlder}>${this.text('action.try-again')}</button></span
      >
    </div>`;
  }

  #renderRows(workspace: Workspace): unknown {
    const calls = this.#callsOf(workspace);
    const older = this.#older.follow(workspace, calls.length, this.#mostOf(workspace));
    if (!calls.length && !older.more) return this.#older.failed ? nothing : this.#renderNone();
    const total = older.more ? -1 : calls.length;
    return html`<ul
        class="rows"
        part="list"
        .role=${'list'}
        .ariaLabel=${this.text(`recents.${this.filter}`)}
        @focusin=${this.#focus.onFocus}
        @keydown=${this.#focus.onKey}
      >
        ${repeat(
          calls.slice(0, older.shown),
          ({ id }) => id,
          (call, index) => this.#renderRow(workspace, call, index + 1, total),
        )}
      </ul>
      ${
        older.more || older.shown < calls.length
          ? html`<div class="older">
              <button
                class="button plain"
                part="older"
                type="button"
                .disabled=${older.loading}
                @click=${this.#onOlder}
              >
                ${this.text(older.loading ? 'recents.older-loading' : 'recents.older')}
              </button>
            </div>`
          : nothing
      }`;
  }

  #renderRow(workspace: Workspace, call: Call, position: number, total: number): unknown {
    const timestamp = this.timestamp(workspace, call.startedAt);
    return guard([workspace, call, position, total, timestamp, this.language, this.#stars.read(workspace)], () =>
      callRow({
        from: this,
        workspace,
        call,
        position,
        total,
        timestamp,
        text: this.#words.text,
        open: this.#open,
        star: (one, who) => this.#stars.button(workspace, one, who),
        dial: (number, record) => callFromList(this, workspace, number, record),
        message: (number, record) => message(this, number, record),
      }),
    );
  }

  #renderNone(): TemplateResult {
    const icon = { all: phone, missed: missedArrow, received: arrowDownLeft, dialed: arrowUpRight }[this.filter];
    return html`<div class="empty">
      <span class="disc">${icon}</span><b>${this.text(`recents.empty.${this.filter}`)}</b
      ><span>${this.text(`recents.empty.${this.filter}-hint`)}</span>
    </div>`;
  }

  readonly #open = (call: Call): void => {
    this.#scrolled = this.renderRoot.querySelector('.scroll')?.scrollTop ?? 0;
    this.#focusNext = 'details';
    this.#lastOpen = call.id;
    this.openId = call.id;
  };

  readonly #onClose = (): void => {
    this.#focusNext = 'row';
    this.openId = '';
  };

  readonly #onFilter = (event: Event): void => {
    this.filter = (event.target as HTMLInputElement).value as RecentCallsFilter;
  };

  readonly #onScroll = (event: Event): void => {
    const { scrollHeight, scrollTop, clientHeight } = event.target as Element;
    // Two screens ahead, so that the end is seldom seen.
    if (scrollHeight - scrollTop < clientHeight * 3) void this.#older.reach();
  };

  readonly #onOlder = (): void => void this.#older.reach();
}

define('ml-recent-calls', MlRecentCalls);

declare global {
  interface HTMLElementTagNameMap {
    'ml-recent-calls': MlRecentCalls;
  }
}
