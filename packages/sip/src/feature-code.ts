import { MultiLineError, type Clock } from '@multiline/core';
import type { Core, URI, UserAgent } from 'sip.js';
import { codeOf } from './end-reason.ts';
import { gathered } from './media/candidates.ts';
import { within } from './deadlines.ts';

/** A server that has not taken a code by then does not. */
const TAKEN_MS = 15_000;

export interface FeatureCodeOptions {
  readonly userAgent: UserAgent;
  readonly clock: Clock;
  readonly iceServers: readonly RTCIceServer[];
}

/**
 * Dials a code of the server and hangs up when it was taken. We offer to listen, so that no microphone is needed.
 * @throws MultiLineError when it was refused, or nobody answered
 */
export async function dialFeatureCode(
  target: URI,
  { userAgent, clock, iceServers }: FeatureCodeOptions,
): Promise<void> {
  const closing = new AbortController();
  const connection = new RTCPeerConnection({ iceServers: [...iceServers] });
  let request: Core.OutgoingInviteRequest | undefined;
  try {
    connection.addTransceiver('audio', { direction: 'recvonly' });
    const since = clock.now();
    await connection.setLocalDescription();
    await gathered(connection, { clock, since, signal: closing.signal });
    const content = connection.localDescription?.sdp ?? '';
    const taken = new Promise<void>((resolve, reject) => {
      const refused = ({ message }: Core.IncomingResponse): void => {
        const { statusCode = 500, reasonPhrase = '' } = message;
        reject(new MultiLineError(codeOf(statusCode), { message: `${String(statusCode)} ${reasonPhrase}`.trim() }));
      };
      request = userAgent.userAgentCore.invite(message(userAgent, target, content), {
        onAccept: ({ ack, session }) => {
          ack();
          session.bye();
          resolve();
        },
        onRedirect: refused,
        onReject: refused,
      });
    });
    await within(clock, TAKEN_MS, taken, () => {
      request?.cancel();
      throw new MultiLineError('timeout');
    });
  } finally {
    closing.abort();
    connection.close();
  }
}

function message(userAgent: UserAgent, target: URI, content: string): Core.OutgoingRequestMessage {
  const { userAgentCore, contact } = userAgent;
  const { aor } = userAgentCore.configuration;
  const headers = [`Contact: ${contact.toString()}`];
  const body = { contentDisposition: 'session', contentType: 'application/sdp', content };
  return userAgentCore.makeOutgoingRequestMessage('INVITE', target, aor, target, {}, headers, body);
}
