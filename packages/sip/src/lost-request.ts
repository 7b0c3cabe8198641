import { Core, type Session } from 'sip.js';
import { uuid } from './uuid.ts';

/** SIP.js would wait half a minute for an answer that went to a connection which is no more; it hears 408 now. */
export function giveUp(session: Session, request: Core.OutgoingRequestMessage): void {
  const { userAgentCore } = session.userAgent;
  const copied = ['via', 'from', 'to', 'call-id', 'cseq'].map((name) => `${name}: ${request.getHeader(name) ?? ''}`);
  const text = ['SIP/2.0 408 Request Timeout', ...copied, 'Content-Length: 0', '', ''].join('\r\n');
  const response = Core.Parser.parseMessage(text, session.userAgent.getLogger('multiline'));
  if (response instanceof Core.IncomingResponseMessage) userAgentCore.receiveIncomingResponseFromTransport(response);
}

/**
 * Calls `before` ahead of each INVITE of the other side within the dialog: while one of ours is out SIP.js refuses theirs (491),
 * though ours may be lost.
 */
export function beforeInvite({ dialog }: Session, before: () => void): void {
  if (!(dialog instanceof Core.SessionDialog)) return;
  const receive = dialog.receiveRequest.bind(dialog);
  dialog.receiveRequest = (message) => {
    if (message.method === 'INVITE') before();
    receive(message);
  };
}

/**
 * The other side may have answered the lost request, or have missed that we heard its answer: it takes no other before that is
 * confirmed (RFC 3261 §14.2), and hangs up after half a minute (§13.3.1.4). Where it waits for nothing it ignores this.
 */
export function confirmAgain(session: Session, request: Core.OutgoingRequestMessage): void {
  const { dialog } = session;
  if (!(dialog instanceof Core.SessionDialog)) return;
  const ack = dialog.createOutgoingRequestMessage('ACK', { cseq: request.cseq });
  ack.setViaHeader(`z9hG4bK${uuid().replaceAll('-', '')}`, session.userAgent.transport.protocol);
  session.userAgent.transport.send(ack.toString()).catch(() => undefined);
}
