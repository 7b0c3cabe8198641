import type { Line } from '@multiline/core';
import { lineSignals, type SipMessage, type Wire } from '@multiline/testing';

/** What a description calls its end of the audio's way: another after each ICE restart. */
export const ufrag = ({ body }: SipMessage): string | undefined => /a=ice-ufrag:(\S+)/.exec(body)?.[1];

/**
 * Ann has called a party that has answered, and whose connection is `theirs`. It sends nothing.
 * @param says what its answer says instead
 */
export async function answered(network: Wire, ann: Line, says = (sdp: string): string => sdp) {
  const [party, theirs] = [network.party('bob'), new RTCPeerConnection()];
  const call = await ann.dial('bob');
  const signals = lineSignals(call);
  const invite = await party.next('INVITE');
  await theirs.setRemoteDescription({ type: 'offer', sdp: invite.body });
  await theirs.setLocalDescription();
  const response = party.respond(invite, 200, { body: says(theirs.localDescription?.sdp ?? '') });
  await signals.next('answered');
  return { party, theirs, call, signals, invite, response };
}
