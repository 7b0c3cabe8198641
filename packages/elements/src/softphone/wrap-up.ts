import type { Call, Workspace } from '@multiline/core';
import { css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { kindOf } from '../internal/avatar.ts';
import { define } from '../internal/define.ts';
import { MlElement } from '../internal/element.ts';
import { reasonWords } from '../recent-calls/log-words.ts';
import { shapes } from '../styles/shapes.ts';
import { base } from '../styles/tokens.ts';
import '../tray/look-up.ts';
import '../tray/record-choice.ts';
import '../strings/english-calls.ts';
import '../strings/english-lists.ts';

/**
 * Where an ended call is logged, and why there; "Wrong match?" lets a person say otherwise. Its buttons and notes stand
 * with the phone.
 *
 * @summary Where a call is logged to.
 * @csspart base - The whole element.
 * @csspart wrong-match - Wrong match?
 * @cssState unwired - There is no workspace.
 */
export class MlWrapUp extends MlElement {
  static override styles = [
    base,
    shapes,
    css`
      .log {
        display: flex;
        align-items: flex-start;
        gap: 8px;
        color: var(--_muted);
        font-size: var(--_size-1);
        line-height: 1rem;
      }
      .where {
        flex: 1;
        min-inline-size: 0;
      }
      .why {
        display: block;
      }
      b {
        color: var(--_ink);
        font-weight: 500;
      }
      button {
        padding: 0;
        min-block-size: 24px;
        margin-block-start: -4px;
        flex: none;
        color: var(--_accent-text);
        font-weight: 500;
      }
      button:hover {
        text-decoration: underline;
      }
      @media (forced-colors: active) {
        button {
          text-decoration: underline;
        }
      }
      /* It has the phone's inset already. */
      ml-record-choice {
        margin-inline: -12px;
      }
    `,
  ];

  /** Which call; without it the first of the list. */
  @property({ attribute: 'call-id' }) callId = '';

  @state() private choosing = false;

  #recordId: string | undefined = '';

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const record = this.wired && this.#callOf(this.wired)?.match.record;
    // Somebody has chosen: nothing is left to ask. Who looked up stays where they read what came of it.
    if (record?.id !== this.#recordId)
      this.choosing = this.hasUpdated && this.renderRoot.querySelector('ml-look-up:focus-within') !== null;
    this.#recordId = record?.id;
  }

  protected override renderWired(workspace: Workspace): unknown {
    const call = this.#callOf(workspace);
    if (!call) return nothing;
    const choosing = this.choosing || (call.match.state === 'ambiguous' && !call.match.record);
    return html`<div part="base">
      <div class="log">
        <span class="where">${this.#where(workspace, call)}</span>
        ${workspace.crm && call.match.state !== 'searching' ? this.#renderWrong() : nothing}
      </div>
      ${
        choosing
          ? html`<ml-record-choice .workspace=${workspace} .callId=${call.id}></ml-record-choice>
              <ml-look-up .workspace=${workspace} .call=${call}></ml-look-up>`
          : nothing
      }
    </div>`;
  }

  #callOf(workspace: Workspace): Call | undefined {
    const calls = this.read(workspace.$calls);
    return this.callId ? calls.find((call) => call.id === this.callId) : calls[0];
  }

  #renderWrong(): TemplateResult {
    return html`<button
      part="wrong-match"
      type="button"
      .ariaExpanded=${String(this.choosing)}
      @click=${() => {
        this.choosing = !this.choosing;
      }}
    >
      ${this.text('action.wrong-match')}
    </button>`;
  }

  /** "Log to Lucy Hall, Contact", and why her, or why it is not logged. */
  #where(workspace: Workspace, call: Call): unknown {
    const words = {
      text: this.text.bind(this),
      textOf: this.textOf.bind(this),
      errorText: this.errorText.bind(this),
    };
    const { record } = call.match;
    if (call.log.state === 'excluded') {
      return `${this.text('call.log-excluded')}: ${reasonWords(call.log.why, words)}`;
    }
    if (call.log.state === 'attention' && call.log.failure) {
      return this.text('call.log-attention', { why: this.failureText(call.log.failure) });
    }
    if (!record) return `${this.text('call.log-none')}: ${reasonWords(call.log.why ?? call.match.why, words)}`;
    const kind = kindOf(record, workspace.crm);
    const who = kind ? `${record.name}, ${kind.label}` : record.name;
    const [before, after] = this.text('call.log-to', { who: '\u0000' }).split('\u0000');
    const why = reasonWords(call.match.why, words);
    return html`${before}<b><bdi>${who}</bdi></b
      >${after}${why ? html`<span class="why">${why}</span>` : nothing}`;
  }
}

define('ml-wrap-up', MlWrapUp);

declare global {
  interface HTMLElementTagNameMap {
    'ml-wrap-up': MlWrapUp;
  }
}
