import { asFailure } from '@multiline/core';
import type { Call, CrmRecord, Failure, Workspace } from '@multiline/core';
import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { avatar, kindOf } from '../internal/avatar.ts';
import { define } from '../internal/define.ts';
import { DOT } from '../internal/dot.ts';
import { MlElement } from '../internal/element.ts';
import { kindIcons } from '../internal/kind-icon.ts';
import { writtenNumber } from '../internal/number.ts';
import { circleAlert, search } from '../styles/icons.ts';
import { peopleStyles } from '../styles/sets.ts';
import { recordChoiceStyles } from './record-choice.styles.ts';
import '../strings/english-lists.ts';

/** How long typing rests before the CRM is asked (ms). */
const REST_MS = 250;

/** A person has said whom a call belongs to. */
export class MlRecordChosenEvent extends Event {
  declare readonly type: 'ml-record-chosen';
  readonly record: CrmRecord;
  constructor(record: CrmRecord) {
    super('ml-record-chosen');
    this.record = record;
  }
}

/**
 * Whom a call belongs to, for a person to say: those who have the number, and whoever a search finds. Nothing is created
 * and nothing is chosen by itself. Part of `ml-recent-calls` and `ml-tray`.
 *
 * @summary The choice of a record for a call.
 * @event {MlRecordChosenEvent} ml-record-chosen - The call belongs to this record now. Stays on the element.
 * @csspart base - The whole element.
 * @csspart choices - The records to choose from.
 * @csspart search - The search field.
 * @csspart associate - Associate.
 * @cssState pending - The choice is being saved.
 */
export class MlRecordChoice extends MlElement {
  static override styles = [peopleStyles, recordChoiceStyles];

  /** Which call. */
  @property({ attribute: 'call-id' }) callId = '';

  @state() protected sought = '';
  @state() protected found: readonly CrmRecord[] | null = null;
  @state() protected searching = false;
  @state() protected chosen = '';
  @state() protected pending = false;
  @state() protected failure: { readonly of: 'search' | 'save'; readonly failure: Failure } | null = null;

