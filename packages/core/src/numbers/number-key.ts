import { parseNumber, type NumberContext } from './phone-number.ts';
import { readRun } from './number-text.ts';
import { resolveDialed, resolveInternational } from './numbering-rules.ts';

/**
 * The form under which two spellings of one number are equal (`+14155550101`), for finding a caller among numbers as a CRM
 * stores them. The extension is no part of it: whoever calls from a switchboard shows the main number. Undefined for a
 * text that is no number. A text that the table leaves open gets its E.164 key only once the metadata is loaded: compare
 * keys, do not store them.
 */
export function numberKey(text: string, context: NumberContext): string | undefined {
  // Nearly all stored numbers are nothing but digits and punctuation.
  const run = readRun(text);
  if (
    run.end === text.length &&
    run.digits.length > Math.max(9, context.extensionDigits ?? 0) &&
    run.digits.length < 16
  ) {
    const found = run.plus ? resolveInternational(run.digits, true) : resolveDialed(run.digits, context.country);
    if (found) return `+${found.plan.callingCode}${found.national}`;
  }
  const number = parseNumber(text, context);
  if (number.error) return undefined;
  return number.e164 ?? (number.kind === 'sip' ? number.uri : number.digits);
}

/** Tells whether two texts are the same number. Two different extensions of one number are two people's. */
export function sameNumber(a: string, b: string, context: NumberContext): boolean {
  const [first, second] = [parseNumber(a, context), parseNumber(b, context)];
  if (first.error || second.error) return false;
  if (first.extension && second.extension && first.extension !== second.extension) return false;
  const key = numberKey(a, context);
  return key !== undefined && key === numberKey(b, context);
}
