import type { CrmRecord, SearchResult, Workspace } from '@multiline/core';
import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { Stars } from '../favorites/stars.ts';
import { define } from '../internal/define.ts';
import { dial, message } from '../internal/dialing.ts';
import { MlElement } from '../internal/element.ts';
import { personRow } from '../internal/person-row.ts';
import { Roving } from '../internal/roving.ts';
import type { StringKey } from '../strings/english.ts';
import type { StringValues } from '../strings/localize.ts';
import '../strings/english-calls.ts';
import * as icons from '../styles/icons.ts';
import { personRows } from '../styles/person-rows.ts';
import { recordGlyphs } from '../styles/record-glyph.ts';
import { peopleStyles } from '../styles/sets.ts';
import { stars } from '../styles/stars.ts';
import { fieldButton } from './field-button.ts';
import { found } from './found.ts';
import { Query } from './query.ts';
import { searchStyles } from './search.styles.ts';

/** How a chosen number is dialed: as `Settings.dialMode`. */
export type DialMode = 'confirm' | 'edit' | 'immediate';

/**
 * The one field for a number or a name, and the people it finds.
 *
 * @summary Search and dial field.
 * @event {MlDialEvent} ml-dial - Enter or Call was pressed. Cancel it to place the call yourself.
 * @event {MlSendEvent} ml-send - Message was pressed. Cancel it to write yourself.
 * @csspart base - The whole element.
 * @csspart field - The field with its icons.
 * @csspart input - The input.
 * @csspart clear - The button that empties the field.
 * @csspart keypad-toggle - The button that shows the keypad.
 * @csspart results - The list of people found.
 * @csspart result - One of them.
 * @csspart number - The number of one; dials.
 * @csspart favorite - The star of one.
 * @csspart favorite-note - Why nobody was added to the favorites.
 * @cssproperty [--ml-row-height=56px] - Height of a result.
 * @cssState unwired - There is no workspace.
 * @cssState searching - The CRM is being asked.
 */
export class MlSearch extends MlElement {
  static override styles = [peopleStyles, recordGlyphs, personRows, stars, searchStyles];

  /** What choosing a number does; without it the user's setting holds. */
  @property({ attribute: 'dial-mode' }) dialMode: DialMode | '' = '';

  /** Which of the user's numbers the other side sees; null: the default one; undefined: the one remembered. */
  @property({ attribute: false }) callerId: string | null | undefined;

  /** Whether a keypad stands below, or null where there is none to toggle. */
  @property({ attribute: false }) keypadOpen: boolean | null = null;

  /** Called when the keypad is asked for. */
  @property({ attribute: false }) onKeypad: (() => void) | null = null;

  readonly #words = (key: StringKey, values?: StringValues): string => this.text(key, values);
  readonly #query = new Query(this);
  readonly #stars = new Stars(this, { text: this.#words, errorText: (code) => this.errorText(code) });
  readonly #roving = new Roving(() => [...this.renderRoot.querySelectorAll<HTMLElement>('.results :is(a, button)')]);
  /** The text that was put here by choosing or clicking: it is not looked for. */
  #chosen = '';
  #clicks = 0;
  #clicked = false;
  #wiredTo: Workspace | null = null;

