import { asFailure } from '@multiline/core';
import type { Call, Failure, Workspace } from '@multiline/core';
import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { define } from '../internal/define.ts';
import { MlElement } from '../internal/element.ts';
import { Roving } from '../internal/roving.ts';
import '../strings/english-calls.ts';
import { check, listPlus, triangleAlert } from '../styles/icons.ts';
import { panelStyles } from '../styles/sets.ts';
import { callNotesStyles } from './call-notes.styles.ts';

/**
 * The notes of one call: typed while it lives and after it, kept with every letter, saved by a button. The text and the
 * place of the caret outlast the end of the call.
 *
 * @summary Notes of a call.
 * @csspart base - The whole element.
 * @csspart label - The label.
 * @csspart text - The text area.
 * @csspart quick-notes - The button that offers phrases.
 * @csspart menu - The phrases.
 * @csspart saved - When the notes were saved.
 * @csspart save - Save notes.
 * @cssState unwired - There is no workspace.
 * @cssState unsaved - What stands here differs from what was saved.
 */
export class MlCallNotes extends MlElement {
  static override styles = [panelStyles, callNotesStyles];

  /** Which call; without it the first of the list. */
  @property({ attribute: 'call-id' }) callId = '';

  /** Leaves Save notes out, where another button saves them. */
  @property({ type: Boolean }) plain = false;

  @state() private menuOpen = false;
  @state() private failure: Failure | null = null;

  readonly #roving = new Roving(() => [...this.renderRoot.querySelectorAll<HTMLElement>('.menu button')]);
  #shownId = '';
  /** What was typed here last and has not come back from the workspace yet. */
  #typed: string | null = null;

  /** The text as it stands. */
  get value(): string {
    return this.#area?.value ?? '';
  }

