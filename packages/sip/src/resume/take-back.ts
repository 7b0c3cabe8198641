import { MultiLineError } from '@multiline/core';
import { UserAgent } from 'sip.js';
import type { CallSetup } from '../sip-call.ts';
import { readToken } from './read-token.ts';
import { ResumedCall } from './resumed-call.ts';

/**
 * Takes a call back that another page had.
 * @param text what its last `resumable` signal said
 * @param begin what every call of the line begins with
 * @throws MultiLineError `no-such-call`, `not-registered`, or as the server or the other side refuses it
 */
export async function takeBack(
  text: string,
  setup: CallSetup,
  begin: (call: ResumedCall) => void,
): Promise<ResumedCall> {
  const token = readToken(text);
  const targets = [token?.remoteTarget, token?.remoteUri].flatMap((uri) => UserAgent.makeURI(uri ?? '') ?? []);
  if (!token || targets.length === 0) throw new MultiLineError('no-such-call');
  const { userAgent, ownCalls, $status } = setup.link;
  if (!userAgent || $status.get().state !== 'registered') throw new MultiLineError('not-registered');
  // Whether it can be taken back or not: what the server tells of this dialog is no other device's.
  ownCalls.claim(token.callId, token.correlation);
  const call = new ResumedCall(setup, userAgent, token);
  begin(call);
  await call.start(targets);
  return call;
}
