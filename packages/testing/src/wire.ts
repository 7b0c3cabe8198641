import { systemClock, type Clock } from '@multiline/core';
import { createParty, matches, type Match, type Party } from './wire/party.ts';
import { createProxy } from './wire/proxy.ts';
import { createRegistrar, type Refusal } from './wire/registrar.ts';
import { formatMessage, methodOf, parseMessage, responseTo, type SipMessage } from './wire/sip-message.ts';
import { wireTransport, type Connection, type WireTransportConstructor } from './wire/wire-transport.ts';

export type { Match, MessageParts, Party } from './wire/party.ts';
export type { Refusal } from './wire/registrar.ts';
export type { SipMessage } from './wire/sip-message.ts';
export type { WireTransport, WireTransportConstructor } from './wire/wire-transport.ts';

export interface WireOptions {
  /** The password of a user; without it, or where it answers `undefined`, everybody is let in. */
  readonly password?: (user: string) => string | undefined;
  /** How long a message takes; 0 by default: the next microtask. */
  readonly delayMs?: number;
  /** The longest registration granted, in seconds. */
  readonly maxExpiresS?: number;
  readonly clock?: Clock;
}

/** A SIP network inside the page: no server, no socket, every fault on command. Users meet by the user part of their address. */
export interface Wire {
  /** For `sipAccount({ transport })`, or any other user agent that takes SIP.js's transports. */
  readonly transport: WireTransportConstructor;
  /** Every message that reached the network, in order. */
  readonly messages: readonly SipMessage[];
  /** The next message that reaches the network from now on. */
  next(match: Match): Promise<SipMessage>;
  /** A remote party that does what the test says. */
  party(user: string): Party;
  /** Breaks the connections of a user, or all. */
  cut(user?: string): void;
  /** Nobody answers at this server, or at any, until {@link up}; what is connected is cut. */
  down(server?: string): void;
  up(server?: string): void;
  /** The connections of a user stay open, but nothing passes any more in either direction: a dead link. */
  stall(user: string): void;
  /** The next matching message vanishes. */
  loseNext(match: Match): void;
  /** The next matching request gets this status from the network, and reaches nobody. */
  refuseNext(match: Match, status: number): void;
  refuseRegistration(refusal: Refusal | undefined): void;
  /** From now on a message takes this long. */
  delay(delayMs: number): void;
  /** Whether a user is registered. */
  registered(user: string): boolean;
}

export function wire({ password, delayMs = 0, maxExpiresS, clock = systemClock() }: WireOptions = {}): Wire {
  const registrar = createRegistrar({
    ...(password && { password }),
    ...(maxExpiresS === undefined ? {} : { maxExpiresS }),
  });
  const connections = new Set<Connection>();
  const stalled = new WeakSet<Connection>();
  const closed = new Set<string>();
  const messages: SipMessage[] = [];
  const lost: Match[] = [];
  const refused: { match: Match; status: number }[] = [];
  const waiting: { match: Match; resolve: (message: SipMessage) => void }[] = [];
  let latency = delayMs;

  const later = (act: () => void): void => {
    if (latency === 0) queueMicrotask(act);
    else clock.at(clock.now() + latency, act);
  };
  const proxy = createProxy(registrar, (to, text) => {
    later(() => {
      if (connections.has(to) && !stalled.has(to)) to.deliver(text);
    });
  });

  function taken<T extends { match: Match }>(list: T[], message: SipMessage): T | undefined {
    const index = list.findIndex(({ match }) => matches(message, match));
    return index < 0 ? undefined : list.splice(index, 1)[0];
  }

  function receive(from: Connection, text: string): void {
    const message = parseMessage(text);
    messages.push(message);
    for (let waiter = taken(waiting, message); waiter; waiter = taken(waiting, message)) waiter.resolve(message);
    const losing = lost.findIndex((match) => matches(message, match));
    if (losing >= 0) lost.splice(losing, 1);
    if (losing >= 0 || stalled.has(from) || message.start.trim() === '') return;
    later(() => {
      if (!connections.has(from)) return;
      const refusing = taken(refused, message);
      if (refusing) from.deliver(formatMessage(responseTo(message, refusing.status)));
      else if (methodOf(message) === 'REGISTER') from.deliver(formatMessage(registrar.register(from, message)));
      else proxy.receive(from, text);
    });
  }

  function leave(connection: Connection): void {
    connections.delete(connection);
    registrar.forget(connection);
    proxy.disconnected(connection);
  }

  function drop(concerned: (connection: Connection) => boolean): void {
    for (const connection of [...connections].filter(concerned)) {
      leave(connection);
      connection.drop();
    }
  }

  const of = (user: string): ((connection: Connection) => boolean) => {
    const theirs = new Set(
      registrar
        .bindings()
        .filter((binding) => binding.user === user)
        .map((binding) => binding.connection),
    );
    return (connection) => theirs.has(connection);
  };

  return {
    transport: wireTransport({
      connect: (connection) =>
        new Promise((resolve, reject) => {
          later(() => {
            if (closed.has('') || closed.has(connection.server)) {
              reject(new Error('Nobody answers there.'));
              return;
            }
            connections.add(connection);
            resolve();
          });
        }),
      receive,
      disconnected: leave,
    }),
    messages,
    next: (match) => new Promise((resolve) => waiting.push({ match, resolve })),
    party(user) {
      const party = createParty(user, (text) => {
        receive(connection, text);
      });
      const connection: Connection = {
        server: 'party',
        deliver: (text) => {
          party.receive(parseMessage(text));
        },
        drop: () => undefined,
      };
      connections.add(connection);
      registrar.bind({ user, contact: party.contact, connection });
      return party;
    },
    cut(user) {
      drop(user === undefined ? ({ server }) => server !== 'party' : of(user));
    },
    down(server = '') {
      closed.add(server);
      drop((connection) => connection.server !== 'party' && (server === '' || connection.server === server));
    },
    up(server = '') {
      closed.delete(server);
    },
    stall(user) {
      for (const connection of [...connections].filter(of(user))) stalled.add(connection);
    },
    loseNext(match) {
      lost.push(match);
    },
    refuseNext(match, status) {
      refused.push({ match, status });
    },
    refuseRegistration(refusal) {
      registrar.refuse(refusal);
    },
    delay(next) {
      latency = next;
    },
    registered: (user) => registrar.bindings().some((binding) => binding.user === user),
  };
}
