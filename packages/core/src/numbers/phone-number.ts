import { emergency } from './emergency-numbers.ts';
import { judge } from './number-metadata.ts';
import { regionOf } from './number-region.ts';
import { plainText, readRun, type NumberRun } from './number-text.ts';
import { readUri } from './number-uri.ts';
import { extensionDigitsOf, planOfRegion } from './numbering-plans.ts';
import {
  lengthFault,
  MAX_DIGITS,
  resolveDialed,
  resolveInternational,
  type ResolvedNumber,
} from './numbering-rules.ts';

/**
 * What a number is, and so how it may be dialed:
 * `e164` a subscriber anywhere in the world; `extension` an internal number or short code, dialed as it is; `emergency`
 * dialed as it is, whatever the rules; `local` digits that mean something only where they are dialed (seven digits in
 * North America, `*97`); `sip` an address that holds no number.
 */
export type NumberKind = 'e164' | 'extension' | 'emergency' | 'local' | 'sip';

/** Why a text is no phone number. */
export type NumberError = 'empty' | 'not-a-number' | 'too-short' | 'too-long' | 'unknown-calling-code';

/** A phone number that was understood. */
export interface PhoneNumber {
  readonly kind: NumberKind;
  /** `+14155550101`, without the extension; only with kind `e164`. */
  readonly e164?: string;
  /** National significant number of an `e164`; the characters to dial of the others; the user part of a `sip` address. */
  readonly digits: string;
  /** Country calling code without plus; only with `e164`. */
  readonly callingCode?: string;
  /** ISO 3166 region; only with `e164`, and not for worldwide services. */
  readonly region?: string;
  /** Digits to dial after the answer. */
  readonly extension?: string;
  /** The SIP address the text was, ready to be called. */
  readonly uri?: string;
  readonly error?: never;
}

/** A text that is no phone number, and why. */
export interface NumberFault {
  readonly error: NumberError;
}

/** How a text is read. */
export interface NumberContext {
  /** ISO 3166 region in which the text was written, for national forms: `US`. */
  readonly country: string;
  /** The longest internal number; six, or less on islands whose subscribers have that few digits. */
  readonly extensionDigits?: number;
}

/** Longest text worth reading as one number; running text is for `extractNumbers`. */
const MAX_TEXT = 256;

/** What may stand between a number and its extension; anchored, and no two parts can match the same character. */
const EXTENSION =
  /^[\s.,;:()-]{0,8}(?:(?:(?:x|×|ext|extn|xtn|extension|extensión|anexo|interno?|int|poste|durchwahl|dw|доб|внутр)[\s.:=#-]{0,4}|#\s?)|[,;]{1,4})(\d{1,8})#?\)?(?![\d\p{L}])/iu;
const EXTENSION_ALONE = /^(?:x|ext|extn|extension)[\s.:#-]{0,4}(\d{1,8})$/iu;

function subscriber(resolved: ResolvedNumber): PhoneNumber {
  const { plan, national } = resolved;
  const region = regionOf(resolved);
  return {
    kind: 'e164',
    e164: `+${plan.callingCode}${national}`,
    digits: national,
    callingCode: plan.callingCode,
    ...(region && { region }),
  };
}

function classifyInternational(digits: string): PhoneNumber | NumberFault {
  const resolved = resolveInternational(digits, false);
  if (digits.length > MAX_DIGITS + 2) return { error: 'too-long' };
  if (!resolved) return { error: digits.length < 4 ? 'too-short' : 'unknown-calling-code' };
  const fault = lengthFault(resolved);
  return fault ? { error: fault } : subscriber(resolved);
}

function classify(run: NumberRun, context: NumberContext): PhoneNumber | NumberFault {
  const { digits } = run;
  const { country } = context;
  if (run.plus) return classifyInternational(digits);
  if (emergency(digits, country)) return { kind: 'emergency', digits };
  const longestExtension = context.extensionDigits ?? extensionDigitsOf(planOfRegion(country));
  if (digits.length <= longestExtension) return { kind: 'extension', digits };
  const resolved = resolveDialed(digits, country);
  if (resolved) return subscriber(resolved);
  if (digits.length > MAX_DIGITS) return { error: 'too-long' };
  const judged = judge(digits, country);
  return judged ? classifyInternational(judged.slice(1)) : { kind: 'local', digits };
}

function withExtension(number: PhoneNumber | NumberFault, extension: string | undefined): PhoneNumber | NumberFault {
  return extension && !number.error && number.kind !== 'emergency' ? { ...number, extension } : number;
}

/** Reads a number in plain characters that may have a label before it and an extension or a remark behind it. */
function readLabelled(text: string, context: NumberContext): PhoneNumber | NumberFault {
  if (!text) return { error: 'empty' };
  if (/^[*#][\d*#]{1,20}$/.test(text)) return { kind: 'local', digits: text };
  const alone = EXTENSION_ALONE.exec(text)?.[1];
  if (alone) return { kind: 'extension', digits: alone };
  const start = text.search(/[+\d([]/);
  if (start < 0) return { error: 'not-a-number' };
  const run = readRun(text, start);
  if (!run.digits) return { error: 'not-a-number' };
  const label = text.slice(0, start);
  const tail = text.slice(run.end);
  const [extensionText = '', extension] = EXTENSION.exec(tail) ?? [];
  const remark = tail.slice(extensionText.length);
  const glued = extension === undefined && /\d/.test(text[run.end - 1] ?? '') && /^\p{L}/u.test(tail);
  // A word and a few digits are a name or an address, an amount is an amount, and `a1@b` is mail.
  if (/[@=&%*_\p{Sc}]/u.test(label + remark) || glued) return { error: 'not-a-number' };
  if ((label || remark) && !run.plus && run.digits.length < 7) return { error: 'not-a-number' };
  const number = classify(run, context);
  const slash = text.indexOf('/', start);
  if (slash > 0 && slash < run.end && (number.error || number.kind === 'local')) {
    // Two numbers in one field: the first one counts.
    const first = classify(readRun(text.slice(0, slash), start), context);
    if (!first.error && first.kind === 'e164') return first;
  }
  return withExtension(number, extension);
}

/**
 * Understands a phone number as people type, paste and store it: any punctuation, digits of any script, invisible marks,
 * `tel:` (RFC 3966) and `sip:` (RFC 3261 §19.1) addresses, extensions, prefixes for long distance and for calls abroad.
 * Never throws. By the table alone; where the table leaves open whose number it is, the metadata judges once loaded.
 */
export function parseNumber(text: string, context: NumberContext): PhoneNumber | NumberFault {
  if (text.length > MAX_TEXT) return { error: text.trim() ? 'too-long' : 'empty' };
  const plain = plainText(text);
  const address = readUri(plain);
  if (!address) return readLabelled(plain, context);
  if (address === 'malformed') return { error: 'not-a-number' };
  const { uri } = address;
  const number = withExtension(readLabelled(plainText(address.number), context), address.extension);
  if (address.prefix && !number.error && number.kind !== 'emergency' && number.kind !== 'e164') {
    const global = classifyInternational(address.prefix + number.digits);
    if (!global.error) return withExtension(global, number.extension);
  }
  if (!uri) return number;
  return number.error ? { kind: 'sip', digits: address.number, uri } : { ...number, uri };
}
