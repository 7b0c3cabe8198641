import { durationMs } from '@multiline/core';
import type { Call } from '@multiline/core';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { avatar } from '../internal/avatar.ts';
import { DOT } from '../internal/dot.ts';
import { numberTemplate, writtenNumber } from '../internal/number.ts';
import { recordLink } from '../internal/record-link.ts';
import { formatDuration } from '../strings/time.ts';
import { endingOf } from './ending.ts';
import { lookOf } from './look.ts';
import { partyOf, strangerWords } from './party.ts';
import type { Party } from './party.ts';
import { carriedElsewhere, waits } from './view.ts';
import type { CallView } from './view.ts';

/** How much of a call is shown: all, with rings round the avatar, without the second line, or name and phase alone. */
export type HeadSize = 'whole' | 'ringing' | 'brief' | 'bare';

/** Line, avatar, name, time, number and kind, phase. */
export function head(view: CallView, call: Call, size: HeadSize): TemplateResult {
  const party = partyOf(call, view.workspace.crm);
  const large = size === 'whole' || size === 'ringing';
  return html`<div .className=${`leg ${lookOf(call).line} ${size}`}>
    <span class="line"></span>
    ${size === 'bare' ? nothing : portrait(party, size)}
    <div class="grow">
      <div class="top">
        <div class="grow cut">${nameOf(view, call, party)}</div>
        ${timer(view, call)}
      </div>
      ${large ? second(view, call, party) : nothing}
      <div class="phase" part="phase">${phase(view, call)}</div>
    </div>
  </div>`;
}

/** What a call is spoken of by: name, else number. */
export function whoIs({ workspace, text }: CallView, call: Call): string {
  const { name } = partyOf(call, workspace.crm);
  if (name) return name;
  return call.number ? writtenNumber(call.number, workspace.policy.country) : text('call.withheld');
}

function portrait(party: Party, size: HeadSize): TemplateResult {
  if (size !== 'ringing') return avatar(party.name, party.shape);
  return html`<span .className=${`halo ${party.shape}`}>${avatar(party.name, party.shape, 'large')}</span>`;
}

export function nameOf(view: CallView, call: Call, party: Party): TemplateResult {
  const { record } = call.match;
  if (record) return recordLink(view.from, view.workspace, record);
  return html`<span class="name" part="name" .title=${party.name}
    >${party.name ? html`<bdi>${party.name}</bdi>` : numberOf(view, call)}</span
  >`;
}

function numberOf({ workspace, text }: CallView, call: Call): unknown {
  if (!call.number) return text('call.withheld');
  return numberTemplate(call.number, workspace.policy.country, call.extension);
}

function second(view: CallView, call: Call, party: Party): TemplateResult {
  const what = party.kind?.label ?? strangerWords(call, view.text);
  const account = party.kind && party.account;
  const number = party.name ? numberOf(view, call) : nothing;
  const between = party.name && what ? ' · ' : nothing;
  const company = account ? html`, <span class="cut"><bdi>${account}</bdi></span>` : nothing;
  const words = html`<span>${number}${between}</span><span class="what">${what}${company}</span>`;
  return html`<div class="second" .title=${account ? `${what}, ${account}` : what}>${words}</div>`;
}

/** Since the answer, before it since the first signal; a call that comes in has none before it is answered. */
function timer(view: CallView, call: Call): unknown {
  if (call.phase === 'ended') {
    return call.answeredAt === undefined ? nothing : clock(durationMs(call, view.workspace.clock.now()));
  }
  if (call.direction === 'inbound' && call.phase === 'ringing') return nothing;
  return clock(view.elapsed(call.answeredAt ?? call.startedAt));
}

export const clock = (ms: number): TemplateResult =>
  html`<span class="timer tabular" part="timer" .role=${'timer'} .ariaLive=${'off'}>${formatDuration(ms)}</span>`;

/** The phase word for word, before it what is more exact, after it what else there is to say. */
function phase(view: CallView, call: Call): TemplateResult {
  const { text } = view;
  const { glyph, word } = lookOf(call);
  const comesIn = call.phase === 'ringing' && call.direction === 'inbound';
  const early = call.phase === 'connecting' || call.phase === 'ringing';
  const first = early && call.stage ? text(`stage.${call.stage}`) : comesIn ? text('phase.incoming') : null;
  const held = waits(call) && call.heldAt !== undefined && !call.reconnecting ? view.elapsed(call.heldAt) : null;
  const time = held === null ? nothing : html` <span class="tabular">${formatDuration(held)}</span>`;
  const further = more(view, call);
  const dot = (index: number): unknown => (index < further.length ? DOT : nothing);
  const before = first === null ? nothing : html`<span class="first">${first}</span>`;
  const after = further.map((one, index) => html`<span>${one}${dot(index + 1)}</span>`);
  return html`${glyph}${before}<span>${text(word)}${time}${dot(0)}</span>${after}${
    call.phase === 'active' && !call.hold && call.device === 'here'
      ? html`<span class="levels" .ariaHidden=${'true'}><i></i><i></i><i></i><i></i><i></i></span>`
      : nothing
  }`;
}

function more({ text, workspace }: CallView, call: Call): readonly string[] {
  const ending = endingOf(call);
  // It rang here too: that it is answered is the news.
  const taken =
    call.phase === 'active' && call.direction === 'inbound' && workspace.$capabilities.get().device === 'here';
  return [
    ending ? text(ending) : '',
    carriedElsewhere(call) && call.stage === undefined
      ? text(taken ? 'ended.answered-elsewhere' : 'phase.elsewhere')
      : '',
    call.pending === 'hang-up' ? text('phase.hanging-up') : '',
  ].filter(Boolean);
}
