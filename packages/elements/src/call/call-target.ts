import { asFailure, sameNumber } from '@multiline/core';
import type { Call, Failure, Targeting, Workspace } from '@multiline/core';
import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { define } from '../internal/define.ts';
import { MlElement } from '../internal/element.ts';
import { Roving } from '../internal/roving.ts';
import { fieldButton } from '../search/field-button.ts';
import { looking, nobody, notFound } from '../search/found.ts';
import { Query } from '../search/query.ts';
import { searchStyles } from '../search/search.styles.ts';
import '../strings/english-calls.ts';
import type { StringKey } from '../strings/english.ts';
import * as icons from '../styles/icons.ts';
import { personRows } from '../styles/person-rows.ts';
import { peopleStyles } from '../styles/sets.ts';
import { stageColors } from '../styles/tokens.ts';
import { callTargetStyles } from './call-target.styles.ts';
import { whoIs } from './head.ts';
import { platesStyles } from './plates.styles.ts';
import { WAYS, callable, intentOf } from './target-ways.ts';
import type { Way } from './target-ways.ts';
import { best, match } from './targets.ts';
import type { TargetMatch } from './targets.ts';
import { whyNot } from './why-not.ts';

/**
 * Whom to transfer to, to redirect to or to add: found by name or number, or filled in by a click on a number anywhere on the
 * page (MV-34, MV-35). Part of `ml-call`.
 *
 * @summary The target of a transfer, a redirection or a conference.
 * @event {MlTransferEvent} ml-transfer - Ask first or Transfer now was pressed. Cancel it to transfer yourself.
 * @event {MlRedirectEvent} ml-redirect - Redirect was pressed. Cancel it to redirect yourself.
 * @event {MlConferenceEvent} ml-conference - Call was pressed. Cancel it to call for the conference yourself.
 * @csspart field - The field with its icons.
 * @csspart input - The input.
 * @csspart best - The best match.
 * @csspart results - The further matches.
 * @csspart cancel - The way back.
 */
export class MlCallTarget extends MlElement {
  static override styles = [peopleStyles, stageColors, personRows, searchStyles, platesStyles, callTargetStyles];

  @state() private failure: Failure | null = null;

  readonly #query = new Query(this);
  readonly #roving = new Roving(() => [...this.renderRoot.querySelectorAll<HTMLElement>('.further button')]);
  /** The text that a choice or a click put here: it is not looked for. */
  #chosen = '';
  #clicks = 0;
  #focusNext = false;

