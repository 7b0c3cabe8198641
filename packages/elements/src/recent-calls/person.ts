import type { Call, Workspace } from '@multiline/core';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { partyOf, strangerWords } from '../call/party.ts';
import { avatar } from '../internal/avatar.ts';
import { DOT } from '../internal/dot.ts';
import { kindIcons } from '../internal/kind-icon.ts';
import { numberTemplate } from '../internal/number.ts';
import { recordGlyph, recordLink } from '../internal/record-link.ts';
import { livePhase } from './live-phase.ts';
import type { Words } from './log-words.ts';

/** Who a call was with: avatar, name, kind and company, number. The kind's glyph opens the record too (MV-24). */
export function person(from: HTMLElement, workspace: Workspace, call: Call, { text }: Words): TemplateResult {
  const { record } = call.match;
  const { country } = workspace.policy;
  const { name, shape, kind, account } = partyOf(call, workspace.crm);
  const number = call.number ? numberTemplate(call.number, country, call.extension) : text('call.withheld');
  const glyph =
    record && kind
      ? recordGlyph(from, workspace, record, {
          glyph: kindIcons[kind.icon],
          label: text('action.open-record', { who: record.name }),
        })
      : nothing;
  return html`<div class="party">
    ${avatar(name, shape, 'large')}
    <div class="grow">
      <h3>
        ${
          record
            ? recordLink(from, workspace, record)
            : html`<span class="name" part="name" .title=${name}>${name ? html`<bdi>${name}</bdi>` : number}</span>`
        }
      </h3>
      ${
        record
          ? html`<p class="kind small-icon">
              ${glyph}
              <span>${[kind?.label, account].filter(Boolean).join(DOT)}</span>
            </p>`
          : html`<p class="kind">${strangerWords(call, text)}</p>`
      }
      ${name ? html`<p class="kind">${number}</p>` : nothing}
      ${call.phase === 'ended' ? nothing : html`<p class="phase">${text(livePhase(call).word)}</p>`}
    </div>
  </div>`;
}
