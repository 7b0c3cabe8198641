import type { Call } from '@multiline/core';
import { html, nothing } from 'lit';
import { numberTemplate } from '../internal/number.ts';
import type { StringKey } from '../strings/english.ts';
import type { StringValues } from '../strings/localize.ts';
import { micOff } from '../styles/icons.ts';

/** What else is known of a call: while it comes in, which queue and which number was called; and whether we are muted. */
export function tags(
  call: Call,
  { country, compact }: { country: string; compact: boolean },
  text: (key: StringKey, values?: StringValues) => string,
): unknown {
  const incoming = call.phase === 'ringing' && call.direction === 'inbound';
  const queue = incoming && call.queue ? html`<span class="tag"><bdi>${call.queue}</bdi></span>` : nothing;
  const [before, after] = text('call.to', { number: '\u0000' }).split('\u0000');
  const called =
    incoming && call.called && !compact
      ? html`<span>${before}${numberTemplate(call.called, country)}${after}</span>`
      : nothing;
  const muted =
    call.muted && call.phase !== 'ended'
      ? html`<span class="tag tiny-icon">${micOff}${text('phase.muted')}</span>`
      : nothing;
  if (queue === nothing && called === nothing && muted === nothing) return nothing;
  return html`<div class="tags">${queue}${called}${muted}</div>`;
}
