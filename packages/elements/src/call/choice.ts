import type { Call } from '@multiline/core';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { StringKey } from '../strings/english.ts';
import { hangUp } from '../styles/glyphs.ts';
import { message, phone, phoneForwarded, voicemail } from '../styles/icons.ts';
import type { CallView } from './view.ts';

/** What may become of a call that rings, by the id of its button. */
export type Choice = 'answer' | 'decline' | 'reply' | 'voicemail' | 'redirect';

/**
 * While one waits for the line, there is no other. Who has answered may still decline: the answer may have to wait for the
 * server, or for somebody to allow the microphone.
 */
export const closed = ({ pending }: Call, choice: Choice): boolean =>
  pending !== null && (choice !== 'decline' || pending !== 'answer');

/** Answer, first and widest, and Decline; below, what else the phone can do. */
export function choice(
  { workspace, text }: CallView,
  call: Call,
  compact: boolean,
  press: (choice: Choice) => void,
  keys: { readonly onFocus: (event: Event) => void; readonly onKey: (event: KeyboardEvent) => void },
): TemplateResult {
  const can = workspace.$capabilities.get();
  const button = (id: Choice, icon: TemplateResult, word: StringKey): TemplateResult =>
    html`<button
      type="button"
      .id=${id}
      .part=${id}
      .ariaDisabled=${String(closed(call, id))}
      @click=${() => press(id)}
    >
      ${icon}<span>${text(word)}</span>
    </button>`;
  const further = compact
    ? []
    : [
        call.number ? button('reply', message, 'action.reply-with-text') : null,
        can.voicemail || workspace.policy.calls.voicemail
          ? button('voicemail', voicemail, 'action.send-to-voicemail')
          : null,
        can.redirect ? button('redirect', phoneForwarded, 'action.redirect') : null,
      ].filter((one) => one !== null);
  return html`<div class="choice">
      ${button('answer', phone, 'action.answer')} ${button('decline', hangUp, 'action.decline')}
    </div>
    ${
      further.length
        ? html`<div class="further small-icon" @focusin=${keys.onFocus} @keydown=${keys.onKey}>${further}</div>`
        : nothing
    }`;
}
