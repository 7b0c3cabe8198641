/** A run of digits and the punctuation of phone numbers, as found at the start of a text. */
export interface NumberRun {
  readonly digits: string;
  /** Written in international form. */
  readonly plus: boolean;
  /** Index behind the last character of the run, trailing punctuation included. */
  readonly end: number;
}

const DIGIT = /\p{Nd}/u;

/** The value of a decimal digit of any script: Unicode keeps the ten of a script together, in order. */
function digitValue(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && DIGIT.test(String.fromCodePoint(point - value - 1))) value++;
  return String(value);
}

/**
 * Brings pasted text to plain characters: digits of all scripts and widths to `0`–`9`, every kind of dash and space to one,
 * and invisible characters (bidirectional controls, zero-width joiners, soft hyphens) away. Trimmed.
 */
export function plainText(text: string): string {
  if (/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text)) return text;
  return text
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}\p{Mn}]/gu, (character) => (/\s/.test(character) ? ' ' : ''))
    .replace(/[^\0-\x7f]/gu, (character) => {
      if (DIGIT.test(character)) return digitValue(character);
      if (/[\p{Pd}\u2212]/u.test(character)) return '-';
      return /[\p{Zs}\p{Zl}\p{Zp}]/u.test(character) ? ' ' : character;
    })
    .trim();
}

/** Reads digits and phone punctuation (space, `.`, `-`, `/`, brackets, `~`, one leading `+`) from an index on. */
export function readRun(text: string, start = 0): NumberRun {
  let digits = '';
  let plus = false;
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      digits += text.charAt(at);
      continue;
    }
    // space ( ) - . / [ ] ~
    const punctuation =
      code === 32 ||
      code === 40 ||
      code === 41 ||
      (code >= 45 && code <= 47) ||
      code === 91 ||
      code === 93 ||
      code === 126;
    if (punctuation) continue;
    if (code !== 43 || plus || digits) break;
    plus = true;
  }
  return { digits, plus, end: at };
}
