/** Calling code and trunk prefix of the countries that test data is written in. */
const COUNTRIES: Readonly<Record<string, readonly [code: string, trunk: string]>> = {
  US: ['1', '1'],
  CA: ['1', '1'],
  GB: ['44', '0'],
  DE: ['49', '0'],
  FR: ['33', '0'],
  NL: ['31', '0'],
};

const EXTENSION = /\s*(?:;ext=|ext\.?|x|#)\s*\d+\s*$/i;

/**
 * One spelling for a number as people store it, so that two can be compared: `(415) 555-0102`, `415.555.0102` and
 * `+1 415 555 0102 x12` all come out as `14155550102`. Up to six digits are an extension and stay as they are.
 *
 * @param country how a national number is to be read (ISO 3166-1 alpha-2)
 * @returns digits; empty if there are none
 */
export function comparedNumber(number: string, country: string): string {
  const plain = number
    .normalize('NFKC')
    .replace(EXTENSION, '')
    .replace(/[^\d+]/g, '');
  const digits = plain.replaceAll('+', '');
  if (plain.startsWith('+')) return digits;
  if (digits.length < 7) return digits;
  if (digits.startsWith('00')) return digits.slice(2);
  const [code, trunk] = COUNTRIES[country] ?? ['', ''];
  const national = trunk && digits.startsWith(trunk) ? digits.slice(trunk.length) : digits;
  return code + national;
}
