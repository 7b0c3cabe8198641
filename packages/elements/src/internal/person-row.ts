import { formatNumber, parseNumber } from '@multiline/core';
import type { CrmRecord, Workspace } from '@multiline/core';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { message, phone } from '../styles/icons.ts';
import type { StringKey } from '../strings/english.ts';
import type { Text } from '../strings/localize.ts';
import { avatar, kindOf } from './avatar.ts';
import { DOT } from './dot.ts';
import { kindIcons } from './kind-icon.ts';
import { numberTemplate, writtenNumber } from './number.ts';
import { recordGlyph } from './record-link.ts';

/** What may be done with a person of a list. */
export type PersonAction = 'choose' | 'call' | 'message';

/** What a row needs of its list. */
export interface PersonRow {
  /** The list: whence intents go out. */
  readonly from: HTMLElement;
  readonly workspace: Workspace;
  /** Of the row in its list. */
  readonly id: string;
  readonly part: string;
  /** Undefined: there is none, nothing can be done but look. */
  readonly number: string | undefined;
  /** Empty: the number stands for it. */
  readonly name: string;
  readonly record: CrmRecord | null;
  readonly avatar: 'small' | 'medium';
  readonly text: Text;
  star(number: string, who: string): TemplateResult;
  act(action: PersonAction, number: string): void;
}

/**
 * One person: kind told by shape and word, number, star, Call and Message. The number dials, the kind's glyph opens the record
 * (MV-14); the row chooses.
 */
export function personRow(row: PersonRow): TemplateResult {
  const { workspace, number, name, record, text } = row;
  const { crm, policy } = workspace;
  const who = name || writtenNumber(number ?? '', policy.country);
  const kind = record ? kindOf(record, crm) : undefined;
  const { shape, word } = record
    ? { shape: kind?.icon ?? 'other', word: kind?.label ?? record.kind }
    : strangerOf(workspace, number ?? '', text);
  const on = (action: PersonAction) => (): void => {
    if (number) row.act(action, number);
  };
  const dial = number ? dialNumber(workspace, number, text, on('call')) : nothing;
  const button = (action: 'call' | 'message'): TemplateResult =>
    html`<button
      type="button"
      .className=${`icon-button ${action}`}
      .ariaLabel=${text(`action.${action}-who`, { who })}
      .title=${text(`action.${action}`)}
      @click=${on(action)}
    >
      ${action === 'call' ? phone : message}
    </button>`;
  return html`<li class="row" .id=${row.id} .part=${row.part}>
    <button class="choose" type="button" .disabled=${!number} @click=${on('choose')}>
      <span class="unseen">${[who, word, record?.account?.name].filter(Boolean).join(', ')}</span>
    </button>
    ${avatar(name, shape, row.avatar)}
    <div class="grow">
      ${name ? html`<bdi class="who cut" .title=${name} .ariaHidden=${'true'}>${name}</bdi>` : html`<div class="who">${dial}</div>`}
      <div class="kind tiny-icon">
        ${
          record
            ? recordGlyph(row.from, workspace, record, {
                glyph: kindIcons[kind?.icon ?? 'other'],
                label: text('action.open-record', { who: record.name }),
              })
            : nothing
        }${
          word
            ? html`<span class="what"
                >${word}${record?.account ? html`${DOT}<bdi>${record.account.name}</bdi>` : nothing}</span
              >`
            : nothing
        }${name ? dial : nothing}
      </div>
    </div>
    <span class="actions" .hidden=${!number}
      >${number ? row.star(number, who) : nothing}${button('call')}${button('message')}</span
    >
  </li>`;
}

/** Somebody without a record: an internal number is a colleague's. */
function strangerOf(
  { crm, policy }: Workspace,
  number: string,
  text: (key: StringKey) => string,
): { readonly shape: 'colleague' | 'unknown'; readonly word: string } {
  const { kind } = parseNumber(number, { ...policy.dialing, country: policy.country }) as { kind?: string };
  if (kind === 'extension') return { shape: 'colleague', word: text('call.colleague') };
  return { shape: 'unknown', word: crm ? text('call.no-record') : '' };
}

function dialNumber({ policy: { country } }: Workspace, number: string, text: Text, dial: () => void): TemplateResult {
  const label = text('action.call-who', { who: formatNumber(number, { country }).text });
  return html`<button class="dial" type="button" part="number" .title=${label} .ariaLabel=${label} @click=${dial}>
    ${numberTemplate(number, country)}
  </button>`;
}
