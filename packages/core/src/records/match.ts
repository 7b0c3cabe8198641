import type { CallMatch, Reason } from '../calls/call.ts';
import type { CrmRecord, Match, RecordKind } from '../ports/crm.ts';
import type { Policy } from '../policy/policy.ts';
import type { Failure } from '../ports/errors.ts';

export const searching: CallMatch = { state: 'searching', record: null, candidates: [], why: null };

/** The CRM has not said yet whose number it is. */
export const unmatched = ({ state }: CallMatch): boolean => state === 'searching' || state === 'failed';

/** No CRM, or no number to ask for. */
export function unknownMatch(code: 'no-crm' | 'no-number' | 'nobody'): CallMatch {
  return { state: 'unknown', record: null, candidates: [], why: reason(code) };
}

export function failedMatch(failure: Failure): CallMatch {
  return { state: 'failed', record: null, candidates: [], why: reason('identify-failed'), failure };
}

/** A person said whom it belongs to. The others stay offered ("Wrong match?"). */
export function chosenMatch(before: CallMatch, chosen: CrmRecord): CallMatch {
  // It comes from a page: only plain data is kept, told to other tabs and stored.
  const record = JSON.parse(JSON.stringify(chosen)) as CrmRecord;
  const others = [...(before.record ? [before.record] : []), ...before.candidates];
  return {
    state: 'matched',
    record,
    candidates: others.filter((other) => !sameRecord(other, record)),
    why: reason('chosen', { name: record.name }),
  };
}

/**
 * Whom a call belongs to, and why. The first kind of the policy's order that has a match decides; the records of the other
 * kinds are offered as alternatives. Several of that kind: a person chooses, or the policy's rule does, always the same way.
 */
export function decideMatch(
  matches: readonly Match[],
  policy: Policy['match'],
  kinds: readonly RecordKind[],
): CallMatch {
  const records = unique(matches.map(({ record }) => record));
  const ranked = [...records].sort((a, b) => rank(a, policy.order) - rank(b, policy.order) || byAge(a, b));
  const [first] = ranked;
  if (!first) return unknownMatch('nobody');

  const deciding = ranked.filter((record) => record.kind === first.kind);
  const kind = kinds.find(({ name }) => name === first.kind)?.label ?? first.kind;
  if (deciding.length === 1) {
    const why = ranked.length === 1 ? reason('only-match') : reason('first-kind', { kind, others: ranked.length - 1 });
    return { state: 'matched', record: first, candidates: ranked.slice(1), why };
  }
  if (policy.several === 'choose') {
    return {
      state: 'ambiguous',
      record: null,
      candidates: ranked,
      why: reason('several', { count: deciding.length, kind }),
    };
  }
  const chosen = pick(deciding, policy.several) ?? first;
  return {
    state: 'matched',
    record: chosen,
    candidates: ranked.filter((record) => record !== chosen),
    why: reason(policy.several, { name: chosen.name, count: deciding.length, kind }),
  };
}

export function sameRecord(a: CrmRecord, b: CrmRecord): boolean {
  return a.kind === b.kind && a.id === b.id;
}

export function reason(code: string, values: Reason['values'] = {}): Reason {
  return { code, values };
}

function unique(records: readonly CrmRecord[]): CrmRecord[] {
  return records.filter((record, index) => records.findIndex((other) => sameRecord(other, record)) === index);
}

/** Kinds the policy does not name come last. */
function rank(record: CrmRecord, order: readonly string[]): number {
  const index = order.indexOf(record.kind);
  return index < 0 ? order.length : index;
}

/** Newest first; without dates by id, so that the order is always the same. */
function byAge(a: CrmRecord, b: CrmRecord): number {
  return (b.createdAt ?? 0) - (a.createdAt ?? 0) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function pick(records: readonly CrmRecord[], rule: 'newest' | 'last-modified' | 'first'): CrmRecord | undefined {
  const [...sorted] = records;
  if (rule === 'last-modified') sorted.sort((a, b) => (b.modifiedAt ?? 0) - (a.modifiedAt ?? 0) || byAge(a, b));
  if (rule === 'first') sorted.sort((a, b) => -byAge(a, b));
  return sorted[0];
}
