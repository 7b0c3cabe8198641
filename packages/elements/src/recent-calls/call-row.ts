import { durationMs } from '@multiline/core';
import type { Call, CrmRecord, Workspace } from '@multiline/core';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { partyOf } from '../call/party.ts';
import { numberTemplate, writtenNumber } from '../internal/number.ts';
import { recordLink } from '../internal/record-link.ts';
import type { StringKey } from '../strings/english.ts';
import type { StringValues } from '../strings/localize.ts';
import { formatDuration } from '../strings/time.ts';
import * as glyphs from '../styles/glyphs.ts';
import { message, phone, stickyNote } from '../styles/icons.ts';
import { dialTextOf, outcomeOf } from './outcome.ts';

/** What a row needs of its list. */
export interface CallRow {
  /** The list: whence intents go out. */
  readonly from: HTMLElement;
  readonly workspace: Workspace;
  readonly call: Call;
  /** One-based, and how many there are; -1 while that is not known. */
  readonly position: number;
  readonly total: number;
  /** When it began, by the timestamp rule. */
  readonly timestamp: string;
  text(key: StringKey, values?: StringValues): string;
  open(call: Call): void;
  dial(number: string, record: CrmRecord | null): void;
  message(number: string, record: CrmRecord | null): void;
}

/** One call of the list: arrow, name, mark of notes, word, time, length, Call and Message. */
export function callRow(row: CallRow): TemplateResult {
  const { workspace, call, text } = row;
  const { country } = workspace.policy;
  const { record } = call.match;
  const { name } = partyOf(call, workspace.crm);
  const number = call.number ? writtenNumber(call.number, country) : text('call.withheld');
  const who = name || number;
  const { way, icon } = outcomeOf(call);
  const live = call.phase !== 'ended';
  const onCall = (): void => row.dial(dialTextOf(call), record);
  const onMessage = (): void => row.message(call.number, record);
  return html`<li
    part="row"
    .id=${call.id}
    .className=${['row', way, live && 'live', call.phase === 'active' && 'talking'].filter(Boolean).join(' ')}
    .role=${'listitem'}
    .ariaPosInSet=${String(row.position)}
    .ariaSetSize=${String(row.total)}
  >
    <span class="way" part="direction">${icon}</span>
    <div class="who">
      <div class="first">
        ${record ? recordLink(row.from, workspace, record) : partyName(call, name, number, country)}
        ${call.notes.text ? html`<span class="tiny-icon notes" part="notes-mark">${stickyNote}</span>` : nothing}
      </div>
      ${openButton(row, who)}
    </div>
    ${
      !live && call.number
        ? html`<button
            class="icon-button call"
            part="call"
            type="button"
            .title=${text('action.call-who', { who })}
            .ariaLabel=${text('action.call-who', { who })}
            @click=${onCall}
          >
            ${phone}
          </button>`
        : nothing
    }
    ${
      call.number
        ? html`<button
            class="icon-button message"
            part="message"
            type="button"
            .title=${text('action.message-who', { who })}
            .ariaLabel=${text('action.message-who', { who })}
            @click=${onMessage}
          >
            ${message}
          </button>`
        : nothing
    }
  </li>`;
}

function partyName(call: Call, name: string, written: string, country: string): TemplateResult {
  if (name) return html`<span class="name" part="name" .title=${name}><bdi>${name}</bdi></span>`;
  return html`<span class="name" part="name"
    >${call.number ? numberTemplate(call.number, country, call.extension) : written}</span
  >`;
}

/** The second line; as a button it covers the row, so that a click anywhere but on a name or button opens the details. */
function openButton({ workspace, call, timestamp, text, open }: CallRow, who: string): TemplateResult {
  const { way, word } = outcomeOf(call);
  const live = call.phase !== 'ended';
  const length = call.answeredAt === undefined ? null : formatDuration(durationMs(call, workspace.clock.now()));
  const onClick = (): void => open(call);
  return html`<button class="open" part="details" type="button" @click=${onClick}>
    <span class="unseen">${way === 'missed' ? '' : text(`recents.way.${way}`)}</span>
    ${
      live
        ? html`<span class="phase"
            >${phaseGlyph(call)}${text(call.phase === 'active' ? 'phase.active' : 'phase.connecting')}</span
          >`
        : html`${word ? html`<span class="word">${text(word)}</span>` : nothing}
            <bdi class="tabular" part="timestamp">${timestamp}</bdi>
            ${length ? html`<span class="tabular" part="duration">${length}</span>` : nothing}`
    }
    <span class="unseen">${call.notes.text ? text('recents.has-notes') : ''}, ${text('recents.open', { who })}</span>
  </button>`;
}

function phaseGlyph(call: Call): TemplateResult {
  if (call.phase === 'active') return glyphs.live;
  return call.phase === 'ringing' ? glyphs.ringing : glyphs.connecting;
}
