/**
 * The only place where text becomes part of a query. Everything from outside goes through `soqlText`, `soqlLike` or
 * `soslTerm`; names of objects and columns are ours, or pass `apiName`.
 */
import { MultiLineError } from '@multiline/core';

/**
 * A string literal of SOQL with its quotes (SOQL and SOSL reference, "Quoted string escape sequences").
 * Control characters end no literal, but some are refused in one; they are written as escapes or dropped.
 */
export function soqlText(text: string): string {
  return `'${escapeText(text)}'`;
}

function escapeText(text: string): string {
  return text
    .replace(/[\\'"]/g, '\\$&')
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')
    .replace(/\t/g, '\\t')
    .replace(/\f/g, '\\f')
    .replace(/[\u0000-\u001f\u007f\u2028\u2029]/g, '');
}

/** `IN (…)` over texts; never over none, which SOQL refuses. */
export function soqlList(texts: readonly string[]): string {
  return `(${texts.map(soqlText).join(', ')})`;
}

/** A LIKE pattern that finds these digits in this order, whatever stands between them: `'%4%1%5%'`. */
export function soqlLikeDigits(digits: string): string {
  return `'%${(digits.match(/\d/g) ?? []).join('%')}%'`;
}

/** A point in time as SOQL has it, without quotes. */
export function soqlTime(at: number): string {
  return new Date(at).toISOString();
}

/** Reserved in a search term (SOQL and SOSL reference, "FIND {SearchQuery}"). */
const RESERVED = /[?&|!{}[\]()^~*:\\"'+-]/g;

/** One word of a search, found wherever a word begins with it; undefined if nothing searchable is left of it. */
export function soslPrefix(word: string): string | undefined {
  const plain = escapeSearch(word);
  return /[\p{L}\p{N}]/u.test(plain) ? `${plain}*` : undefined;
}

function escapeSearch(text: string): string {
  return text
    .replace(/[\s\u0000-\u001f\u007f\u2028\u2029]+/g, ' ')
    .trim()
    .replace(RESERVED, '\\$&');
}

/** Digits as a search term, and with `prefix` whatever begins with them. */
export function soslDigits(digits: string, prefix = false): string {
  return digits.replace(/\D/g, '') + (prefix ? '*' : '');
}

/** An API name as it stands in a query or a path. Anything but letters, digits and underscores is not one. */
export function apiName(name: string): string {
  if (!/^[A-Za-z]\w{0,79}$/.test(name)) throw new MultiLineError('refused', { message: `“${name}” is no API name.` });
  return name;
}

/** Tells a record id: 15 characters, or 18 with a checksum that fits. */
export function validId(id: string): boolean {
  if (!/^[A-Za-z0-9]{15}(?:[A-Z0-5]{3})?$/.test(id)) return false;
  return id.length === 15 || checksum(id) === id.slice(15);
}

/** Three characters, each telling which of five letters are capitals (Salesforce object reference, "ID field type"). */
function checksum(id: string): string {
  const parts = [id.slice(0, 5), id.slice(5, 10), id.slice(10, 15)];
  return parts
    .map((part) => {
      const bits = Array.from(part, (letter, place) => (/[A-Z]/.test(letter) ? 1 << place : 0)).reduce((a, b) => a + b);
      return 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'.charAt(bits);
    })
    .join('');
}
