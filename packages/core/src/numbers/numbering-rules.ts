import { internationalPrefixOf, planOfDigits, planOfRegion, type NumberingPlan } from './numbering-plans.ts';

/** A number whose plan is known: the national significant number and whose it is. */
export interface ResolvedNumber {
  readonly plan: NumberingPlan;
  /** National significant number: no trunk prefix, no calling code. */
  readonly national: string;
}

/** E.164 allows fifteen digits, calling code included. */
export const MAX_DIGITS = 15;

function fits(plan: NumberingPlan, national: string): boolean {
  if (!plan.lengths.includes(national.length)) return false;
  // North America: no area code begins with 0 or 1.
  return plan.callingCode !== '1' || national >= '2';
}

function longest(plan: NumberingPlan): number {
  return plan.lengths.at(-1) ?? MAX_DIGITS;
}

/**
 * Older and domestic ways of dialing that are still stored everywhere: Argentina's `15` of mobiles (after the area code,
 * where the international form has a 9 before it), Brazil's carrier code after the zero, Mexico's `01`, `044`, `045`.
 */
function domesticForm(plan: NumberingPlan, digits: string): string | undefined {
  switch (plan.callingCode) {
    case '54': {
      const rest = digits.startsWith('0') ? digits.slice(1) : digits;
      const area = [2, 3, 4].find((length) => rest.startsWith('15', length) && (length > 2 || rest.startsWith('11')));
      return rest.length === 12 && area ? `9${rest.slice(0, area)}${rest.slice(area + 2)}` : undefined;
    }
    case '55':
      return /^0\d\d[1-9]\d{9,10}$/.test(digits) ? digits.slice(3) : undefined;
    case '52':
      return /^(?:01|04[45])\d{10}$/.test(digits) ? digits.slice(-10) : undefined;
    case '370':
      return /^8\d{8}$/.test(digits) ? digits.slice(1) : undefined;
    case '375':
      return /^(?:80|0)\d{9}$/.test(digits) ? digits.slice(-9) : undefined;
    default:
      return undefined;
  }
}

/** Digits after a calling code, with the trunk prefix people leave in (`+44 (0)20 …`) taken out. */
function afterCallingCode(plan: NumberingPlan, digits: string): string {
  const { trunk } = plan;
  if (trunk === '0' && digits.startsWith('0') && !digits.startsWith('00')) {
    const rest = digits.slice(1);
    return fits(plan, rest) || !fits(plan, digits) ? rest : digits;
  }
  if (fits(plan, digits)) return digits;
  const prefix = trunk || '0';
  if (digits.startsWith(prefix) && fits(plan, digits.slice(prefix.length))) return digits.slice(prefix.length);
  // Mexico's mobiles carried a 1 after the calling code until 2019.
  if (plan.callingCode === '52' && digits.startsWith('1') && digits.length === 11) return digits.slice(1);
  return digits;
}

/** Reads digits that begin with a calling code. With `exact`, only if the table knows their length. */
export function resolveInternational(digits: string, exact: boolean): ResolvedNumber | undefined {
  const plan = planOfDigits(digits);
  if (!plan) return undefined;
  const national = afterCallingCode(plan, digits.slice(plan.callingCode.length));
  return !exact || fits(plan, national) ? { plan, national } : undefined;
}

function withoutCallingCode(plan: NumberingPlan, digits: string): string | undefined {
  if (!digits.startsWith(plan.callingCode)) return undefined;
  const national = afterCallingCode(plan, digits.slice(plan.callingCode.length));
  return fits(plan, national) ? national : undefined;
}

function nationalOf(plan: NumberingPlan, digits: string): string | undefined {
  const { trunk } = plan;
  const raw = fits(plan, digits);
  if (trunk === '0' && digits.startsWith('0')) {
    if (digits.startsWith('00')) return undefined;
    const rest = digits.slice(1);
    return fits(plan, rest) ? rest : domesticForm(plan, digits);
  }
  // Eleven digits that begin with the own calling code are an international number without its plus, even where the
  // plan has numbers of that length.
  const international = digits.length >= 11 || !raw ? withoutCallingCode(plan, digits) : undefined;
  if (international) return international;
  if (raw) {
    // Where a zero is dialed before every national number, a short one without it lacks its area code; a long one has
    // lost its zero to a spreadsheet.
    return trunk !== '0' || digits.length >= Math.min(9, longest(plan)) ? digits : undefined;
  }
  // A zero too many is a habit even where none is dialed.
  const prefix = [trunk, '0'].find((candidate) => candidate && digits.startsWith(candidate)) ?? '';
  const rest = digits.slice(prefix.length);
  return prefix && fits(plan, rest) ? rest : domesticForm(plan, digits);
}

function afterPrefix(digits: string, prefix: string): string | undefined {
  for (let at = 0; at < prefix.length; at++) {
    if (at >= digits.length || (prefix[at] !== '.' && prefix[at] !== digits[at])) return undefined;
  }
  return digits.slice(prefix.length);
}

/**
 * Digits after the prefix for calls abroad: the country's own first, then `00`, which people write everywhere, and which
 * nothing but a stored number has before the own calling code.
 */
function abroad(digits: string, country: string, home: NumberingPlan | undefined): ResolvedNumber | undefined {
  const own = home && digits.startsWith('00') && withoutCallingCode(home, digits.slice(2));
  if (own) return { plan: home, national: own };
  for (const prefix of [internationalPrefixOf(country), '00']) {
    const rest = afterPrefix(digits, prefix);
    const found = rest && resolveInternational(rest, true);
    if (found) return found;
  }
  return undefined;
}

/** Reads digits as dialed in a country: national, with the prefix for calls abroad, or international without a plus. */
export function resolveDialed(digits: string, country: string): ResolvedNumber | undefined {
  const plan = planOfRegion(country);
  if (digits.length > 8 && /^[01]|^810/.test(digits)) {
    // Own numbers may begin like the prefix (Russia's 810…, short trunk forms): they come first.
    const foreign = abroad(digits, country, plan);
    if (foreign && (digits.startsWith('00') || !plan || nationalOf(plan, digits) === undefined)) return foreign;
  }
  const national = plan && nationalOf(plan, digits);
  if (plan && national !== undefined) return { plan, national };
  return digits.length >= 11 && !digits.startsWith('0') ? resolveInternational(digits, true) : undefined;
}

/** Why international digits are no number, or undefined if their length will do. */
export function lengthFault({ plan, national }: ResolvedNumber): 'too-short' | 'too-long' | undefined {
  if (national.length < (plan.lengths[0] ?? 1)) return 'too-short';
  return national.length > longest(plan) ? 'too-long' : undefined;
}
