import { planOfDigits } from './numbering-plans.ts';
import { parseNumber, type NumberContext, type PhoneNumber } from './phone-number.ts';

/** A phone number in a text. */
export interface NumberRange {
  /** Index of the first character. */
  readonly start: number;
  /** Index behind the last character, extension included. */
  readonly end: number;
  readonly number: PhoneNumber;
}

/** Groups of digits with at most three characters of phone punctuation between them. Digits and punctuation never meet. */
const CANDIDATE = /\+?\(?\+?\d+(?:[ ().\-/\0]{1,3}\d+)*/g;
const DATE = /^(?:(?:19|20)\d\d([-./ ])\d{1,2}\1\d{1,2}|\d{1,2}([-./])\d{1,2}\2(?:19|20)?\d\d(?!\2\d))(?!\d)/;
const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const EXTENSION = /^[ ,]{0,2}(?:x|ext\.?|extension|#) ?\d{1,6}(?![\w-])/i;
const LABEL = /(?:\b(?:tel|phone|call|mobile|cell|fax|mob|direct|office|ph|t|m|p)\b[ .:)]{0,3}|[☎☏✆📞📱]\ufe0f? ?)$/iu;
const MONEY = /\p{Sc}/u;

/** Same length, ASCII only: digits of other scripts and widths to digits, invisible marks to NUL, letters to `a`. */
function flattened(text: string): string {
  return text.replace(/[^\x01-\x7f]/g, (character) => {
    if (/\p{Nd}/u.test(character)) return /\d/.exec(character.normalize('NFKC'))?.[0] ?? arabicDigit(character);
    if (/[\p{Cf}\0]/u.test(character)) return '\0';
    if (/[\p{Pd}\u2212]/u.test(character)) return '-';
    if (/\p{Zs}/u.test(character)) return ' ';
    if (character === '\uff0b') return '+';
    return MONEY.test(character) ? '$' : /[\p{L}\p{M}]/u.test(character) ? 'a' : '?';
  });
}

/** Arabic-Indic digits; other scripts are left to `parseNumber`, which sees whole fields and not running text. */
function arabicDigit(character: string): string {
  const code = character.charCodeAt(0);
  if (code >= 0x660 && code <= 0x669) return String(code - 0x660);
  return code >= 0x6f0 && code <= 0x6f9 ? String(code - 0x6f0) : '?';
}

/** What stands around a number tells ids, amounts, versions and addresses apart from it. */
function surroundedLikeNumber(flat: string, start: number, end: number): boolean {
  const before = flat.slice(Math.max(0, start - 2), start);
  const after = flat.slice(end, end + 2);
  if (/[\w$#@=&%*+\\/]$|[\w)][-.,]$|\d:$|\$ $/.test(before)) return false;
  return !/^(?:[\w$@=&%*+\\]|[-./:,]\w| ?\$|-)/.test(after);
}

/** Written as the plan writes numbers, and not as amounts, ids or series of figures are. */
function writtenLikeNumber(text: string, number: PhoneNumber, labelled: boolean): boolean {
  if (/^\(?\+|^00/.test(text)) return true;
  const groups = text.match(/\d+/g) ?? [];
  const { callingCode, digits } = number;
  if (callingCode === '1') {
    // Neither area nor exchange code begins with 0 or 1 (NANPA).
    if (!/^[2-9]\d\d[2-9]\d{6}$/.test(digits)) return false;
    const shape = groups.map((group) => group.length).join('');
    return (
      shape === '334' ||
      shape === '1334' ||
      (labelled && /^(?:10|11|37|346?|64|3322)$/.test(shape)) ||
      (shape === '37' && text.startsWith('('))
    );
  }
  if (groups.length === 1) return labelled;
  // A national number of any other plan begins with its trunk zero, or comes in even groups where none is dialed.
  const regular = groups.every((group) => group.length > 1 && group.length < 9);
  if (/^\(?0/.test(text)) return regular || labelled;
  if (labelled) return true;
  return planOfDigits(callingCode ?? '')?.trunk !== '0' && regular && groups.length > 2 && !text.includes('.');
}

/** Longest number that begins at the first of these groups and ends with one of them. */
function readFrom(
  flat: string,
  start: number,
  ends: readonly number[],
  context: NumberContext,
): NumberRange | undefined {
  for (const end of ends.toReversed()) {
    const text = flat.slice(start, end);
    if (text.length > 32 || DATE.test(text.replaceAll('\0', '')) || ADDRESS.test(text)) continue;
    const number = parseNumber(text, context);
    if (number.error || number.kind !== 'e164') continue;
    const opened = flat[start - 1] === '(' && /^\d+\)/.test(text) ? 1 : 0;
    if (!surroundedLikeNumber(flat, start - opened, end)) continue;
    const whole = flat.slice(0, start - opened).trim() === '' && flat.slice(end).trim() === '';
    const labelled = whole || LABEL.test(flat.slice(Math.max(0, start - 14), start));
    if (writtenLikeNumber(text, number, labelled)) return { start: start - opened, end, number };
  }
  return undefined;
}

/**
 * Finds phone numbers in running text, for making them dialable. Conservative: dates, prices, ids, addresses, versions and
 * bare strings of digits are left alone unless a word (`tel`, `call`) or their being the whole text says what they are.
 * Ranges are in UTF-16 units, in order, and never overlap. Linear in the length of the text.
 */
export function extractNumbers(text: string, context: NumberContext): NumberRange[] {
  const flat = flattened(text);
  const found: NumberRange[] = [];
  for (const candidate of flat.matchAll(CANDIDATE)) {
    // A table of figures is not worth looking through.
    if (candidate[0].length > 200) continue;
    const groups = [...candidate[0].matchAll(/\+?\(?\+?\d+/g)].map((group) => {
      const start = candidate.index + group.index;
      return { start, end: start + group[0].length };
    });
    for (let first = 0; first < groups.length; first++) {
      const group = groups[first];
      if (!group) break;
      const ends = groups.slice(first, first + 8).map((each) => each.end);
      const range = readFrom(flat, group.start, ends, context);
      if (!range) continue;
      const tail = EXTENSION.exec(flat.slice(range.end, range.end + 24))?.[0] ?? '';
      const end = range.end + tail.length;
      const number = tail ? parseNumber(flat.slice(range.start, end), context) : range.number;
      found.push(number.error ? range : { start: range.start, end, number });
      first = groups.findLastIndex((each) => each.end <= range.end);
    }
  }
  return found;
}
