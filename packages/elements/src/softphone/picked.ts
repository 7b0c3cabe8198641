import type { Crm, CrmRecord } from '@multiline/core';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { avatar, kindOf } from '../internal/avatar.ts';
import { kindIcons } from '../internal/kind-icon.ts';
import { triangleAlert } from '../styles/icons.ts';

/**
 * Whom the number in the field belongs to.
 *
 * @param name the record's name, as a link
 * @param last when we last spoke, in words; null if never
 * @param warning what stands against calling; shown if the record says so
 */
export function picked(
  record: CrmRecord,
  crm: Crm | null,
  { name, last, warning }: { name: TemplateResult; last: string | null; warning: string },
): TemplateResult {
  const kind = kindOf(record, crm);
  const account = record.account
    ? html`<span>·</span><bdi class="cut" .title=${record.account.name}>${record.account.name}</bdi>`
    : nothing;
  return html`<div class="picked">
      ${avatar(record.name, kind?.icon ?? 'other', 'large')}
      <div class="grow">
        <span class="cut">${name}</span>
        <span class="kind tiny-icon"
          >${kindIcons[kind?.icon ?? 'other']}<span>${kind?.label ?? record.kind}</span>${account}</span
        >
        ${last ? html`<span class="kind">${last}</span>` : nothing}
      </div>
    </div>
    ${record.doNotCall ? html`<p class="notice warn">${triangleAlert}<span>${warning}</span></p>` : nothing}`;
}