  get #area(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea');
  }

  /** Puts the focus into the text. */
  override focus(options?: FocusOptions): void {
    this.#area?.focus(options);
  }

  /** Saves the notes as they stand. Resolves with whether that worked; if not, the element says why. */
  async save(): Promise<boolean> {
    const workspace = this.wired;
    const call = workspace && this.#callOf(workspace);
    if (!workspace || !call) return false;
    try {
      await workspace.saveNotes(call.id, this.value);
      this.failure = null;
      return true;
    } catch (thrown) {
      this.failure = asFailure(thrown);
      return false;
    }
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const call = this.wired && this.#callOf(this.wired);
    if (call?.id !== this.#shownId) {
      this.#typed = null;
      this.failure = null;
      this.menuOpen = false;
      this.#shownId = call?.id ?? '';
    }
    if (call && this.#typed === call.notes.text) this.#typed = null;
    const text = this.#typed ?? call?.notes.text ?? '';
    if (call && text !== call.notes.saved) this.internals.states.add('unsaved');
    else this.internals.states.delete('unsaved');
  }

  protected override renderWired(workspace: Workspace): unknown {
    const call = this.#callOf(workspace);
    if (!call) return nothing;
    const text = this.#typed ?? call.notes.text;
    const saved = call.notes.savedAt !== undefined && text === call.notes.saved;
    return html`<div part="base">
      <div class="head">
        <label for="text" part="label">${this.text('notes.label')}</label>
        ${this.#renderQuick(workspace)}
      </div>
      <textarea
        id="text"
        part="text"
        rows="2"
        .dir=${text ? 'auto' : ''}
        .placeholder=${this.text('notes.placeholder')}
        .value=${text}
        @input=${this.#onInput}
        @keydown=${this.#onKey}
      ></textarea>
      ${this.failure ? this.#renderFailure(this.failure) : nothing}
      <div class="foot" .hidden=${this.plain && !saved}>
        <span class="saved tiny-icon" part="saved" .role=${'status'}>
          ${saved ? html`${check}${this.#savedAt(workspace, call)}` : nothing}
        </span>
        ${
          this.plain
            ? nothing
            : html`<button class="button" part="save" type="button" @click=${() => void this.save()}>
                ${this.text('action.save-notes')}
              </button>`
        }
      </div>
    </div>`;
  }

  protected override updated(): void {
    this.#roving.update();
  }

  #callOf(workspace: Workspace): Call | undefined {
    const calls = this.read(workspace.$calls);
    if (!this.callId) return calls[0];
    const one = (call: Call): boolean => call.id === this.callId;
    // Notes may be changed any time after the call, when it stands in the recent calls alone.
    return calls.find(one) ?? this.read(workspace.$recentCalls).calls.find(one);
  }

  #savedAt(workspace: Workspace, call: Call): string {
    return this.text('notes.saved', { time: this.timeOfDay(workspace, call.notes.savedAt ?? 0) });
  }

  #renderQuick(workspace: Workspace): unknown {
    const phrases = workspace.policy.notes.quick;
    if (!phrases.length) return nothing;
    return html`<button
        class="quick small-icon"
        part="quick-notes"
        type="button"
        .ariaExpanded=${String(this.menuOpen)}
        .ariaHasPopup=${'menu'}
        @click=${this.#onQuick}
        @keydown=${this.#onKey}
      >
        ${listPlus}<span>${this.text('action.quick-notes')}</span>
      </button>
      <div
        class="menu"
        part="menu"
        .hidden=${!this.menuOpen}
        .role=${'menu'}
        .ariaLabel=${this.text('action.quick-notes')}
        @focusin=${this.#roving.onFocus}
        @focusout=${this.#onMenuLeft}
        @keydown=${this.#onKey}
      >
        ${phrases.map(
          (phrase) =>
            html`<button type="button" .role=${'menuitem'} @click=${() => this.#insert(phrase)}>
              <bdi>${phrase}</bdi>
            </button>`,
        )}
      </div>`;
  }

  #renderFailure(failure: Failure): TemplateResult {
    return html`<p class="notice danger" .role=${'alert'}>
      ${triangleAlert}<span><b>${this.text('notes.not-saved')}</b> ${this.failureText(failure)}</span>
    </p>`;
  }

  #keep(text: string): void {
    const workspace = this.wired;
    const call = workspace && this.#callOf(workspace);
    if (!workspace || !call) return;
    this.#typed = text;
    this.requestUpdate();
    // A journal that fails tells so by the workspace's storage failure; the text stays here.
    workspace.draftNotes(call.id, text).catch(() => undefined);
  }

  /** Puts a phrase where the caret is, with a space where two words would meet. */
  #insert(phrase: string): void {
    const area = this.#area;
    if (!area) return;
    const { selectionStart: start, selectionEnd: end, value } = area;
    const glue = (side: string): string => (side && !/\s$/.test(side) ? ' ' : '');
    const after = value.slice(end);
    const text = `${glue(value.slice(0, start))}${phrase}${after && !/^\s/.test(after) ? ' ' : ''}`;
    area.setRangeText(text, start, end, 'end');
    this.menuOpen = false;
    area.focus();
    this.#keep(area.value);
  }

  readonly #onInput = (event: Event): void => this.#keep((event.target as HTMLTextAreaElement).value);

  readonly #onQuick = async (): Promise<void> => {
    this.menuOpen = !this.menuOpen;
    await this.updateComplete;
    if (this.menuOpen) this.renderRoot.querySelector<HTMLElement>('.menu button')?.focus();
  };

  readonly #onMenuLeft = (event: FocusEvent): void => {
    const next = event.relatedTarget as Node | null;
    const toggle = this.renderRoot.querySelector('.quick');
    if (next && (this.renderRoot.querySelector('.menu')?.contains(next) || next === toggle)) return;
    this.menuOpen = false;
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.menuOpen) {
      event.stopPropagation();
      this.menuOpen = false;
      this.renderRoot.querySelector<HTMLElement>('.quick')?.focus();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void this.save();
    } else if ((event.target as Element).closest('.menu')) this.#roving.onKey(event);
  };
}

define('ml-call-notes', MlCallNotes);

declare global {
  interface HTMLElementTagNameMap {
    'ml-call-notes': MlCallNotes;
  }
}
