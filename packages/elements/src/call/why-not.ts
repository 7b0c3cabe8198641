import type { ErrorCode, Failure } from '@multiline/core';
import type { StringKey } from '../strings/english.ts';
import '../strings/english-calls.ts';
import type { CallView } from './view.ts';

/** What a code of the table of errors means of somebody who was asked to take a call: there it speaks of records and data. */
const WORDS: Partial<Record<ErrorCode, StringKey>> = {
  refused: 'why-not.refused',
  'invalid-number': 'why-not.no-number',
  'not-found': 'why-not.no-number',
  forbidden: 'why-not.forbidden',
  unsupported: 'why-not.unsupported',
  unexpected: 'why-not.unknown',
};

/** Why somebody could not be called, transferred to or redirected to: our words, as the wire's are codes in English. */
export function whyNot({ text, errorText }: Pick<CallView, 'text' | 'errorText'>, { code }: Failure): string {
  const key = WORDS[code];
  return key ? text(key) : errorText(code).cause;
}
