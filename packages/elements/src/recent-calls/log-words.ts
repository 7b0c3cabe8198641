import type { Call, ErrorCode, Reason } from '@multiline/core';
import { failureWords } from '../internal/failure-words.ts';
import type { StringKey } from '../strings/english.ts';
import type { StringValues } from '../strings/localize.ts';
import '../strings/english-lists.ts';

/** What an element gives to have things said in its language. */
export interface Words {
  text(key: StringKey, values?: StringValues): string;
  textOf(key: string, values?: StringValues): string | undefined;
  errorText(code: ErrorCode): { cause: string; remedy: string };
}

/** A decision of the rules in words; the bare code where no table has it. */
export function reasonWords(why: Reason | null, { textOf }: Pick<Words, 'textOf'>): string {
  return why ? (textOf(`reason.${why.code}`, why.values) ?? why.code) : '';
}

/** What became of a call's activity, and why, in one sentence. */
export function logWords(call: Call, words: Words): string {
  const { text } = words;
  const { state, why, failure } = call.log;
  const reason = reasonWords(why, words);
  switch (state) {
    case 'pending':
      return text('details.log.pending');
    case 'excluded':
      return text('details.log.excluded', { why: reason });
    case 'held':
      return text('details.log.held', { why: reason });
    case 'waiting':
    case 'delivering':
      return failure
        ? text('details.log.held', { why: failureWords(failure, words.errorText) })
        : text('details.log.waiting');
    case 'attention':
      return text('details.log.attention', { why: failure ? failureWords(failure, words.errorText) : reason });
    case 'delivered': {
      const who = call.match.record?.name;
      return who
        ? text('details.log.delivered', { who, why: reason })
        : text('details.log.delivered-plain', { why: reason });
    }
  }
}
