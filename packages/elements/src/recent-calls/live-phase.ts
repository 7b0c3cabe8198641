import type { Call } from '@multiline/core';
import { lookOf } from '../call/look.ts';
import type { Look } from '../call/look.ts';

/** How a call under way stands, as lists tell it: one in a conference is named by that, unless something keeps it silent. */
export function livePhase(call: Call): Look {
  const look = lookOf(call);
  return call.conference && look.line === 'live' ? { ...look, word: 'phase.conference' } : look;
}
