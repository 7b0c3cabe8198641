import type { CrmRecord, IdentifyQuery, Match, RecordKind } from '@multiline/core';
import type { Columns } from './columns.ts';
import { phoneObjectsOf, recordOf } from './kinds.ts';
import { numberForms, sameNumber } from './numbers.ts';
import type { Org, Row } from './org.ts';
import { soqlLikeDigits, soslDigits } from './queries.ts';
import { OrgRefusal } from './refusals.ts';

/**
 * How records are found by number.
 *
 * - `search`: the search index, one request for all numbers; a record made seconds ago may not be in it yet.
 * - `query`: the records themselves, one request per object and slower in a large org; always current.
 * - `search-then-query`: the records where the index knows nobody.
 *
 * Where the org refuses to search, the records are queried in any case.
 */
export type MatchBy = 'search' | 'query' | 'search-then-query';

export interface MatchingOptions {
  readonly kinds: readonly RecordKind[];
  readonly matchBy: MatchBy;
  /** Sees every row found. */
  readonly onRows: (rows: readonly Row[]) => void;
}

/** Rows of one object in an answer; whoever has more records on one number has none of them found. */
const MOST_ROWS = 200;

/** Finds whom numbers belong to. */
export function matching(org: Org, columns: Columns, { kinds, matchBy, onRows }: MatchingOptions) {
  const objects = phoneObjectsOf(kinds);

  function searchFor(query: IdentifyQuery, signal?: AbortSignal): Promise<readonly Row[]> {
    const terms = new Set(query.numbers.flatMap((number) => numberForms(number, query.country)?.terms ?? []));
    const find = [...terms].map((term) => soslDigits(term)).join(' OR ');
    return columns.settle(objects, () => {
      const from = objects
        .filter(({ name }) => columns.has(name))
        .map((object) => columns.returning(object, MOST_ROWS));
      return org.search(`FIND {${find}} IN PHONE FIELDS RETURNING ${from.join(', ')}`, signal);
    });
  }

  async function queryFor(query: IdentifyQuery, signal?: AbortSignal): Promise<readonly Row[]> {
    const patterns = query.numbers.flatMap((number) => {
      const core = numberForms(number, query.country)?.core;
      return core === undefined ? [] : [soqlLikeDigits(core)];
    });
    const answers = objects.map((object) =>
      columns.settle([object], () => {
        const numbers = columns.numbersOf(object);
        if (!columns.has(object.name) || numbers.length === 0) return Promise.resolve([]);
        const any = numbers.flatMap((column) => patterns.map((pattern) => `${column} LIKE ${pattern}`)).join(' OR ');
        const where = object.where === undefined ? `(${any})` : `(${any}) AND ${object.where}`;
        const select = columns.of(object).join(', ');
        const order = `ORDER BY CreatedDate DESC LIMIT ${MOST_ROWS}`;
        return org.query(`SELECT ${select} FROM ${object.name} WHERE ${where} ${order}`, signal);
      }),
    );
    return (await Promise.all(answers)).flat();
  }

  async function find(query: IdentifyQuery, signal?: AbortSignal): Promise<readonly Row[]> {
    if (matchBy === 'query') return queryFor(query, signal);
    try {
      const found = await searchFor(query, signal);
      return found.length > 0 || matchBy === 'search' ? found : await queryFor(query, signal);
    } catch (error) {
      if (!searchUnavailable(error)) throw error;
      return queryFor(query, signal);
    }
  }

  /** All numbers in one request; a record that has two of them is there for each. Newest of a kind first. */
  return async function identify(query: IdentifyQuery, signal?: AbortSignal): Promise<readonly Match[]> {
    const numbers = [...new Set(query.numbers)].filter((number) => numberForms(number, query.country));
    if (numbers.length === 0) return [];
    const rows = await find({ ...query, numbers }, signal);
    onRows(rows);
    const records = rows.map((row) => recordOf(row, kinds)).filter((record) => record !== null);
    records.sort(byKindAndAge(kinds));
    return numbers.flatMap((number) =>
      records.filter((record) => hasNumber(record, number, query.country)).map((record) => ({ number, record })),
    );
  };
}

/** Whether one of a record's numbers is this one, however it was typed there. */
export function hasNumber(record: CrmRecord, number: string, country: string): boolean {
  return record.numbers?.some((own) => sameNumber(own, number, { country })) ?? false;
}

function byKindAndAge(kinds: readonly RecordKind[]): (a: CrmRecord, b: CrmRecord) => number {
  const rank = new Map(kinds.map(({ name }, index) => [name, index]));
  return (a, b) =>
    (rank.get(a.kind) ?? 0) - (rank.get(b.kind) ?? 0) ||
    (b.createdAt ?? 0) - (a.createdAt ?? 0) ||
    (a.id < b.id ? -1 : 1);
}

/** Whether it is search alone that does not work: then the records are asked. A server that is away is away for both. */
function searchUnavailable(error: unknown): boolean {
  return (
    error instanceof OrgRefusal &&
    (['refused', 'unsupported', 'not-found'].includes(error.code) || error.status === 500)
  );
}
