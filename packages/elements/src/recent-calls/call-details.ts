import type { Call, Workspace } from '@multiline/core';
import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import '../call-notes/call-notes.ts';
import type { MlCallNotes } from '../call-notes/call-notes.ts';
import { partyOf } from '../call/party.ts';
import { Stars } from '../favorites/stars.ts';
import { define } from '../internal/define.ts';
import { callFromList, message } from '../internal/dialing.ts';
import { MlElement } from '../internal/element.ts';
import { writtenNumber } from '../internal/number.ts';
import { chevronLeft, message as messageIcon, pencil, phone } from '../styles/icons.ts';
import { recordGlyphs } from '../styles/record-glyph.ts';
import { listPanels } from '../styles/list-panels.ts';
import { peopleStyles } from '../styles/sets.ts';
import { stars } from '../styles/stars.ts';
import '../tray/look-up.ts';
import '../tray/record-choice.ts';
import { callDetailsStyles } from './call-details.styles.ts';
import { callFields } from './call-fields.ts';
import type { Words } from './log-words.ts';
import { dialTextOf } from './outcome.ts';
import { person } from './person.ts';
import '../strings/english-lists.ts';

/**
 * Everything about one call: who, when, how long, how it ended, what became of its log, and its notes, which may be
 * changed at any time. Part of `ml-recent-calls`; asks to be closed by `ml-details-close`.
 *
 * @summary The details of one call.
 * @event ml-details-close - The way back was chosen. Stays on the element.
 * @csspart base - The whole element.
 * @csspart avatar - The avatar.
 * @csspart name - Name or number.
 * @csspart favorite - The star; adds to the favorites or removes.
 * @csspart favorite-note - Why nobody was added to the favorites.
 * @csspart call - Call.
 * @csspart message - Message.
 * @csspart fields - What is known of the call.
 * @csspart notes - The notes.
 * @cssState editing - The notes are being changed.
 */
export class MlCallDetails extends MlElement {
  static override styles = [peopleStyles, recordGlyphs, listPanels, stars, callDetailsStyles];

  /** Which call. */
  @property({ attribute: 'call-id' }) callId = '';

  @state() protected editing = false;
  @state() protected choosing = false;

  readonly #stars = new Stars(this, this.#words);
  #savedAt: number | undefined;
  #focusNext: 'notes' | 'pencil' | 'person' | null = null;

