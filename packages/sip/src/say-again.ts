import { Core, Invitation, Inviter, SessionState, UserAgent, type Session } from 'sip.js';
import type { AccountLink } from './account-link.ts';
import type { InviteRefusal } from './farewells.ts';
import { readToken } from './resume/read-token.ts';
import { addressedTo, readRingingToken } from './resume/ringing-token.ts';

/** Tells the other side once more that a call is over, over the connection of the moment. */
export function sayAgain(session: Session, delegate: Core.OutgoingRequestDelegate, refusal?: InviteRefusal): void {
  const { dialog, state, userAgent } = session;
  if (refusal && session instanceof Invitation) {
    // Its transaction may have ended long before the caller's patience.
    userAgent.userAgentCore.replyStateless(session.request, { ...refusal, ...(dialog && { toTag: dialog.localTag }) });
  } else if (dialog instanceof Core.SessionDialog) {
    // Before the other side has confirmed our answer there must be no BYE: SIP.js waits for that.
    if (state === SessionState.Terminated) dialog.bye(delegate);
  } else if (session instanceof Inviter) cancelAgain(session, delegate);
}

/** By its branch a server knows the INVITE, whichever way the CANCEL comes (RFC 3261 §9.2). */
function cancelAgain({ request, userAgent }: Inviter, delegate: Core.OutgoingRequestDelegate): void {
  const { ruri, from, to, callId, fromTag, toTag, cseq, branch } = request;
  const options = { callId, fromTag, cseq, ...(toTag === undefined ? {} : { toTag }) };
  const core = userAgent.userAgentCore;
  const cancel = core.makeOutgoingRequestMessage('CANCEL', ruri, from.uri, to.uri, options);
  cancel.branch = branch;
  core.request(cancel, delegate);
}

/**
 * Ends a call that another page had, or refuses it: its INVITE comes in again, and the line knows what was said to it.
 * @param text what takes it back, or lets it ring again
 * @returns whether there is such a call
 */
export function sayOwed(text: string, link: AccountLink, delegate: Core.OutgoingRequestDelegate): boolean {
  const { userAgent, clock } = link;
  if (!userAgent) return true;
  const { userAgentCore: core, contact } = userAgent;
  const ringing = readRingingToken(text);
  if (ringing) {
    link.receive(addressedTo(ringing.invite, contact.uri.toString()));
    return true;
  }
  const token = readToken(text);
  const [target, remote] = [token?.remoteTarget, token?.remoteUri].map((uri) => UserAgent.makeURI(uri ?? ''));
  if (!token || !target || !remote) return false;
  const { callId, localTag: fromTag, remoteTag: toTag, routes: routeSet } = token;
  // No call counts its requests that far (RFC 3261 §8.1.1.5).
  const cseq = Math.floor(clock.now() / 1000);
  const options = { callId, fromTag, toTag, routeSet: [...routeSet], cseq };
  core.request(core.makeOutgoingRequestMessage('BYE', target, core.configuration.aor, remote, options), delegate);
  return true;
}
