import type { Crm, CrmRecord, RecordKind } from '@multiline/core';
import { html } from 'lit';
import type { TemplateResult } from 'lit';

/** A shape of the style sheet: by the kind's icon; `unknown` is a dashed circle with a question mark. */
export type AvatarShape = RecordKind['icon'] | 'unknown';

/** The kind a record is of, as its CRM declares it. */
export function kindOf(record: CrmRecord, crm: Crm | null): RecordKind | undefined {
  return crm?.kinds.find((kind) => kind.name === record.kind);
}

/** Up to two letters that stand for a name: first and last word's first. */
export function initials(name: string): string {
  const letter = /\p{L}|\p{N}/u;
  const words = name.split(/\s+/u).filter((word) => letter.test(word));
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return chosen
    .map((word) => letter.exec(word ?? '')?.[0] ?? '')
    .join('')
    .toLocaleUpperCase();
}

/** An avatar; decoration, the name and the kind's word stand beside it. */
export function avatar(
  name: string,
  shape: AvatarShape,
  size: 'small' | 'medium' | 'large' = 'medium',
): TemplateResult {
  const text = (shape !== 'unknown' && initials(name)) || '?';
  return html`<span part="avatar" .className=${`avatar ${shape} ${size}`} .ariaHidden=${'true'}>${text}</span>`;
}
