import type { Call } from '@multiline/core';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from '../internal/repeat.ts';
import { avatar } from '../internal/avatar.ts';
import type { StringKey } from '../strings/english.ts';
import { mic, micOff, userMinus, x } from '../styles/icons.ts';
import type { Company } from './company.ts';
import type { Controlled } from './controls.ts';
import type { CallGestures } from './gestures.ts';
import { clock, nameOf, whoIs } from './head.ts';
import { lookOf } from './look.ts';
import { partyOf } from './party.ts';
import type { CallView } from './view.ts';

/** How many may speak together, ourselves among them, and whether they do. */
const full = ({ workspace }: CallView, { members, invited }: Company): boolean =>
  members.length + invited.length + 1 >= workspace.policy.conference.max;

/** What a conference changes in the controls. */
export function togetherness(
  view: CallView,
  company: Company,
): Pick<Controlled, 'conference' | 'connectable' | 'full'> {
  const { members, invited } = company;
  const conference = members.length > 1;
  return {
    conference,
    connectable: members.length === 2 && !invited.length,
    full: conference && full(view, company),
  };
}

/** Who speaks together: a line for each, with name, state, and what the organiser may do (MV-17, MV-20). */
export function conference(view: CallView, company: Company, on: CallGestures): TemplateResult {
  const { text, workspace } = view;
  const people = [...company.members, ...company.invited];
  const began = Math.min(...company.members.map(({ answeredAt, startedAt }) => answeredAt ?? startedAt));
  return html`<div class="top">
      <h3 class="grow name">${text('phase.conference')}</h3>
      ${clock(view.elapsed(began))}
    </div>
    <ul class="people" part="participants" .role=${'list'} .ariaLabel=${text('phase.conference')}>
      ${repeat(
        people,
        ({ id }) => id,
        (call) => person(view, call, company.members.includes(call), on),
      )}
    </ul>
    ${
      full(view, company)
        ? html`<p class="limit" .role=${'status'}>
            ${text('call.conference-full', { count: workspace.policy.conference.max })}
          </p>`
        : nothing
    }`;
}

function person(view: CallView, call: Call, joined: boolean, on: CallGestures): TemplateResult {
  const { text } = view;
  const party = partyOf(call, view.workspace.crm);
  const who = whoIs(view, call);
  const { line, glyph } = lookOf(call);
  const silence = text(call.silenced ? 'action.unmute-who' : 'action.mute-who', { who });
  return html`<li .className=${`leg ${line}`} .role=${'listitem'} part="participant">
    <span class="line"></span>
    ${avatar(party.name, party.shape, 'small')}
    <div class="grow">
      <div class="cut">${nameOf(view, call, party)}</div>
      <div class="phase">${glyph}<span>${text(stateOf(call))}</span></div>
    </div>
    ${
      joined
        ? html`<button
              class="square small-icon"
              part="silence"
              type="button"
              .ariaLabel=${silence}
              .title=${silence}
              .ariaPressed=${String(call.silenced === true)}
              @click=${() => on.silence(call)}
            >
              ${call.silenced ? micOff : mic}
            </button>
            <button
              class="plate small-icon"
              part="remove"
              type="button"
              .ariaLabel=${text('action.remove-who', { who })}
              .ariaDisabled=${String(call.pending === 'hang-up')}
              @click=${() => on.remove(call)}
            >
              ${userMinus}<span>${text('action.remove')}</span>
            </button>`
        : html`<button
            class="plate small-icon"
            part="cancel"
            type="button"
            .title=${text('action.cancel')}
            .ariaLabel=${text('action.cancel')}
            @click=${() => on.cancelConsult(call)}
          >
            ${x}<span>${text('action.cancel')}</span>
          </button>`
    }
  </li>`;
}

function stateOf(call: Call): StringKey {
  const { word } = lookOf(call);
  if (word !== 'phase.active') return word;
  if (call.silenced) return 'phase.silenced';
  return call.speaking ? 'phase.speaking' : 'phase.in-conference';
}
