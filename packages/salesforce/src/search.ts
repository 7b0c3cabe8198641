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
    const kept = records.filter((record) =>
      byNumber ? containsDigits(record, typed, country) : beginsWith(record, typed),
    );
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

/** The index refuses a single letter; an ideograph is a word by itself. */
const searchable = (word: string): boolean => word.length > 1 || /\p{Script=Han}/u.test(word);
const wordsOf = (typed: string): readonly string[] => typed.split(/[\s,;/]+/u).filter(Boolean);

/** Every word must begin a word of the name; undefined if that is too little to search by. */
function nameTerms(typed: string): string | undefined {
  const words = wordsOf(typed).filter(searchable);
  const terms = words.flatMap((word) => soslPrefix(word) ?? []);
  return terms.length > 0 && /\p{L}/u.test(typed) ? terms.join(' AND ') : undefined;
}

/** Whether the letters that could not be searched by begin words of the name as well. */
function beginsWith({ name }: CrmRecord, typed: string): boolean {
  const own = wordsOf(name.toLocaleLowerCase());
  const letters = wordsOf(typed.toLocaleLowerCase()).filter((word) => !searchable(word) && /\p{L}/u.test(word));
  return letters.every((letter) => own.some((word) => word.startsWith(letter)));
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
