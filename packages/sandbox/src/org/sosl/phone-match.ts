import type { PhoneMatch } from '../settings.ts';
import { ANY_CHARACTER, ANY_TEXT } from './find-text.ts';

/** Shorter endings say too little to be the same number. */
const SHORTEST_SUFFIX = 7;

/**
 * Whether a stored number answers a searched one. Formatting is ignored. By `suffix` (the default) the searched digits
 * are all of the stored ones or their last seven or more; a letter ends the number, so that an extension
 * (`x12`) doesn't get in the way. `digits` counts the extension's digits too; `exact` wants all digits equal.
 * How the real index cuts numbers is not documented: adapters compare what is found by themselves (salesforce.md §4.2).
 */
export function phoneMatches(stored: string, searched: string, rule: PhoneMatch): boolean {
  const number = digitsOf(rule === 'digits' ? stored : (stored.split(/\p{L}|#|;/u, 1)[0] ?? ''));
  if (searched.includes(ANY_TEXT) || searched.includes(ANY_CHARACTER)) return wildMatches(number, searched);
  const wanted = digitsOf(searched);
  if (!wanted || /\p{L}/u.test(searched)) return false;
  if (number === wanted) return true;
  return rule !== 'exact' && wanted.length >= SHORTEST_SUFFIX && number.endsWith(wanted);
}

/** Wildcards stand in the middle or at the end; the number may be meant with or without its country code. */
function wildMatches(number: string, searched: string): boolean {
  const source = [...searched]
    .map((character) =>
      character === ANY_TEXT ? '\\d*' : character === ANY_CHARACTER ? '\\d' : /\d/.test(character) ? character : '',
    )
    .join('');
  if (!/^\d[^]*/.test(source)) return false;
  const pattern = new RegExp(`^${source}$`);
  return pattern.test(number) || pattern.test(number.slice(-10));
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}
