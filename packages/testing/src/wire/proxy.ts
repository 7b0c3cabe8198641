import {
  addressOf,
  branchOf,
  formatMessage,
  header,
  isRequest,
  methodOf,
  parseMessage,
  responseTo,
  statusOf,
  tagOf,
  type SipMessage,
} from './sip-message.ts';
import type { Registrar } from './registrar.ts';
import type { Connection } from './wire-transport.ts';

interface Leg {
  readonly connection: Connection;
  readonly invite: SipMessage;
  final?: SipMessage;
}

/** One INVITE on its way to all contacts of a user. */
interface Fork {
  readonly caller: Connection;
  readonly invite: SipMessage;
  readonly legs: Leg[];
  done: boolean;
}

const COMPLETED_ELSEWHERE = ['Reason', 'SIP;cause=200;text="Call completed elsewhere"'] as const;

/**
 * Forwards requests by the user of their Request-URI, INVITEs to all contacts of that user (RFC 3261 §16.7), and answers back.
 * It adds no Via of its own: within one page every response finds its way by branch.
 */
export function createProxy(registrar: Registrar, deliver: (to: Connection, text: string) => void) {
  const forks = new Map<string, Fork>();
  const origins = new Map<string, Connection>();
  /** Where a contact is that never registered: it has been seen in a request (RFC 5626 §5.3 does so by flow). */
  const seen = new Map<string, { contact: string; connection: Connection }>();
  const gone = new WeakSet<Connection>();
  const send = (to: Connection, message: SipMessage): void => {
    deliver(to, formatMessage(message));
  };

  function fork(caller: Connection, invite: SipMessage): void {
    const uri = invite.start.split(' ')[1] ?? '';
    const targets = registrar.targets(uri);
    send(caller, responseTo(invite, 100));
    if (targets.length === 0) {
      send(caller, responseTo(invite, registrar.knows(addressOf(uri).user) ? 480 : 404));
      return;
    }
    const legs = targets.map(({ connection, contact }): Leg => ({
      connection,
      invite: { ...invite, start: `INVITE ${contact} SIP/2.0` },
    }));
    forks.set(branchOf(invite), { caller, invite, legs, done: false });
    for (const leg of legs) send(leg.connection, leg.invite);
  }

  /** A request that goes with an INVITE over one hop: the same branch, the other method (RFC 3261 §9.1, §17.1.1.3). */
  function beside(
    leg: Leg,
    method: 'ACK' | 'CANCEL',
    to: string,
    more: readonly (readonly [string, string])[] = [],
  ): void {
    const copied = leg.invite.headers.filter(([name]) =>
      ['via', 'from', 'call-id', 'max-forwards'].includes(name.toLowerCase()),
    );
    const number = header(leg.invite, 'CSeq').split(' ')[0] ?? '1';
    const uri = leg.invite.start.split(' ')[1] ?? '';
    const headers = [...copied, ['To', to] as const, ['CSeq', `${number} ${method}`] as const, ...more];
    send(leg.connection, { start: `${method} ${uri} SIP/2.0`, headers, body: '' });
  }

  function cancel(pending: Fork, more: readonly (readonly [string, string])[] = []): void {
    for (const leg of pending.legs.filter(({ final }) => !final)) {
      // Who has gone will not say 487 any more.
      if (gone.has(leg.connection)) leg.final = responseTo(leg.invite, 487);
      else beside(leg, 'CANCEL', header(leg.invite, 'To'), more);
    }
    settle(pending);
  }

  /** Every leg has ended: the caller hears how. */
  function settle(pending: Fork): void {
    const finals = pending.legs.flatMap(({ final }) => final ?? []);
    if (pending.done || finals.length < pending.legs.length) return;
    const [best] = finals.sort((a, b) => rank(a) - rank(b));
    pending.done = true;
    if (best) send(pending.caller, best);
  }

  function answered(from: Connection, response: SipMessage): void {
    const pending = forks.get(branchOf(response));
    const leg =
      pending?.legs.find(({ connection }) => connection === from) ??
      pending?.legs.find(({ connection }) => gone.has(connection));
    if (!pending || !leg) return;
    const status = statusOf(response);
    if (status === 100) return;
    if (status < 200) {
      if (!pending.done) send(pending.caller, response);
      return;
    }
    if (status >= 300) beside({ ...leg, connection: from }, 'ACK', header(response, 'To'));
    leg.final = response;
    if (status < 300) {
      send(pending.caller, response);
      const first = !pending.done;
      pending.done = true;
      if (first) cancel(pending, [COMPLETED_ELSEWHERE]);
    } else settle(pending);
  }

  function requested(from: Connection, message: SipMessage): void {
    const method = methodOf(message);
    const uri = message.start.split(' ')[1] ?? '';
    const branch = branchOf(message);
    if (method === 'INVITE' && tagOf(header(message, 'To')) === '') {
      fork(from, message);
    } else if (method === 'CANCEL') {
      const pending = forks.get(branch);
      send(from, responseTo(message, pending ? 200 : 481));
      if (pending && !pending.done) {
        const reason = header(message, 'Reason');
        cancel(pending, reason === '' ? [] : [['Reason', reason]]);
      }
    } else if (method === 'ACK' && forks.has(branch)) {
      forks.delete(branch);
    } else {
      const own = /<([^>]*)>/.exec(header(message, 'Contact'))?.[1];
      if (own !== undefined) seen.set(own, { contact: own, connection: from });
      const target = registrar.targets(uri)[0] ?? seen.get(uri);
      if (target) {
        origins.set(`${branch} ${method}`, from);
        send(target.connection, { ...message, start: `${method} ${target.contact} SIP/2.0` });
      } else if (method !== 'ACK') {
        send(from, responseTo(message, method === 'OPTIONS' ? 200 : tagOf(header(message, 'To')) === '' ? 404 : 480));
      }
    }
  }

  return {
    receive(from: Connection, text: string): void {
      const message = parseMessage(text);
      if (isRequest(message)) {
        requested(from, message);
        return;
      }
      const origin = origins.get(`${branchOf(message)} ${methodOf(message)}`);
      if (origin) send(origin, message);
      else if (methodOf(message) === 'INVITE') answered(from, message);
    },
    /** A caller that has gone stops ringing; a callee that has gone may still answer over another connection. */
    disconnected(connection: Connection): void {
      gone.add(connection);
      for (const pending of forks.values()) if (pending.caller === connection && !pending.done) cancel(pending);
    },
  };
}

/** Which final response says most: a 6xx, else the lowest class (RFC 3261 §16.7 step 6). */
function rank(response: SipMessage): number {
  const status = statusOf(response);
  return status >= 600 ? 0 : status;
}
