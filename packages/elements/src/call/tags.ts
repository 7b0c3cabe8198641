import type { Call } from '@multiline/core';
import { html, nothing } from 'lit';
import { numberTemplate } from '../internal/number.ts';
import { live } from '../styles/glyphs.ts';
import { micOff, phoneForwarded, triangleAlert } from '../styles/icons.ts';
import { recorderButton } from './controls.ts';
import { recorded } from './view.ts';
import type { CallView } from './view.ts';

/**
 * What else is known of a call. While it comes in: the queue, the number called, the digits typed, who sent it on (MV-61).
 * While it lives: muted, recorded, being transferred.
 */
export function tags(view: CallView, call: Call, compact: boolean, pauseRecorder: () => void): unknown {
  if (call.phase === 'ended') return nothing;
  const shown = call.phase === 'active' ? inCall(view, call, pauseRecorder) : onTheWay(view, call, compact);
  const muted = call.muted ? [html`<span class="tag tiny-icon">${micOff}${view.text('phase.muted')}</span>`] : [];
  const all = [...muted, ...shown];
  return all.length ? html`<div class="tags">${all}</div>` : nothing;
}

function onTheWay({ workspace, text }: CallView, call: Call, compact: boolean): readonly unknown[] {
  if (call.direction === 'outbound') return [];
  const { country } = workspace.policy;
  const { queue, called, collectedDigits, redirectedBy } = call;
  const [before, after] = text('call.to', { number: '\u0000' }).split('\u0000');
  const [by, behind] = text('call.sent-on-by', { who: '\u0000' }).split('\u0000');
  return [
    queue ? html`<span class="tag"><bdi>${queue}</bdi></span>` : null,
    called && !compact ? html`<span>${before}${numberTemplate(called, country)}${after}</span>` : null,
    collectedDigits && !compact
      ? html`<span class="tag">${text('call.collected', { digits: collectedDigits })}</span>`
      : null,
    redirectedBy ? html`<span>${by}${numberTemplate(redirectedBy, country)}${behind}</span>` : null,
  ].filter((tag) => tag !== null);
}

function inCall({ workspace, text }: CallView, call: Call, pauseRecorder: () => void): readonly unknown[] {
  const { recording, transfer } = call;
  const [before, after] = text('phase.transferring', { who: '\u0000' }).split('\u0000');
  const target =
    transfer && transfer.state !== 'failed'
      ? html`<span class="tag tiny-icon"
          >${phoneForwarded}<span
            >${before}${numberTemplate(transfer.target, workspace.policy.country)}${after}</span
          ></span
        >`
      : null;
  const on = recording?.state === 'on';
  const mark = recorded(call)
    ? html`<span .className=${on ? 'tag recorded' : 'tag'}
        >${on ? live : nothing}${text(on ? 'phase.recording' : 'phase.recording-paused')}</span
      >`
    : null;
  return [
    mark,
    mark && workspace.$capabilities.get().record ? recorderButton(call, text, pauseRecorder) : null,
    target,
  ].filter((tag) => tag !== null);
}

/** One quiet mark when the audio has been bad for a while, with what that means. */
export function advice({ text }: CallView, { phase, quality }: Call): unknown {
  if (phase !== 'active' || !quality || quality.problem === 'none') return nothing;
  return html`<p class="advice tiny-icon" part="advice">
    ${triangleAlert}<span>${text(`quality.${quality.problem}`)}</span>
  </p>`;
}
