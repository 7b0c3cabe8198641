import { internationalPrefixOf, planOfRegion } from './numbering-plans.ts';
import { parseNumber, type PhoneNumber } from './phone-number.ts';

/** One replacement of an administrator's: the first whose `match` covers the whole number counts. */
export interface DialRewrite {
  /** Regular expression over the E.164 number (`\+1415(\d{7})`), or over the digits of a local one. */
  readonly match: string;
  /** What to dial, with `$1` for groups; no further prefix is added. */
  readonly replace: string;
}

/**
 * How numbers are dialed through the phone system. The three prefixes are those of a Salesforce call center definition
 * (`reqOutsidePrefix`, `reqLongDistPrefix`, `reqInternationalPrefix` of its section `reqDialingOptions`).
 */
export interface DialRules {
  /** ISO 3166 region of the phone system. */
  readonly country: string;
  /** The longest internal number, where it is not six digits. */
  readonly extensionDigits?: number;
  /** Reaches an outside line: `9`. With format `pbx` only. */
  readonly outsidePrefix?: string;
  /** Before a number of the own country; the country's trunk prefix if not given, `''` for none. */
  readonly longDistancePrefix?: string;
  /** Before a calling code abroad; the country's prefix for calls abroad if not given. */
  readonly internationalPrefix?: string;
  /**
   * Regular expression over E.164 numbers (or digits) that belong to the phone system itself; its first group, or else the
   * whole, is dialed without a prefix: `\+1415555(\d{4})`.
   */
  readonly internalPattern?: string;
  readonly rewrites?: readonly DialRewrite[];
  /** `e164`: with plus, no prefixes. `national`: as dialed from a phone in the country. `pbx`: that, behind the outside prefix. */
  readonly format: 'e164' | 'national' | 'pbx';
}

/** What to send to the phone system. */
export interface DialTarget {
  /** User part of the request, or a whole SIP address if `uri`. */
  readonly user: string;
  /** True if `user` is an address to call as it is. */
  readonly uri: boolean;
  /** Digits to send after the answer. */
  readonly extension?: string;
}

/** A rule that cannot be used, in words for the administrator. */
export interface DialRuleProblem {
  /** `internalPattern`, `rewrites[2].match`, `country`. */
  readonly field: string;
  readonly reason: string;
}

function compiled(pattern: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    return undefined;
  }
}

/** Finds rules that would be skipped when dialing: patterns that do not compile, a country nobody knows. */
export function checkDialRules(rules: DialRules): DialRuleProblem[] {
  const problems: DialRuleProblem[] = [];
  const check = (field: string, pattern: string | undefined): void => {
    if (pattern !== undefined && !compiled(pattern))
      problems.push({ field, reason: `"${pattern}" is no regular expression` });
  };
  if (!planOfRegion(rules.country))
    problems.push({ field: 'country', reason: `"${rules.country}" is no known country` });
  check('internalPattern', rules.internalPattern);
  rules.rewrites?.forEach((rewrite, index) => check(`rewrites[${index}].match`, rewrite.match));
  return problems;
}

function internal(subject: string, rules: DialRules): string | undefined {
  const found = rules.internalPattern ? compiled(rules.internalPattern)?.exec(subject) : undefined;
  return found ? (found[1] ?? found[0]) : undefined;
}

function rewritten(subject: string, rules: DialRules): string | undefined {
  for (const { match, replace } of rules.rewrites ?? []) {
    const pattern = compiled(match);
    if (pattern?.test(subject)) return subject.replace(pattern, replace);
  }
  return undefined;
}

function prefixed(number: PhoneNumber, rules: DialRules): string {
  const { callingCode, digits, e164 } = number;
  const outside = rules.format === 'pbx' ? (rules.outsidePrefix ?? '') : '';
  // Feature codes talk to the phone system itself.
  if (!e164 || !callingCode) return /^[*#]/.test(digits) ? digits : outside + digits;
  if (rules.format === 'e164') return e164;
  const home = planOfRegion(rules.country);
  if (home?.callingCode === callingCode) return outside + (rules.longDistancePrefix ?? home.trunk) + digits;
  // A dot in the table's prefix is a carrier's digit; which carrier is the administrator's choice, 1 the usual one.
  const international = rules.internationalPrefix ?? internationalPrefixOf(rules.country).replace(/\./g, '1');
  return outside + international + callingCode + digits;
}

/**
 * What to dial for a number. Emergency numbers, extensions and SIP addresses are never changed; then the internal pattern,
 * the rewrites and the format decide, in this order. Undefined for a text that is no number. A rule that does not compile
 * is skipped (`checkDialRules` names it): a wrong setting must not keep anyone from calling.
 */
export function dialTarget(number: string | PhoneNumber, rules: DialRules): DialTarget | undefined {
  const parsed = typeof number === 'string' ? parseNumber(number, rules) : number;
  if (parsed.error) return undefined;
  if (parsed.uri) return { user: parsed.uri, uri: true };
  const { kind, digits, extension } = parsed;
  if (kind === 'emergency' || kind === 'extension') return { user: digits, uri: false };
  const subject = parsed.e164 ?? digits;
  const user = internal(subject, rules) ?? rewritten(subject, rules) ?? prefixed(parsed, rules);
  return { user, uri: false, ...(extension && { extension }) };
}
