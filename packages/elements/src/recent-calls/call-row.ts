import { durationMs } from '@multiline/core';
import type { Call, CrmRecord, Workspace } from '@multiline/core';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { partyOf } from '../call/party.ts';
import type { Starred } from '../favorites/stars.ts';
import { kindIcons } from '../internal/kind-icon.ts';
import { numberTemplate, writtenNumber } from '../internal/number.ts';
import { recordGlyph, recordLink } from '../internal/record-link.ts';
import type { StringKey } from '../strings/english.ts';
import type { StringValues } from '../strings/localize.ts';
import { formatDuration } from '../strings/time.ts';
import { message, phone, stickyNote } from '../styles/icons.ts';
import { livePhase } from './live-phase.ts';
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
  star(one: Starred, who: string): TemplateResult;
  open(call: Call): void;
  dial(number: string, record: CrmRecord | null): void;
  message(number: string, record: CrmRecord | null): void;
}

/**
 * One call of the list: arrow, name, mark of notes, number, word, time, length, star, Call and Message. The number dials, the
 * kind's glyph beside a name opens the record (MV-14).
 */
export function callRow(row: CallRow): TemplateResult {
  const { workspace, call, text } = row;
  const { country } = workspace.policy;
  const { record } = call.match;
  const { name, kind } = partyOf(call, workspace.crm);
  const number = call.number ? writtenNumber(call.number, country) : text('call.withheld');
  const who = name || number;
  const { way, icon } = outcomeOf(call);
  const live = call.phase !== 'ended';
  const onCall = (): void => row.dial(dialTextOf(call), record);
  const dialed = live || !call.number ? null : onCall;
  const onMessage = (): void => row.message(call.number, record);
  return html`<li
    part="row"
    .id=${call.id}
    .className=${live ? `row ${way} live ${livePhase(call).line}-call` : `row ${way}`}
    .role=${'listitem'}
    .ariaPosInSet=${String(row.position)}
    .ariaSetSize=${String(row.total)}
  >
    <span class="way" part="direction">${icon}</span>
    <div class="who">
      <div class="first">
        ${record ? recordLink(row.from, workspace, record) : partyName(row, name, number, dialed)}
        ${
          record && kind
            ? recordGlyph(row.from, workspace, record, {
                glyph: kindIcons[kind.icon],
                label: text('action.open-record', { who: record.name }),
              })
            : nothing
        }
        ${call.notes.text ? html`<span class="tiny-icon notes" part="notes-mark">${stickyNote}</span>` : nothing}
      </div>
      <div class="second">
        ${name && dialed ? dialNumber(row, 'dial', number, dialed) : nothing}${openButton(row, who)}
      </div>
    </div>
    ${call.number ? row.star({ number: dialTextOf(call), name, record }, who) : nothing}
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

/** Without a record there is nothing to open: a name is text, a number that stands for it dials. */
function partyName(row: CallRow, name: string, written: string, dial: (() => void) | null): TemplateResult {
  if (name) return html`<span class="name" part="name" .title=${name}><bdi>${name}</bdi></span>`;
  return dial
    ? dialNumber(row, 'name', written, dial)
    : html`<span class="name" part="name">${shown(row, written)}</span>`;
}

function dialNumber(row: CallRow, role: 'name' | 'dial', written: string, dial: () => void): TemplateResult {
  const { extension } = row.call;
  const label = row.text('action.call-who', { who: extension ? `${written} x${extension}` : written });
  return html`<button
    type="button"
    .className=${role}
    .part=${role === 'name' ? 'name' : 'number'}
    .title=${label}
    .ariaLabel=${label}
    @click=${dial}
  >
    ${shown(row, written)}
  </button>`;
}

function shown({ call, workspace }: CallRow, written: string): TemplateResult | string {
  return call.number ? numberTemplate(call.number, workspace.policy.country, call.extension) : written;
}

/** The rest of the second line; as a button it covers the row, so that a click anywhere but on a name or button opens the details. */
function openButton({ workspace, call, timestamp, text, open }: CallRow, who: string): TemplateResult {
  const { way, word } = outcomeOf(call);
  const live = call.phase !== 'ended';
  const look = livePhase(call);
  const length = call.answeredAt === undefined ? null : formatDuration(durationMs(call, workspace.clock.now()));
  const onClick = (): void => open(call);
  return html`<button class="open" part="details" type="button" @click=${onClick}>
    <span class="unseen">${way === 'missed' ? '' : text(`recents.way.${way}`)}</span>
    ${
      live
        ? html`<span class="phase">${look.glyph}${text(look.word)}</span>`
        : html`${word ? html`<span class="word">${text(word)}</span>` : nothing}
            <span part="timestamp"><bdi class="tabular">${timestamp}</bdi></span>
            ${length ? html`<span class="tabular" part="duration">${length}</span>` : nothing}`
    }
    <span class="unseen">${call.notes.text ? text('recents.has-notes') : ''}, ${text('recents.open', { who })}</span>
  </button>`;
}
