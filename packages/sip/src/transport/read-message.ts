import { Core, UserAgentState, type UserAgent } from 'sip.js';

/** A message as SIP.js has read it. */
export type ReadMessage = Core.IncomingRequestMessage | Core.IncomingResponseMessage;

/** SIP.js's parser reports to nobody: what it refuses is the sender's fault, and the guard's to tell. */
const silent = (() => {
  const loggers = new Core.LoggerFactory();
  loggers.builtinEnabled = false;
  return loggers.getLogger('guard');
})();

/** Reads a message by SIP.js's own grammar, which may refuse, or break, where the judge sees no fault: then undefined. */
export function readMessage(raw: string): ReadMessage | undefined {
  try {
    return Core.Parser.parseMessage(raw, silent);
  } catch {
    return undefined;
  }
}

/** Who hears the text of a message, and what the guard has read of it. */
export interface Reader {
  onMessage: ((text: string, message?: ReadMessage) => void) | undefined;
}

/**
 * Lets a user agent behind the guard take messages as they were read. Its own handler would read them once more, and reading
 * takes longer than all else between an INVITE and its ringing.
 */
export function takeAsRead(userAgent: UserAgent): void {
  const reader: Reader = userAgent.transport;
  reader.onMessage = (_, message) => {
    if (message) take(userAgent, message);
  };
}

/** What SIP.js's own handler asks of a message, and the judge has not. */
function take({ userAgentCore, state }: UserAgent, message: ReadMessage): void {
  const { sipjsId, viaHost } = userAgentCore.configuration;
  if (message instanceof Core.IncomingRequestMessage) {
    if (state === UserAgentState.Stopped) return;
    // What we have sent has come back to us (RFC 3261 §16.3).
    const ours = !message.toTag && message.callId.startsWith(sipjsId);
    if (ours) userAgentCore.replyStateless(message, { statusCode: 482 });
    else userAgentCore.receiveIncomingRequestFromTransport(message);
    return;
  }
  // A response that was meant for somebody else (RFC 3261 §18.1.2).
  const { host, port } = message.via;
  if (message.getHeaders('via').length > 1 || host !== viaHost || port) return;
  userAgentCore.receiveIncomingResponseFromTransport(message);
}
