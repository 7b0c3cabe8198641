import { recordingsOf } from '@multiline/core';
import type { Call, CallLeg } from '@multiline/core';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { numberTemplate } from '../internal/number.ts';
import type { Text } from '../strings/localize.ts';
import { field } from './field.ts';

/** What else a call has been through: what came with it, with whom else it was connected, how it sounded, its recording. */
export function storyFields(call: Call, country: string, text: Text): readonly unknown[] {
  const { collectedDigits, redirectedBy, legs = [], quality } = call;
  const sentOn = redirectedBy && !legs.some(({ kind }) => kind === 'redirected-by' || kind === 'transferred-by');
  return [
    collectedDigits ? field(text('details.collected'), html`<bdi class="tabular">${collectedDigits}</bdi>`) : nothing,
    sentOn ? field(text('details.sent-on-by'), numberTemplate(redirectedBy, country)) : nothing,
    ...legs.map((leg) => field(text(`details.leg.${leg.kind}`), who(leg, country))),
    quality
      ? field(
          text('details.sound'),
          text('details.sound-words', {
            mos: quality.mos,
            loss: Math.round(quality.lossPercent * 10) / 10,
            rtt: Math.round(quality.rttMs),
          }),
        )
      : nothing,
    recordingsOf(call).map((url) => field(text('details.recording'), player(url, text))),
  ];
}

function who({ name, number }: CallLeg, country: string): TemplateResult {
  const written = numberTemplate(number, country);
  return name ? html`<bdi>${name}</bdi> ${written}` : written;
}

/** What is no web address is text of a stranger: it is neither played nor linked. */
function player(url: string, text: Text): unknown {
  if (!/^https?:\/\//i.test(url)) return html`<bdi>${url}</bdi>`;
  return html`<audio class="player" controls preload="none" .src=${url} .ariaLabel=${text('details.recording')}></audio>
    <a target="_blank" rel="noopener" .href=${url}>${text('details.recording.open')}</a>`;
}
