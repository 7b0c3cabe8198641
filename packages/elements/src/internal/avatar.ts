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
  const letters = name.split(/\s+/u).flatMap((word) => firstLetter(word) ?? []);
  return `${letters[0] ?? ''}${letters.slice(1).at(-1) ?? ''}`.toLocaleUpperCase();
}

/** Nearly every word begins with a plain one: the table of all others takes a browser half a millisecond to make. */
function firstLetter(word: string): string | undefined {
  return (/^[a-z\d]/i.exec(word) ?? /[\p{L}\p{N}]/u.exec(word))?.[0];
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
