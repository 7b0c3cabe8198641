import type { Call, PhoneStatus } from '@multiline/core';
import type { TemplateResult } from 'lit';
import type { StringKey } from '../strings/english.ts';
import { available, occupied, unreachable } from '../styles/glyphs.ts';

/** How the phone stands, in a word and a shape. */
export interface Standing {
  readonly word: StringKey;
  readonly glyph: TemplateResult;
  /** The class that colours the glyph: never the only sign. */
  readonly tone: 'on' | 'busy' | 'off';
}

/** @param call the call on the stage, if any */
export function standing({ line, here }: PhoneStatus, call: Call | null): Standing {
  if (line.state !== 'registered') {
    return { word: `phone.${line.state}`, glyph: unreachable, tone: 'off' };
  }
  if (call && (call.phase === 'active' || (call.phase !== 'ended' && call.direction === 'outbound'))) {
    return { word: 'phone.on-a-call', glyph: occupied, tone: 'busy' };
  }
  if (call?.phase === 'ended' && call.answeredAt !== undefined) {
    return { word: 'phone.wrapping-up', glyph: occupied, tone: 'busy' };
  }
  return { word: here ? 'phone.available' : 'phone.elsewhere', glyph: available, tone: 'on' };
}
