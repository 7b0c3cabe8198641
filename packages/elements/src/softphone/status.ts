import type { Availability, Call, Capabilities, PhoneStatus } from '@multiline/core';
import type { TemplateResult } from 'lit';
import { DOT } from '../internal/dot.ts';
import type { StringKey } from '../strings/english.ts';
import type { Text } from '../strings/localize.ts';
import { available, occupied, undisturbed, unreachable } from '../styles/glyphs.ts';

/** How the phone stands, in a word and a shape. */
export interface Standing {
  readonly word: StringKey;
  readonly glyph: TemplateResult;
  /** The class that colours the glyph: never the only sign. */
  readonly tone: 'on' | 'dnd' | 'busy' | 'off';
  /** The code of the reason that is in force. */
  readonly reason?: string;
}

/** @param call the call on the stage, if any */
export function standing(
  { line, here, signedOut }: PhoneStatus,
  call: Call | null,
  { state, busyReason }: Availability,
  signedIn: boolean,
): Standing {
  if (!signedIn || signedOut) return { word: 'phone.signed-out', glyph: unreachable, tone: 'off' };
  if (line.state !== 'registered') {
    return { word: `phone.${line.state}`, glyph: unreachable, tone: 'off' };
  }
  if (state === 'dnd') return { word: 'phone.dnd', glyph: undisturbed, tone: 'dnd' };
  if (call && (call.phase === 'active' || (call.phase !== 'ended' && call.direction === 'outbound'))) {
    return { word: 'phone.on-a-call', glyph: occupied, tone: 'busy' };
  }
  if (call?.phase === 'ended' && call.answeredAt !== undefined) {
    return { word: 'phone.wrapping-up', glyph: occupied, tone: 'busy' };
  }
  if (state === 'busy') {
    return { word: 'phone.busy', glyph: occupied, tone: 'busy', ...(busyReason && { reason: busyReason }) };
  }
  return { word: here ? 'phone.available' : 'phone.elsewhere', glyph: available, tone: 'on' };
}

/** How it stands, for what reason, and whether calls go elsewhere meanwhile. */
export function statusWords(
  { word, reason }: Standing,
  { forwardTo }: Availability,
  reasons: Capabilities['reasons'],
  text: Text,
): string {
  const label = reasons.find(({ code }) => code === reason)?.label ?? reason;
  const further = [label, forwardTo && text('phone.forwarded')];
  return [text(word), ...further.filter(Boolean)].join(DOT);
}
