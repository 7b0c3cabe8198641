import type { SearchResult, Workspace } from '@multiline/core';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { avatar, kindOf } from '../internal/avatar.ts';
import { kindIcons } from '../internal/kind-icon.ts';
import { numberTemplate } from '../internal/number.ts';
import type { StringKey } from '../strings/english.ts';
import type { StringValues } from '../strings/localize.ts';
import { message, phone } from '../styles/icons.ts';

/** What may be done with a person who was found. */
export type ResultAction = 'choose' | 'call' | 'message';

/** One person who was found: kind told by shape and word, first number, Call and Message. */
export function result(
  workspace: Workspace,
  { record, numbers }: SearchResult,
  text: (key: StringKey, values?: StringValues) => string,
  act: (action: ResultAction) => void,
): TemplateResult {
  const kind = kindOf(record, workspace.crm);
  const [number] = numbers;
  const account = record.account ? html`<bdi>· ${record.account.name}</bdi>` : nothing;
  const shown = number ? numberTemplate(number, workspace.policy.country) : nothing;
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
      ${avatar(record.name, kind?.icon ?? 'other', 'small')}
      <span class="grow"
        ><bdi class="who cut" .title=${record.name}>${record.name}</bdi
        ><span class="kind tiny-icon"
          >${kindIcons[kind?.icon ?? 'other']}<span>${kind?.label ?? record.kind}</span>${account}${shown}</span
        ></span
      >
    </button>
    <span class="actions" .hidden=${!number}>${button('call')}${button('message')}</span>
  </li>`;
}
