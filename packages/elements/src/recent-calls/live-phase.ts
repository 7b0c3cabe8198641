import type { Call } from '@multiline/core';
import { lookOf } from '../call/look.ts';
import type { Look } from '../call/look.ts';
import { takenThere } from './outcome.ts';

/**
 * How a call under way stands, as lists tell it: one in a conference is named by that, unless something keeps it silent, and one
 * that another phone has answered by that.
 */
export function livePhase(call: Call): Look {
  const look = lookOf(call);
  if (takenThere(call)) return { ...look, word: 'recents.ended.answered-elsewhere' };
  return call.conference && look.line === 'live' ? { ...look, word: 'phase.conference' } : look;
}
