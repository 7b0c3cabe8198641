import type { CrmRecord } from '@multiline/core';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { avatar, kindOf } from '../internal/avatar.ts';
import { DOT } from '../internal/dot.ts';
import { numberTemplate } from '../internal/number.ts';
import { chevronRight } from '../styles/icons.ts';
import type { CallView } from './view.ts';

/** Somebody a call may be sent to: a number, and whose it is if that is known. */
export interface TargetMatch {
  readonly record: CrmRecord | null;
  readonly number: string;
}

/** Who it is: avatar, name, number and kind; a number alone stands for itself. */
export function best({ workspace }: CallView, { record, number }: TargetMatch): TemplateResult {
  const kind = record ? kindOf(record, workspace.crm) : undefined;
  const written = numberTemplate(number, workspace.policy.country);
  const label = kind?.label ?? record?.kind;
  return html`<span class="whom">
    ${avatar(record?.name ?? '', record ? (kind?.icon ?? 'other') : 'unknown', 'small')}
    <span class="grow">
      <span class="who cut">${record ? html`<bdi .title=${record.name}>${record.name}</bdi>` : written}</span>
      ${record ? html`<span class="kind"><span>${written}${label ? `${DOT}${label}` : nothing}</span></span>` : nothing}
    </span>
  </span>`;
}

/** A further match: the whole row opens it. */
export function match(view: CallView, one: TargetMatch, choose: () => void): TemplateResult {
  return html`<li part="result">
    <button class="whole small-icon" type="button" @click=${choose}>
      ${best(view, one)}<span class="square">${chevronRight}</span>
    </button>
  </li>`;
}
