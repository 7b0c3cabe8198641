import type { Call } from '@multiline/core';
import type { TemplateResult } from 'lit';
import type { StringKey } from '../strings/english.ts';
import * as glyphs from '../styles/glyphs.ts';

/** How a call stands, as it is shown: the shape and colour of its line, a glyph, a word. */
export interface Look {
  /** Class of the line: dashed, dashed, solid, double, dashed in amber, grey. */
  readonly line: 'connecting' | 'ringing' | 'live' | 'held' | 'lost' | 'ended';
  readonly glyph: TemplateResult;
  readonly word: StringKey;
}

export function lookOf(call: Call): Look {
  switch (call.phase) {
    case 'connecting':
      return { line: 'connecting', glyph: glyphs.connecting, word: 'phase.connecting' };
    case 'ringing':
      return { line: 'ringing', glyph: glyphs.ringing, word: 'phase.connecting' };
    case 'ended':
      return { line: 'ended', glyph: call.reason === 'failed' ? glyphs.failed : glyphs.ended, word: 'phase.ended' };
    case 'active':
      return lookOfLive(call);
  }
}

function lookOfLive({ reconnecting, hold }: Call): Look {
  if (reconnecting) return { line: 'lost', glyph: glyphs.connecting, word: 'phase.reconnecting' };
  if (!hold) return { line: 'live', glyph: glyphs.live, word: 'phase.active' };
  return { line: 'held', glyph: glyphs.held, word: HELD[hold] };
}

const HELD = { us: 'phase.held', them: 'phase.held-by-them', both: 'phase.held-both' } as const;
