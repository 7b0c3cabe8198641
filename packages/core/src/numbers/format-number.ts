import { libraryNumber } from './number-metadata.ts';
import { groupedByTable, groupedPlainly } from './number-formats.ts';
import { plainText } from './number-text.ts';
import { planOfDigits, planOfRegion } from './numbering-plans.ts';
import { parseNumber, type NumberContext, type PhoneNumber } from './phone-number.ts';

/** A number as it is shown. */
export interface FormattedNumber {
  /** The number without its extension: `(415) 555-0101`, `+44 20 7946 0105`, `1001`. */
  readonly number: string;
  /** `x12`, to be shown muted; only if there is one. */
  readonly extension?: string;
  /** Both, for titles, labels and the clipboard. */
  readonly text: string;
}

function shown(number: PhoneNumber, country: string): string {
  const { callingCode, digits, e164 } = number;
  if (!e164 || !callingCode) return number.kind === 'sip' ? (number.uri ?? digits) : digits;
  // Whoever shares the calling code is dialed, and so written, as at home.
  const home = planOfRegion(country)?.callingCode === callingCode;
  const exact = libraryNumber(e164);
  if (exact) return home ? exact.formatNational() : exact.formatInternational();
  const trunk = planOfDigits(callingCode)?.trunk ?? '';
  const grouped = groupedByTable(callingCode, trunk, digits);
  if (home) return grouped?.national ?? trunk + groupedPlainly(digits);
  return `+${callingCode} ${grouped?.international ?? groupedPlainly(digits)}`;
}

/**
 * Formats a number for people: the own country's national form, international form for all others, anything that is not an
 * E.164 number as it is dialed. A text that is no number (`Anonymous`) comes back without invisible marks. Exact once the
 * metadata is loaded, by a table of the more frequent countries before. Show it left to right in a `bdi`.
 */
export function formatNumber(number: string | PhoneNumber, context: NumberContext): FormattedNumber {
  const parsed = typeof number === 'string' ? parseNumber(number, context) : number;
  if (parsed.error) {
    const text = typeof number === 'string' ? plainText(number.slice(0, 256)) : '';
    return { number: text, text };
  }
  const plain = shown(parsed, context.country);
  if (!parsed.extension) return { number: plain, text: plain };
  const extension = `x${parsed.extension}`;
  return { number: plain, extension, text: `${plain} ${extension}` };
}

/** E.164 of any text that is a subscriber's number, `;ext=12` behind it left out; undefined for everything else. */
export function formatE164(text: string, context: NumberContext): string | undefined {
  const parsed = parseNumber(text, context);
  return parsed.error ? undefined : parsed.e164;
}
