import { missed } from '@multiline/core';
import type { Call } from '@multiline/core';
import type { TemplateResult } from 'lit';
import type { StringKey } from '../strings/english.ts';
import { missedArrow } from '../styles/glyphs.ts';
import { arrowDownLeft, arrowUpRight, phone, phoneForwarded } from '../styles/icons.ts';
import '../strings/english-lists.ts';

/** Which way a call went and how, as lists tell it: by an arrow, by words and by colour. */
export interface Outcome {
  readonly way: 'received' | 'dialed' | 'missed';
  readonly icon: TemplateResult;
  /** Said beside the time; null where the arrow and the length say it all. */
  readonly word: StringKey | null;
}

export function outcomeOf(call: Call): Outcome {
  if (missed(call)) return { way: 'missed', icon: missedArrow, word: refusal(call) ?? 'recents.way.missed' };
  const way = call.direction === 'outbound' ? 'dialed' : 'received';
  return { way, icon: iconOf(call), word: wordOf(call) };
}

/** By which rule it was refused before it could ring; null: it rang. */
export function refusal({ refused }: Call): StringKey | null {
  if (!refused) return null;
  return refused.code === 'dnd' || refused.code === 'busy' ? `recents.refused.${refused.code}` : 'recents.refused';
}

/** Where it went, if not to us: on to somebody, to another phone of the user's, or nowhere. */
function iconOf({ direction, phase, reason, answeredAt, device }: Call): TemplateResult {
  if (reason === 'transferred' || reason === 'redirected') return phoneForwarded;
  if (reason === 'answered-elsewhere' || device === 'elsewhere') return phone;
  if (direction === 'outbound') return arrowUpRight;
  // It came in and did not reach us: it bounced, without the alarm of a missed one.
  return phase === 'ended' && answeredAt === undefined ? missedArrow : arrowDownLeft;
}

/** It came in, and another phone of the user's has answered it. */
export const takenThere = ({ device, direction, answeredAt }: Call): boolean =>
  device === 'elsewhere' && direction === 'inbound' && answeredAt !== undefined;

function wordOf(call: Call): StringKey | null {
  const { reason, device } = call;
  if (reason && reason !== 'completed' && reason !== 'missed') return `recents.ended.${reason}`;
  if (takenThere(call)) return 'recents.ended.answered-elsewhere';
  return device === 'elsewhere' ? 'recents.elsewhere' : null;
}

/** What to dial to reach the other party of a call again. */
export function dialTextOf(call: Call): string {
  return call.extension && call.number.startsWith('+') ? `${call.number} x${call.extension}` : call.number;
}