  /** Puts the focus into the field. */
  override focus(options?: FocusOptions): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector('input')?.focus(options));
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const workspace = this.wired;
    const targeting = workspace && this.read(workspace.$targeting);
    if (!workspace || !targeting) return;
    const { text, record, clicks } = targeting;
    if (clicks !== this.#clicks || (!this.hasUpdated && text)) this.#chosen = text;
    this.#focusNext = clicks !== this.#clicks;
    this.#clicks = clicks;
    if (!text || record || text === this.#chosen) this.#query.clear();
    else this.#query.type(workspace, text);
  }

  protected override render(): unknown {
    return this.wired ? this.renderWired(this.wired) : nothing;
  }

  protected override renderWired(workspace: Workspace): unknown {
    const targeting = this.read(workspace.$targeting);
    const call = targeting && this.read(workspace.$calls).find(({ id }) => id === targeting.callId);
    if (!targeting || !call) return nothing;
    return html`<div class="target">
      ${this.#renderField(targeting)} ${this.#renderFound(workspace, call, targeting)}
      ${this.failure ? this.#renderFailure(workspace, this.failure) : nothing}
      <button class="plate" part="cancel" type="button" @click=${this.#onCancel}>
        ${this.text('call.back-to', { who: whoIs(this.#view(workspace), call) })}
      </button>
    </div>`;
  }

  protected override updated(): void {
    this.#roving.update();
    if (this.#focusNext) this.focus();
    this.#focusNext = false;
  }

  #view(workspace: Workspace) {
    return {
      from: this,
      workspace,
      text: (key: StringKey, values?: Readonly<Record<string, string | number>>) => this.text(key, values),
      errorText: (code: Failure['code']) => this.errorText(code),
      elapsed: () => 0,
    };
  }

  #renderField({ purpose, text }: Targeting): TemplateResult {
    const label = this.text(`target.${purpose}`);
    return html`<div class="field" part="field">
      ${icons.search}
      <input
        part="input"
        type="search"
        autocomplete="off"
        spellcheck="false"
        enterkeyhint="go"
        .dir=${text ? 'auto' : ''}
        .placeholder=${this.text('search.label')}
        .ariaLabel=${label}
        .value=${text}
        @input=${this.#onInput}
        @keydown=${this.#onKey}
      />
      ${text ? fieldButton('clear', this.text('action.clear'), icons.x, this.#onClear) : nothing}
    </div>`;
  }

  #renderFound(workspace: Workspace, call: Call, targeting: Targeting): unknown {
    const query = this.#query.current;
    switch (query.state) {
      case 'loading':
        return looking();
      case 'failed':
        return html`${notFound(
          this.failureText(query.failure),
          (key) => this.text(key),
          () => this.#query.retry(workspace),
        )}${this.#renderMatches(workspace, call, targeting)}`;
      default:
        return this.#renderMatches(workspace, call, targeting);
    }
  }

  /** Whoever is found; a number that was typed comes first, as it is, unless it is one of theirs. */
  #matches({ policy: { country } }: Workspace, { text, record }: Targeting): readonly TargetMatch[] {
    const query = this.#query.current;
    const found =
      query.state === 'found'
        ? query.results.flatMap((one) => one.numbers.map((number) => ({ record: one.record, number })))
        : [];
    if (!callable(text)) return found;
    const own = found.filter(({ number }) => sameNumber(number, text, { country }));
    return [...(own.length ? own : [{ record, number: text.trim() }]), ...found.filter((one) => !own.includes(one))];
  }

  #renderMatches(workspace: Workspace, call: Call, targeting: Targeting): unknown {
    const { purpose, text } = targeting;
    const [first, ...further] = this.#matches(workspace, targeting);
    if (!first) return this.#query.current.state === 'found' ? nobody(text, (key) => this.text(key)) : nothing;
    const view = this.#view(workspace);
    const press = (way: Way) => (): void => void this.#act(workspace, call, purpose, way, first);
    return html`<div class="best" part="best">
        ${best(view, first)}
        <div class="side small-icon">
          ${WAYS[purpose].map(
            ([way, word], index) =>
              html`<button
                type="button"
                .className=${index ? 'plate' : 'plate first'}
                .part=${way}
                .ariaDisabled=${String(call.pending !== null)}
                @click=${press(way)}
              >
                <span>${this.text(word)}</span>
              </button>`,
          )}
        </div>
      </div>
      ${
        further.length
          ? html`<ul
              class="further"
              part="results"
              .role=${'list'}
              .ariaLabel=${this.text('target.matches')}
              @focusin=${this.#roving.onFocus}
              @keydown=${this.#roving.onKey}
            >
              ${further.map((one) => match(view, one, () => this.#choose(workspace, one)))}
            </ul>`
          : nothing
      }`;
  }

  #renderFailure(workspace: Workspace, failure: Failure): TemplateResult {
    return html`<p class="notice danger" .role=${'alert'}>
      ${icons.circleAlert}<span><b>${this.text('target.failed')}</b> ${whyNot(this.#view(workspace), failure)}</span>
    </p>`;
  }

  #choose(workspace: Workspace, { number, record }: TargetMatch): void {
    this.#chosen = number;
    this.failure = null;
    workspace.setTarget(number, record).catch(() => undefined);
    this.focus();
  }

  async #act(
    workspace: Workspace,
    call: Call,
    purpose: Targeting['purpose'],
    way: Way,
    { number }: TargetMatch,
  ): Promise<void> {
    if (call.pending) return;
    this.failure = null;
    try {
      if (this.dispatchEvent(intentOf(call, purpose, way, number))) {
        if (purpose === 'redirect') await workspace.redirect(call.id, number);
        else if (way === 'now') await workspace.transfer(call.id, number);
        else await workspace.consult(call.id, number, purpose);
      }
      // It has its target: clicks on numbers are calls again.
      await workspace.cancelTarget();
    } catch (thrown) {
      this.failure = asFailure(thrown);
    }
  }

  readonly #onInput = (event: Event): void => {
    this.#chosen = '';
    this.failure = null;
    this.wired?.setTarget((event.target as HTMLInputElement).value).catch(() => undefined);
  };

  readonly #onClear = (): void => {
    this.failure = null;
    this.wired?.setTarget('').catch(() => undefined);
    this.focus();
  };

  readonly #onCancel = (): void => void this.wired?.cancelTarget().catch(() => undefined);

  /** Enter does the better of the ways with the best match; Escape goes back. */
  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      this.renderRoot.querySelector<HTMLElement>('.best .first')?.click();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      this.#onCancel();
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      this.renderRoot.querySelector<HTMLElement>('.best .first')?.focus();
    }
  };
}

define('ml-call-target', MlCallTarget);

declare global {
  interface HTMLElementTagNameMap {
    'ml-call-target': MlCallTarget;
  }
}
