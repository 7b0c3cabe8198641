import { missed } from '@multiline/core';
import type { Call } from '@multiline/core';
import type { TemplateResult } from 'lit';
import type { StringKey } from '../strings/english.ts';
import { missedArrow } from '../styles/glyphs.ts';
import { arrowDownLeft, arrowUpRight } from '../styles/icons.ts';
import '../strings/english-lists.ts';

/** Which way a call went and how, as lists tell it: by an arrow, by words and by colour. */
export interface Outcome {
  readonly way: 'received' | 'dialed' | 'missed';
  readonly icon: TemplateResult;
  /** Said beside the time; null where the arrow and the length say it all. */
  readonly word: StringKey | null;
}

export function outcomeOf(call: Call): Outcome {
  if (missed(call)) return { way: 'missed', icon: missedArrow, word: 'recents.way.missed' };
  const answered = call.answeredAt !== undefined;
  const { reason } = call;
  const word =
    reason === undefined || reason === 'completed' || reason === 'missed' ? null : (`recents.ended.${reason}` as const);
  if (call.direction === 'outbound') return { way: 'dialed', icon: arrowUpRight, word };
  // It came in and did not reach us: it bounced, without the alarm of a missed one.
  const bounced = call.phase === 'ended' && !answered;
  return { way: 'received', icon: bounced ? missedArrow : arrowDownLeft, word };
}

/** What to dial to reach the other party of a call again. */
export function dialTextOf(call: Call): string {
  return call.extension && call.number.startsWith('+') ? `${call.number} x${call.extension}` : call.number;
}
