import type { Call } from '@multiline/core';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import '../dialpad/dialpad.ts';
import type { CallView } from './view.ts';

/** The keypad of a call, and what has been sent so far; in a conference everybody hears it. */
export function tones(
  { workspace, text }: CallView,
  call: Call,
  members: readonly Call[],
  onKey: (event: KeyboardEvent) => void,
): TemplateResult {
  return html`<div class="digits tabular" dir="ltr" .role=${'status'} .ariaLabel=${text('call.digits-sent')}>
      ${call.digits}
    </div>
    <ml-dialpad
      exportparts="base: dialpad__base, key: dialpad__key"
      .workspace=${workspace}
      .callId=${members.map(({ id }) => id).join(' ')}
      @keydown=${onKey}
    ></ml-dialpad>`;
}
