import type { SearchResult, Workspace } from '@multiline/core';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { avatar, kindOf } from '../internal/avatar.ts';
import { kindIcons } from '../internal/kind-icon.ts';
import { numberTemplate, writtenNumber } from '../internal/number.ts';
import { recordGlyph } from '../internal/record-link.ts';
import type { StringKey } from '../strings/english.ts';
import type { StringValues } from '../strings/localize.ts';
import { message, phone } from '../styles/icons.ts';

/** What may be done with a person who was found. */
export type ResultAction = 'choose' | 'call' | 'message';

/**
 * One person who was found: kind told by shape and word, first number, Call and Message. The number dials, the kind's glyph
 * opens the record (MV-14); the row chooses.
 */
export function result(
  from: HTMLElement,
  workspace: Workspace,
  { record, numbers: [number] }: SearchResult,
  text: (key: StringKey, values?: StringValues) => string,
  act: (action: ResultAction) => void,
): TemplateResult {
  const kind = kindOf(record, workspace.crm);
  const account = record.account ? html`<bdi>· ${record.account.name}</bdi>` : nothing;
  const on = (action: ResultAction) => (): void => act(action);
  const button = (action: 'call' | 'message'): TemplateResult =>
    html`<button
      type="button"
      .className=${`icon-button ${action}`}
      .ariaLabel=${text(`action.${action}-who`, { who: record.name })}
      .title=${text(`action.${action}`)}
      @click=${on(action)}
    >
      ${action === 'call' ? phone : message}
    </button>`;
  return html`<li class="result" part="result">
    <button class="choose" type="button" .disabled=${!number} @click=${on('choose')}>
      <span class="unseen">${[record.name, kind?.label, record.account?.name].filter(Boolean).join(', ')}</span>
    </button>
    ${avatar(record.name, kind?.icon ?? 'other', 'small')}
    <div class="grow">
      <bdi class="who cut" .title=${record.name} .ariaHidden=${'true'}>${record.name}</bdi>
      <div class="kind tiny-icon">
        ${recordGlyph(from, workspace, record, {
          glyph: kindIcons[kind?.icon ?? 'other'],
          label: text('action.open-record', { who: record.name }),
        })}<span>${kind?.label ?? record.kind}</span>${account}${number ? dialNumber(workspace, number, text, on('call')) : nothing}
      </div>
    </div>
    <span class="actions" .hidden=${!number}>${button('call')}${button('message')}</span>
  </li>`;
}

function dialNumber(
  { policy: { country } }: Workspace,
  number: string,
  text: (key: StringKey, values?: StringValues) => string,
  dial: () => void,
): TemplateResult {
  const label = text('action.call-who', { who: writtenNumber(number, country) });
  return html`<button class="dial" type="button" part="number" .title=${label} .ariaLabel=${label} @click=${dial}>
    ${numberTemplate(number, country)}
  </button>`;
}
