import { Core, Inviter, SessionState, type Session } from 'sip.js';

/** Tells the other side once more that a call is over, over the connection of the moment. */
export function sayAgain(session: Session, delegate: Core.OutgoingRequestDelegate): void {
  const { dialog, state } = session;
  if (dialog instanceof Core.SessionDialog) {
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