  #cancelRest: () => void = () => undefined;
  #abort: AbortController | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopSearch();
  }

  /** Puts the focus on the first choice, or into the search field where there is none. */
  override focus(options?: FocusOptions): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('input')?.focus(options));
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('callId')) {
      this.#stopSearch();
      this.sought = '';
      this.found = null;
      this.chosen = '';
      this.failure = null;
    }
    if (this.pending) this.internals.states.add('pending');
    else this.internals.states.delete('pending');
  }

  protected override renderWired(workspace: Workspace): unknown {
    const call = this.#callOf(workspace);
    if (!call) return nothing;
    const records = this.#recordsOf(call);
    const chosen = records.find((record) => keyOf(record) === this.chosen);
    const onAssociate = (): void => void (chosen && this.#associate(workspace, chosen));
    return html`<div class="base" part="base">
      <h3>${this.text('choice.title')}</h3>
      <p class="hint">${this.#hint(workspace, call)}</p>
      ${records.length ? this.#renderChoices(workspace, records) : nothing}
      ${workspace.crm?.search ? this.#renderSearch() : nothing}
      <p class="unseen" .role=${'status'}>${this.#said}</p>
      ${this.found?.length === 0 ? html`<p class="hint">${this.text('search.none')}</p>` : nothing}
      ${this.failure ? this.#renderFailure(this.failure) : nothing}
      <div class="foot">
        <button
          class="button primary wide"
          part="associate"
          type="button"
          .disabled=${!chosen || this.pending}
          @click=${onAssociate}
        >
          ${this.text('choice.associate')}
        </button>
      </div>
    </div>`;
  }

  #callOf(workspace: Workspace): Call | undefined {
    const one = ({ id }: Call): boolean => id === this.callId;
    return (
      this.read(workspace.$recentCalls).calls.find(one) ??
      this.read(workspace.$tray).items.find(({ callId }) => callId === this.callId)?.call ??
      this.read(workspace.$calls).find(one)
    );
  }

  /** Who has the number, then whoever was found beside them. */
  #recordsOf({ match }: Call): readonly CrmRecord[] {
    const known = new Set(match.candidates.map(keyOf));
    return [...match.candidates, ...(this.found ?? []).filter((record) => !known.has(keyOf(record)))];
  }

  #hint(workspace: Workspace, { number, match }: Call): string {
    const written = number ? writtenNumber(number, workspace.policy.country) : this.text('call.withheld');
    // Isolated: a number stays left-to-right within words of any language.
    const values = { number: `\u2066${written}\u2069`, count: match.candidates.length };
    if (match.record) return this.text('choice.hint-wrong');
    return match.candidates.length ? this.text('choice.hint', values) : this.text('choice.hint-unknown', values);
  }

  get #said(): string {
    if (this.searching) return this.text('search.loading');
    return this.found ? this.text('search.count', { count: this.found.length }) : '';
  }

  #renderChoices(workspace: Workspace, records: readonly CrmRecord[]): TemplateResult {
    return html`<div class="choices" part="choices" .role=${'radiogroup'} .ariaLabel=${this.text('choice.title')}>
      ${records.map((record) => {
        const kind = kindOf(record, workspace.crm);
        const created =
          record.createdAt === undefined
            ? null
            : this.text('choice.created', { date: this.date(workspace, record.createdAt) });
        const about = [kind?.label ?? record.kind, record.account?.name, created].filter(Boolean).join(DOT);
        const key = keyOf(record);
        const onChange = (): void => void (this.chosen = key);
        return html`<label>
          <input type="radio" name="ml-record" .value=${key} .checked=${key === this.chosen} @change=${onChange} />
          ${avatar(record.name, kind?.icon ?? 'other', 'small')}
          <span class="grow">
            <span class="cut who" .title=${record.name}><bdi>${record.name}</bdi></span>
            <span class="about">${kindIcons[kind?.icon ?? 'other']}<span>${about}</span></span>
          </span>
        </label>`;
      })}
    </div>`;
  }

  #renderSearch(): TemplateResult {
    return html`<label class="search" part="search">
      ${search}
      <input
        type="text"
        autocomplete="off"
        .placeholder=${this.text('search.label')}
        .ariaLabel=${this.text('search.label')}
        .value=${this.sought}
        @input=${this.#onSearch}
        @keydown=${this.#onSearchKey}
      />
    </label>`;
  }

  #renderFailure({ of, failure }: { of: 'search' | 'save'; failure: Failure }): TemplateResult {
    return html`<p class="notice danger" .role=${'alert'}>
      ${circleAlert}<span
        ><b>${this.text(of === 'search' ? 'search.failed' : 'choice.failed')}</b> ${this.failureText(failure)}</span
      >
    </p>`;
  }

  async #associate(workspace: Workspace, record: CrmRecord): Promise<void> {
    this.pending = true;
    this.failure = null;
    try {
      await workspace.associate(this.callId, record);
      this.dispatchEvent(new MlRecordChosenEvent(record));
    } catch (thrown) {
      this.failure = { of: 'save', failure: asFailure(thrown) };
    } finally {
      this.pending = false;
    }
  }

  #stopSearch(): void {
    this.#cancelRest();
    this.#abort?.abort();
    this.#abort = null;
    this.searching = false;
  }

  async #search(workspace: Workspace): Promise<void> {
    this.#stopSearch();
    const text = this.sought.trim();
    if (!text) {
      this.found = null;
      return;
    }
    const abort = (this.#abort = new AbortController());
    this.searching = true;
    try {
      const results = await workspace.search(text, abort.signal);
      if (abort.signal.aborted) return;
      this.found = results.map(({ record }) => record);
      this.failure = null;
    } catch (thrown) {
      if (abort.signal.aborted) return;
      this.found = null;
      this.failure = { of: 'search', failure: asFailure(thrown) };
    }
    this.searching = false;
  }

  readonly #onSearch = (event: Event): void => {
    const workspace = this.wired;
    this.sought = (event.target as HTMLInputElement).value;
    if (!workspace) return;
    this.#stopSearch();
    const { clock } = workspace;
    this.#cancelRest = clock.at(clock.now() + REST_MS, () => void this.#search(workspace));
  };

  readonly #onSearchKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !this.wired) return;
    event.preventDefault();
    void this.#search(this.wired);
  };
}

const keyOf = ({ kind, id }: CrmRecord): string => `${kind} ${id}`;

define('ml-record-choice', MlRecordChoice);

declare global {
  interface HTMLElementTagNameMap {
    'ml-record-choice': MlRecordChoice;
  }
}