  /** Puts the focus on the way back. */
  override focus(options?: FocusOptions): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.back')?.focus(options));
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const call = this.wired && this.#callOf(this.wired);
    if (changed.has('callId')) {
      this.choosing = false;
      // What was typed and not saved waits where it was typed.
      this.editing = call !== undefined && call !== null && call.notes.text !== call.notes.saved;
    } else if (this.editing && call?.notes.savedAt !== this.#savedAt && call?.notes.text === call?.notes.saved) {
      this.editing = false;
      this.#focusNext = 'pencil';
    }
    this.#savedAt = call?.notes.savedAt;
    if (this.editing) this.internals.states.add('editing');
    else this.internals.states.delete('editing');
  }

  protected override renderWired(workspace: Workspace): unknown {
    const call = this.#callOf(workspace);
    if (!call) return nothing;
    return html`<section class="panel" part="base" .ariaLabel=${this.text('details.title')}>
      <div class="head">
        <button
          class="icon-button back"
          type="button"
          .ariaLabel=${this.text('phone.back')}
          .title=${this.text('phone.back')}
          @click=${this.#onBack}
        >
          ${chevronLeft}
        </button>
        <h2 class="grow">${this.text('details.title')}</h2>
        ${this.#renderStar(workspace, call)}
      </div>
      ${this.#stars.note(workspace)}
      <div class="scroll">
        ${person(this, workspace, call, this.#words)} ${this.#renderActions(workspace, call)}
        ${this.#renderChoice(workspace, call)}
        ${
          call.match.state === 'searching'
            ? nothing
            : html`<ml-look-up .workspace=${workspace} .call=${call}></ml-look-up>`
        }
        ${callFields(workspace, call, this.timestamp(workspace, call.startedAt), this.#words)}
        ${this.#renderNotes(workspace, call)}
      </div>
    </section>`;
  }

  protected override updated(): void {
    const next = this.#focusNext;
    this.#focusNext = null;
    if (next === 'notes') {
      const notes = this.renderRoot.querySelector<MlCallNotes>('ml-call-notes');
      void notes?.updateComplete.then(() => notes.focus());
    } else if (next === 'pencil') this.renderRoot.querySelector<HTMLElement>('.edit')?.focus();
    else if (next === 'person') this.renderRoot.querySelector<HTMLElement>('.back')?.focus();
  }

  #callOf(workspace: Workspace): Call | undefined {
    return this.read(workspace.$recentCalls).calls.find(({ id }) => id === this.callId);
  }

  get #words(): Words {
    return {
      text: (key, values) => this.text(key, values),
      textOf: (key, values) => this.textOf(key, values),
      errorText: (code) => this.errorText(code),
    };
  }

  #who(workspace: Workspace, call: Call): string {
    const { name } = partyOf(call, workspace.crm);
    if (name) return name;
    return call.number ? writtenNumber(call.number, workspace.policy.country) : this.text('call.withheld');
  }

  #renderStar(workspace: Workspace, call: Call): unknown {
    if (!call.number) return nothing;
    const { name } = partyOf(call, workspace.crm);
    return this.#stars.button(workspace, { number: dialTextOf(call), name, record: call.match.record });
  }

  #renderActions(workspace: Workspace, call: Call): unknown {
    if (!call.number) return nothing;
    const { record } = call.match;
    const who = this.#who(workspace, call);
    const onCall = (): void => callFromList(this, workspace, dialTextOf(call), record);
    const onMessage = (): void => message(this, call.number, record);
    return html`<div class="actions">
      ${
        call.phase === 'ended'
          ? html`<button
              class="button tall wide go"
              part="call"
              type="button"
              .ariaLabel=${this.text('action.call-who', { who })}
              @click=${onCall}
            >
              ${phone}${this.text('action.call')}
            </button>`
          : nothing
      }
      <button
        class="button tall wide"
        part="message"
        type="button"
        .ariaLabel=${this.text('action.message-who', { who })}
        @click=${onMessage}
      >
        ${messageIcon}${this.text('action.message')}
      </button>
    </div>`;
  }

  #renderChoice(workspace: Workspace, call: Call): unknown {
    const { state, record, candidates } = call.match;
    const searchable = Boolean(workspace.crm?.search);
    if (call.internal || state === 'searching' || (!candidates.length && !searchable)) return nothing;
    if (state === 'ambiguous' || this.choosing) {
      return html`<div class="choice">
        <ml-record-choice
          .workspace=${workspace}
          .callId=${call.id}
          @ml-record-chosen=${this.#onChosen}
        ></ml-record-choice>
      </div>`;
    }
    const label = record ? 'action.wrong-match' : 'choice.associate';
    return html`<div class="wrong">
      <button .className=${record ? 'button plain' : 'button'} type="button" @click=${this.#onChoose}>
        ${this.text(label)}
      </button>
    </div>`;
  }

  #renderNotes(workspace: Workspace, call: Call): TemplateResult {
    if (this.editing) {
      return html`<div class="notes" part="notes">
        <ml-call-notes .workspace=${workspace} .callId=${call.id} @keydown=${this.#onNotesKey}></ml-call-notes>
      </div>`;
    }
    const { text, saved, savedAt } = call.notes;
    return html`<div class="notes" part="notes">
      <div class="notes-head">
        <h3>${this.text('notes.label')}</h3>
        <button
          class="icon-button edit small-icon"
          type="button"
          .ariaLabel=${this.text('details.edit-notes')}
          .title=${this.text('details.edit-notes')}
          @click=${this.#onEdit}
        >
          ${pencil}
        </button>
      </div>
      ${
        text
          ? html`<p class="notes-text" dir="auto">${text}</p>`
          : html`<p class="saved">${this.text('details.no-notes')}</p>`
      }
      ${
        text !== saved
          ? html`<p class="saved">${this.text('details.notes-unsaved')}</p>`
          : savedAt === undefined
            ? nothing
            : html`<p class="saved">${this.text('notes.saved', { time: this.timestamp(workspace, savedAt) })}</p>`
      }
    </div>`;
  }

  readonly #onBack = (): void => void this.dispatchEvent(new Event('ml-details-close'));

  readonly #onChoose = (): void => {
    this.choosing = true;
  };

  readonly #onChosen = (): void => {
    this.choosing = false;
    this.#focusNext = 'person';
  };

  readonly #onEdit = (): void => {
    this.editing = true;
    this.#focusNext = 'notes';
  };

  /** Escape leaves notes in which nothing is unsaved. */
  readonly #onNotesKey = (event: KeyboardEvent): void => {
    const call = this.wired && this.#callOf(this.wired);
    if (event.key !== 'Escape' || event.defaultPrevented || call?.notes.text !== call?.notes.saved) return;
    event.stopPropagation();
    this.editing = false;
    this.#focusNext = 'pencil';
  };
}

define('ml-call-details', MlCallDetails);

declare global {
  interface HTMLElementTagNameMap {
    'ml-call-details': MlCallDetails;
  }
}