  get #input(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input');
  }

  /** Puts the focus into the field. */
  override focus(options?: FocusOptions): void {
    this.#input?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const workspace = this.wired;
    if (workspace !== this.#wiredTo) {
      this.#wiredTo = workspace;
      this.#query.clear();
      this.#clicks = workspace?.$dialField.get().clicks ?? 0;
      this.#chosen = workspace?.$dialField.get().text ?? '';
    }
    if (workspace) this.#look(workspace);
    if (this.#query.current.state === 'loading') this.internals.states.add('searching');
    else this.internals.states.delete('searching');
  }

  protected override renderWired(workspace: Workspace): unknown {
    const field = this.read(workspace.$dialField);
    return html`<div part="base">
      <div class="field" part="field">
        ${icons.search}
        <input
          part="input"
          type="search"
          autocomplete="off"
          spellcheck="false"
          enterkeyhint="go"
          .dir=${field.text ? 'auto' : ''}
          .placeholder=${this.text('search.label')}
          .ariaLabel=${this.text('search.label')}
          .value=${field.text}
          @input=${this.#onInput}
          @keydown=${this.#onKey}
          @focus=${this.#onFocus}
        />
        ${field.text ? fieldButton('clear', this.text('action.clear'), icons.x, this.#onClear) : this.#renderKeypadToggle()}
      </div>
      <div class="unseen" .role=${'status'}>${this.#count()}</div>
      ${this.#stars.note(workspace)} ${this.#renderFound(workspace)}
    </div>`;
  }

  protected override updated(): void {
    this.#roving.update();
    if (!this.#clicked) return;
    this.#clicked = false;
    const input = this.#input;
    input?.focus();
    input?.setSelectionRange(input.value.length, input.value.length);
  }

  /** Looks for what was typed; what was chosen or clicked is known already. */
  #look(workspace: Workspace): void {
    const { text, clicks } = workspace.$dialField.get();
    if (clicks !== this.#clicks) {
      this.#clicks = clicks;
      this.#clicked = true;
      this.#chosen = text;
    }
    if (!text || text === this.#chosen) this.#query.clear();
    else this.#query.type(workspace, text);
  }

  #renderKeypadToggle(): unknown {
    if (this.keypadOpen === null) return nothing;
    const toggle = (): void => this.onKeypad?.();
    return fieldButton('keypad-toggle', this.text('action.keypad'), icons.grip, toggle, this.keypadOpen);
  }

  #renderFound(workspace: Workspace): unknown {
    return found(this.#query.current, {
      typed: workspace.$dialField.get().text,
      text: this.#words,
      why: (failure) => this.failureText(failure),
      retry: () => this.#query.retry(workspace),
      list: (results) => this.#renderResults(workspace, results),
    });
  }

  #renderResults(workspace: Workspace, results: readonly SearchResult[]): TemplateResult {
    return html`<ul
      class="results"
      part="results"
      .role=${'list'}
      .ariaLabel=${this.text('search.results')}
      @focusin=${this.#roving.onFocus}
      @keydown=${this.#onResultKey}
    >
      ${results.map((one) => this.#renderResult(workspace, one))}
    </ul>`;
  }

  #renderResult(workspace: Workspace, { record, numbers: [number] }: SearchResult): TemplateResult {
    return personRow({
      from: this,
      workspace,
      id: record.id,
      part: 'result',
      number,
      name: record.name,
      record,
      avatar: 'small',
      text: this.#words,
      star: (starred, who) => this.#stars.button(workspace, { number: starred, record }, who),
      act: (action, chosen) => {
        if (action === 'choose') this.#choose(workspace, record, chosen);
        else if (action === 'call') void this.#call(workspace, chosen, record);
        else message(this, chosen, record);
      },
    });
  }

  #count(): string {
    const query = this.#query.current;
    if (query.state === 'loading') return this.text('search.loading');
    return query.state === 'found' ? this.text('search.count', { count: query.results.length }) : '';
  }

  #choose(workspace: Workspace, record: CrmRecord, number: string | undefined): void {
    if (!number) return;
    if ((this.dialMode || workspace.$settings.get().dialMode) === 'immediate') {
      void this.#call(workspace, number, record);
      return;
    }
    this.#chosen = number;
    this.#query.clear();
    workspace.setDialField(number, record);
    this.focus();
  }

  async #call(workspace: Workspace, number: string, record: CrmRecord | null): Promise<void> {
    if (await dial(this, workspace, number, record, this.callerId)) {
      this.#query.clear();
      this.#chosen = '';
      workspace.setDialField('');
    }
  }

  readonly #onInput = (event: Event): void => {
    this.#chosen = '';
    this.wired?.dismissFailure();
    this.wired?.setDialField((event.target as HTMLInputElement).value);
  };

  readonly #onFocus = (): void => this.wired?.prepareDial();

  readonly #onClear = (): void => {
    this.wired?.dismissFailure();
    this.wired?.setDialField('');
    this.focus();
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const workspace = this.wired;
    if (!workspace || event.isComposing) return;
    const { text, record } = workspace.$dialField.get();
    if (event.key === 'Enter') {
      event.preventDefault();
      this.#enter(workspace, text, record);
    } else if (event.key === 'Escape' && text) {
      event.stopPropagation();
      this.#onClear();
    } else if (event.key === 'ArrowDown') {
      const first = this.renderRoot.querySelector<HTMLElement>('.results .choose');
      if (first) event.preventDefault();
      first?.focus();
    }
  };

  /** Enter dials a number; a name it first makes into one, where one person alone is found. */
  #enter(workspace: Workspace, text: string, record: CrmRecord | null): void {
    if (!text.trim()) return;
    const query = this.#query.current;
    const name = /\p{L}/u.test(text) && !/^(sip|sips|tel):/i.test(text.trim());
    if (!name || query.state === 'idle') {
      void this.#call(workspace, text, record);
      return;
    }
    const [only, ...others] = query.state === 'found' ? query.results : [];
    if (only && !others.length) this.#choose(workspace, only.record, only.numbers[0]);
    else this.renderRoot.querySelector<HTMLElement>('.results .choose')?.focus();
  }

  readonly #onResultKey = (event: KeyboardEvent): void => {
    const root = this.renderRoot as ShadowRoot;
    if (event.key === 'Escape') {
      event.stopPropagation();
      this.focus();
      return;
    }
    const first = this.renderRoot.querySelector('.row');
    if (event.key === 'ArrowUp' && first?.contains(root.activeElement)) {
      event.preventDefault();
      this.focus();
      return;
    }
    this.#roving.onKey(event);
  };
}

define('ml-search', MlSearch);

declare global {
  interface HTMLElementTagNameMap {
    'ml-search': MlSearch;
  }
}
