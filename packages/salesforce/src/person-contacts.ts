import type { RecordRef } from '@multiline/core';
import { type Org, type Row, text } from './org.ts';
import { soqlList, validId } from './queries.ts';
import { OrgRefusal } from './refusals.ts';

/**
 * The contact inside each person account, by which an activity belongs to the person. Known from matches and searches;
 * asked for otherwise, all at once.
 */
export interface PersonContacts {
  note(rows: readonly Row[]): void;
  of(refs: readonly RecordRef[], signal?: AbortSignal): Promise<ReadonlyMap<string, string>>;
}

/** Enough for a day at a busy desk. */
const MOST_KNOWN = 1_000;

export function personContacts(org: Org): PersonContacts {
  const known = new Map<string, string>();

  function note(rows: readonly Row[]): void {
    for (const row of rows) {
      const [account, contact] = [text(row, 'Id'), text(row, 'PersonContactId')];
      if (account !== undefined && contact !== undefined) known.set(account, contact);
    }
    for (const oldest of known.keys()) {
      if (known.size <= MOST_KNOWN) break;
      known.delete(oldest);
    }
  }

  return {
    note,
    async of(refs, signal) {
      const people = refs.filter(({ kind, id }) => kind === 'PersonAccount' && validId(id)).map(({ id }) => id);
      const unknown = [...new Set(people)].filter((id) => !known.has(id));
      if (unknown.length > 0) {
        const soql = `SELECT Id, PersonContactId FROM Account WHERE Id IN ${soqlList(unknown)}`;
        try {
          note(await org.query(soql, signal));
        } catch (error) {
          // An org without person accounts has no such column: the account itself it is.
          if (!(error instanceof OrgRefusal && error.says('INVALID_FIELD'))) throw error;
        }
      }
      return known;
    },
  };
}
