const SUFFIX_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Reserved and instance characters of every id this org mints; they mark a record as coming from the practice org. */
const INSTANCE = 'gL0';

/**
 * The three characters that make a 15-character, case-sensitive record id safe where case is lost: one per chunk of
 * five, with bit k set when character k of the chunk is an upper-case letter (salesforce.md §4.3 "IDs").
 */
export function checksumOf(id15: string): string {
  let suffix = '';
  for (let chunk = 0; chunk < 3; chunk++) {
    let bits = 0;
    for (let k = 0; k < 5; k++) {
      const code = id15.charCodeAt(chunk * 5 + k);
      if (code >= 65 && code <= 90) bits |= 1 << k;
    }
    suffix += SUFFIX_ALPHABET.charAt(bits);
  }
  return suffix;
}

/** The id of the n-th record of an object, 18 characters long: the same prefix and number always give the same id. */
export function mintId(keyPrefix: string, serial: number): string {
  let digits = '';
  for (let rest = serial; rest > 0; rest = Math.floor(rest / 62)) digits = DIGITS.charAt(rest % 62) + digits;
  const id15 = keyPrefix + INSTANCE + digits.padStart(9, '0');
  return id15 + checksumOf(id15);
}

/**
 * The 18-character form of an id given with 15 or 18 characters, or null when it is no id at all (wrong length, foreign
 * characters, an impossible checksum). The checksum of an 18-character id says which letters are capitals, so an id
 * that lost its case on the way is put right.
 */
export function canonicalId(text: string): string | null {
  if (/^[0-9A-Za-z]{15}$/.test(text)) return text + checksumOf(text);
  if (!/^[0-9A-Za-z]{15}[A-Za-z0-5]{3}$/.test(text)) return null;
  const id15 = restoreCase(text);
  const suffix = checksumOf(id15);
  return suffix === text.slice(15).toUpperCase() ? id15 + suffix : null;
}

function restoreCase(id18: string): string {
  let id15 = '';
  for (let i = 0; i < 15; i++) {
    const bits = SUFFIX_ALPHABET.indexOf(id18.charAt(15 + Math.floor(i / 5)).toUpperCase());
    const character = id18.charAt(i);
    id15 += (bits >> (i % 5)) & 1 ? character.toUpperCase() : character.toLowerCase();
  }
  return id15;
}
