import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { StringKey } from '../strings/english.ts';
import { message, phone, x } from '../styles/icons.ts';

/** What Call and Message do, and whether they may. */
export interface Pair {
  /** The phone server is not reached: no call goes out. */
  readonly offline: boolean;
  /** There is nobody to write to. */
  readonly empty: boolean;
  text(key: StringKey): string;
  /** A call may follow soon. */
  prepare(): void;
  call(): void;
  message(): void;
  /** Puts the call away; null where there is nothing to put away. */
  readonly close: (() => void) | null;
}

/** Call and Message side by side, and the way out of an ended call. */
export function pair(on: Pair): TemplateResult {
  const { close, text } = on;
  return html`<div class="pair">
    <button
      class="button call"
      part="call"
      type="button"
      .disabled=${on.offline}
      @focus=${() => on.prepare()}
      @click=${() => on.call()}
    >
      ${phone}<span>${text('action.call')}</span>
    </button>
    <button class="button" part="message" type="button" .disabled=${on.empty} @click=${() => on.message()}>
      ${message}<span>${text('action.message')}</span>
    </button>
    ${
      close
        ? html`<button
            class="icon-button"
            type="button"
            .ariaLabel=${text('action.close')}
            .title=${text('action.close')}
            @click=${close}
          >
            ${x}
          </button>`
        : nothing
    }
  </div>`;
}

/** What is left to do after a call: put it away with its notes saved, or leave that for later. */
export function wrapUpPair(text: Pair['text'], wrapUp: () => void, logLater: () => void): TemplateResult {
  return html`<div class="pair">
    <button class="button primary tall wide" part="wrap-up" type="button" @click=${wrapUp}>
      ${text('action.wrap-up')}
    </button>
    <button class="button tall" part="log-later" type="button" @click=${logLater}>${text('action.log-later')}</button>
  </div>`;
}
