import type { Call } from '@multiline/core';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { merge, phoneForwarded, swap, triangleAlert } from '../styles/icons.ts';
import type { Company } from './company.ts';
import type { CallGestures } from './gestures.ts';
import { head, whoIs } from './head.ts';
import type { CallView } from './view.ts';

/**
 * The calls that wait beside the one on the stage, each with its own line, and what may be done with both.
 * @param dimmed what changes them is seen and does nothing for now
 */
export function others(view: CallView, call: Call, company: Company, dimmed: boolean, on: CallGestures): unknown {
  const { text } = view;
  const [only, ...further] = company.others;
  if (!only) return nothing;
  return html`<div class="others" .role=${'list'} .ariaLabel=${text('call.others')}>
      ${company.others.map(
        (other) =>
          html`<div class="other" .role=${'listitem'}>
            ${head(view, other, 'bare')}${further.length ? swapButton(view, other, dimmed, on) : nothing}
          </div>`,
      )}
    </div>
    ${company.others.filter(({ recalled }) => recalled).map((other) => recalled(view, other))}
    ${joint(view, call, company, further.length ? null : only, dimmed, on)}`;
}

function swapButton(view: CallView, other: Call, dimmed: boolean, on: CallGestures): TemplateResult {
  const label = view.text('action.swap-who', { who: whoIs(view, other) });
  return html`<button
    class="square small-icon"
    type="button"
    .part=${'swap'}
    .ariaLabel=${label}
    .title=${label}
    .ariaDisabled=${String(dimmed)}
    @click=${() => !dimmed && on.swap(other)}
  >
    ${swap}
  </button>`;
}

/** It has waited long, or a transfer of it has come to nothing. */
function recalled(view: CallView, other: Call): TemplateResult {
  const { transfer } = other;
  const why = other.recalled === 'transfer' && view.text('call.transfer-failed', { who: transfer?.target ?? '' });
  return html`<p class="notice recalled" .role=${'alert'}>
    ${triangleAlert}<span
      >${why ? html`<b>${why}</b> ` : nothing}${view.text(why ? 'call.back-who' : 'call.recalled-who', { who: whoIs(view, other) })}</span
    >
  </p>`;
}

/** Once the consulted has answered, the two may be connected; until then there is the way back. */
function joint(
  view: CallView,
  call: Call,
  company: Company,
  only: Call | null,
  dimmed: boolean,
  on: CallGestures,
): unknown {
  const { workspace, text } = view;
  const { consultation } = company;
  const can = workspace.$capabilities.get();
  if (consultation && consultation.phase !== 'active') {
    const first = [call, ...company.others].find(({ id }) => id === consultation.consultFor?.callId) ?? call;
    return button('back', null, text('call.back-to', { who: whoIs(view, first) }), false, () =>
      on.cancelConsult(consultation),
    );
  }
  const conference = consultation?.consultFor?.purpose === 'conference';
  const mergeable =
    can.conference && call.phase === 'active' && company.others.every(({ phase }) => phase === 'active');
  const bring = mergeable
    ? button('merge', merge, text('action.merge'), dimmed, () => on.merge(), conference)
    : nothing;
  const complete =
    consultation && can.transfer && !conference
      ? button(
          'complete-transfer',
          phoneForwarded,
          text('action.complete-transfer'),
          dimmed,
          () => on.completeTransfer(consultation),
          true,
        )
      : nothing;
  const change = only ? button('swap', swap, text('action.swap'), dimmed, () => on.swap(only)) : nothing;
  return html`<div class="joint small-icon">
    ${conference ? bring : complete}
    <div class="side">${change}${conference ? nothing : bring}</div>
  </div>`;
}

function button(
  part: string,
  icon: TemplateResult | null,
  word: string,
  dimmed: boolean,
  press: () => void,
  first = false,
): TemplateResult {
  return html`<button
    type="button"
    .className=${first ? 'plate first' : 'plate'}
    .part=${part}
    .ariaDisabled=${String(dimmed)}
    @click=${() => !dimmed && press()}
  >
    ${icon ?? nothing}<span>${word}</span>
  </button>`;
}
