/** What is read of phone numbers here: how the org may have stored one, and whether two spellings are one number. */
import { parseNumber, sameNumber } from '@multiline/core';

export { sameNumber };

/** A number as it may stand in the org. */
export interface NumberForms {
  /** The whole digits a search index may hold: with and without the calling code, with a trunk zero. */
  readonly terms: readonly string[];
  /** The digits every spelling ends with, an extension apart. */
  readonly core: string;
}

/** Undefined for a text that is no number, or an address that holds none. */
export function numberForms(number: string, country: string): NumberForms | undefined {
  const read = parseNumber(number, { country });
  if (read.error || read.kind === 'sip') return undefined;
  const core = read.digits.replace(/\D/g, '');
  // The index takes no word of one character.
  if (core.length < 2) return undefined;
  if (!read.callingCode) return { terms: [core], core };
  const full = read.callingCode + core;
  return { terms: read.callingCode === '1' ? [core, full] : [core, full, `0${core}`], core };
}
