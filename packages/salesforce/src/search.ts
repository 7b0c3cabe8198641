import type { CrmRecord, RecordKind } from '@multiline/core';
import type { Columns } from './columns.ts';
import { phoneObjectsOf, recordOf } from './kinds.ts';
import { hasNumber } from './matching.ts';
import type { Org, Row } from './org.ts';
import { soslDigits, soslPrefix } from './queries.ts';

export interface SearchOptions {
  readonly kinds: readonly RecordKind[];
  /** How national numbers are read, ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Sees every row found. */
  readonly onRows: (rows: readonly Row[]) => void;
}

const USUAL_LIMIT = 20;
const LARGEST_LIMIT = 200;
/** Fewer digits are on half of all records. */
const FEWEST_DIGITS = 3;

/** Finds records by what a person types: the beginnings of names, or a part of a number. One request. */
export function searching(org: Org, columns: Columns, { kinds, country, onRows }: SearchOptions) {
  const objects = phoneObjectsOf(kinds);

  return async function search(
    text: string,
    options: { limit?: number } = {},
    signal?: AbortSignal,
  ): Promise<readonly CrmRecord[]> {
    const limit = Math.min(Math.max(Math.floor(options.limit ?? USUAL_LIMIT), 0), LARGEST_LIMIT);
    const typed = text.normalize('NFC').trim();
    const byNumber = !/\p{L}/u.test(typed) && digitsOf(typed).length >= FEWEST_DIGITS;
    const find = byNumber ? numberTerms(typed) : nameTerms(typed);
    if (find === undefined || limit === 0) return [];
    const fields = byNumber ? 'PHONE' : 'NAME';
    const rows = await columns.settle(objects, () => {
      const from = objects.filter(({ name }) => columns.has(name)).map((object) => columns.returning(object, limit));
      return org.search(`FIND {${find}} IN ${fields} FIELDS RETURNING ${from.join(', ')}`, signal);
    });
    onRows(rows);
    const records = rows.map((row) => recordOf(row, kinds)).filter((record) => record !== null);
    const kept = byNumber ? records.filter((record) => containsDigits(record, typed, country)) : records;
    return kept.sort(best(typed, kinds)).slice(0, limit);
  };
}

const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** What was typed, and the same with and without what stands before a national number. */
function numberTerms(typed: string): string {
  const digits = digitsOf(typed);
  const forms = new Set([digits, digits.replace(/^[01]+/, ''), typed.startsWith('+') ? digits : `1${digits}`]);
  return [...forms]
    .filter((form) => form.length >= FEWEST_DIGITS)
    .flatMap((form) => [soslDigits(form), soslDigits(form, true)])
    .join(' OR ');
}

/** Every word must begin a word of the name; undefined if that is too little to search by. */
function nameTerms(typed: string): string | undefined {
  const words = typed.split(/[\s,;/]+/u).flatMap((word) => soslPrefix(word) ?? []);
  // The index refuses a single letter; ideographs are words by themselves.
  const enough = words.join('').replace(/\*/g, '').length > 1 || /\p{Lo}/u.test(typed);
  return words.length > 0 && enough ? words.join(' AND ') : undefined;
}

function containsDigits(record: CrmRecord, typed: string, country: string): boolean {
  const digits = digitsOf(typed).replace(/^[01]+/, '');
  return hasNumber(record, typed, country) || (record.numbers ?? []).some((own) => digitsOf(own).includes(digits));
}

/** Whole names first, then names that begin so; then by kind and name. */
function best(typed: string, kinds: readonly RecordKind[]): (a: CrmRecord, b: CrmRecord) => number {
  const folded = typed.toLocaleLowerCase();
  const fit = ({ name }: CrmRecord): number => {
    const own = name.toLocaleLowerCase();
    return own === folded ? 0 : own.startsWith(folded) ? 1 : 2;
  };
  const rank = new Map(kinds.map(({ name }, index) => [name, index]));
  return (a, b) =>
    fit(a) - fit(b) ||
    (rank.get(a.kind) ?? 0) - (rank.get(b.kind) ?? 0) ||
    a.name.localeCompare(b.name) ||
    (a.id < b.id ? -1 : 1);
}
