import type { Call, Crm, RecordKind } from '@multiline/core';
import { kindOf } from '../internal/avatar.ts';
import type { AvatarShape } from '../internal/avatar.ts';
import { writtenNumber } from '../internal/number.ts';
import type { StringKey } from '../strings/english.ts';
import '../strings/english-calls.ts';
import type { StringValues } from '../strings/localize.ts';

/** The other party of a call as it is shown: who, of which kind, with which avatar. */
export interface Party {
  /** The record's name, else what the wire says, else empty: then the number stands for the name. */
  readonly name: string;
  readonly kind: RecordKind | undefined;
  readonly shape: AvatarShape;
  /** The company, if the record has one. */
  readonly account: string | undefined;
}

export function partyOf(call: Call, crm: Crm | null): Party {
  const { record } = call.match;
  if (record) {
    const kind = kindOf(record, crm);
    return { name: record.name, kind, shape: kind?.icon ?? 'other', account: record.account?.name };
  }
  const colleague = call.internal;
  return {
    name: wireName(call),
    kind: undefined,
    shape: colleague ? 'colleague' : 'unknown',
    account: undefined,
  };
}

/** Many a server that knows no name sends the number in its place: that is said once. */
function wireName({ displayName = '', number }: Call): string {
  return number && !/\p{L}/u.test(displayName) ? '' : displayName;
}

/** Name, kind and company in one line, for a screen reader: "Lucy Hall, Contact, Acme", else the number. */
export function spokenParty(call: Call, crm: Crm | null, country: string, withheld: string): string {
  const { name, kind, account } = partyOf(call, crm);
  const number = call.number ? writtenNumber(call.number, country) : withheld;
  return [name || number, kind?.label, account].filter(Boolean).join(', ');
}

/** What is said of somebody who is no record: a colleague, several records, none yet. */
export function strangerWords(
  { internal, match }: Call,
  text: (key: StringKey, values?: StringValues) => string,
): string {
  if (internal) return text('call.colleague');
  switch (match.state) {
    case 'searching':
      return text('call.searching');
    case 'ambiguous':
      return text('call.several', { count: match.candidates.length });
    case 'failed':
      return text('call.match-failed');
    default:
      return text('call.no-record');
  }
}
