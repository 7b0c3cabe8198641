import type { Flow } from './flows.ts';
import type { SipMessage } from './message.ts';

/** A socket that is none: what this server sends here comes in again, as a message of that user. */
export function insideFlow(user: string, receive: (message: SipMessage, flow: Flow) => void): Flow {
  const flow: Flow = {
    id: 'inside',
    inside: true,
    open: true,
    user,
    send(message) {
      // Later, as from a socket: whoever sends has not yet noted that it did.
      queueMicrotask(() => receive(message, flow));
      return true;
    },
    sendFrame: () => false,
    close: () => undefined,
    stall: () => undefined,
    leave: () => Promise.resolve(),
  };
  return flow;
}
