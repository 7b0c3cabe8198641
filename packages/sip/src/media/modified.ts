import type { SessionDescriptionHandlerModifier } from 'sip.js';

/** The text of a description after all who may change it. */
export async function modified(
  description: { type: RTCSdpType; sdp: string },
  modifiers: readonly SessionDescriptionHandlerModifier[],
): Promise<string> {
  let current: RTCSessionDescriptionInit = description;
  for (const modifier of modifiers) current = await modifier(current);
  return current.sdp ?? '';
}
