import {
  MultiLineError,
  systemClock,
  type Clock,
  type LineIdentity,
  type LineLogin,
  type LineStatus,
} from '@multiline/core';
import type { ReadableAtom } from 'nanostores';
import { UserAgent } from 'sip.js';
import { AccountLink } from './account-link.ts';
import type { CredentialsSource } from './credentials.ts';
import { KeptFarewells } from './kept-farewells.ts';
import { forgetPhone, phoneIdentity, type PhoneStorage } from './phone-identity.ts';
import type { GuardedConnectionConstructor } from './server-connection.ts';
import type { SipTransportConstructor } from './transport-shape.ts';
import { guardedTransport, guardRules, type TransportConstructor } from './transport/guarded-transport.ts';

/** How a phone is known to its SIP servers. */
export interface SipAccountOptions {
  /**
   * WebSocket addresses, e.g. `wss://sip.example.com/ws`. A start begins with the first; one that cannot be reached is followed
   * by the next at once. What works is kept until it is lost: nothing goes back to the first by itself.
   */
  readonly servers: readonly string[];
  /** The address of record, e.g. `sip:ann@example.com`. */
  readonly uri: string;
  readonly displayName?: string;
  readonly extension?: string;
  /** Own business number, E.164. */
  readonly number?: string;
  /** Every number a call may go out with, `number` among them. */
  readonly numbers?: readonly string[];
  readonly iceServers?: readonly RTCIceServer[];
  /** Asked at the start, once more after a rejection, and before what it gave expires. */
  readonly credentials: CredentialsSource;
  /** `log-in`: nobody is signed in before {@link SipAccount.logIn} (hot desk, MV-48); by default a start signs in. */
  readonly signIn?: 'start' | 'log-in';
  /** The header that carries an id of a call which everybody who logs it knows; else the Call-ID serves. */
  readonly correlationHeader?: string;
  /** How long a registration is asked for, in seconds; 300 by default. */
  readonly registerExpiresS?: number;
  /**
   * How often the server is asked for a sign of life, in ms: `attentive` 2 500 (the page is seen, or has a call), so that a dead
   * link is noticed within 5 s; `hidden` 50 000, which proxies that close an idle socket after a minute let pass.
   */
  readonly pulseMs?: { readonly attentive: number; readonly hidden: number };
  /** Reaches a server; by default a WebSocket. */
  readonly transport?: SipTransportConstructor;
  /**
   * Where the contact's name and the instance id (RFC 5626) are kept, so that a reloaded page is the same phone, and the BYEs that
   * it owes.
   */
  readonly storage?: PhoneStorage;
  readonly clock?: Clock;
  /** Between 0 and 1; for the jitter. */
  readonly random?: () => number;
}

/** One registration at a SIP server. One line stands on it: the last that was made. */
export interface SipAccount {
  readonly $status: ReadableAtom<LineStatus>;
  readonly identity: LineIdentity;
  /** Connects and registers; resolves when the first attempt has succeeded or failed, and goes on trying by itself. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Tries now instead of at `retryAt`. */
  reconnect(): void;
  /**
   * Signs in with these instead of what `credentials` gives; null signs out. Calls should have ended. Rejects (`auth-failed`,
   * `network`, …) when that did not succeed: then nobody is signed in.
   */
  logIn(login: LineLogin | null): Promise<void>;
  /** What happened last, newest last: no secrets, no whole numbers (MV-53). */
  log(): readonly string[];
  /** The user has signed out of this computer: neither the log nor what `storage` has of the phone stays. */
  forget(): void;
}

/** What a line of this package needs of an account, beyond what everybody sees. */
export interface AccountInside {
  readonly link: AccountLink;
  readonly keptFarewells: KeptFarewells;
  readonly correlationHeader: string | undefined;
  readonly iceServers: readonly RTCIceServer[];
  /** The servers, where they are reached by WebSocket. */
  readonly webSockets: readonly string[];
}

const insides = new WeakMap<SipAccount, AccountInside>();

/** @throws MultiLineError `not-ready` for an account that {@link sipAccount} did not make. */
export function insideOf(account: SipAccount): AccountInside {
  const inside = insides.get(account);
  if (!inside) throw new MultiLineError('not-ready', { message: 'Make the account with sipAccount().' });
  return inside;
}

/**
 * Nothing malformed reaches SIP.js, whichever way it came; and no call that insists on reliable provisional responses, for
 * which SIP.js would want the microphone while it rings.
 */
function guarded(transport: SipTransportConstructor | undefined): GuardedConnectionConstructor {
  const rules = { ...guardRules, supported: guardRules.supported.filter((tag) => tag !== '100rel') };
  // The guard passes on the state changes of what it guards; nobody listens to them here.
  return guardedTransport(transport as TransportConstructor | undefined, undefined, rules);
}

/**
 * An account at one or several SIP servers. Nothing connects before {@link SipAccount.start}.
 * @throws MultiLineError `refused` when `uri` is no SIP address or `servers` is empty.
 */
export function sipAccount(options: SipAccountOptions): SipAccount {
  const uri = UserAgent.makeURI(options.uri);
  if (!uri?.user)
    throw new MultiLineError('refused', {
      message: `"${options.uri}" is not a SIP address such as sip:ann@example.com.`,
    });
  if (options.servers.length === 0)
    throw new MultiLineError('refused', { message: 'Name at least one WebSocket server.' });
  const { displayName, extension, number, numbers } = options;
  const link = new AccountLink({
    servers: options.servers,
    uri,
    displayName,
    phone: phoneIdentity(options.uri, options.storage),
    credentials: options.credentials,
    signedOut: options.signIn === 'log-in',
    correlationHeader: options.correlationHeader,
    registerExpiresS: options.registerExpiresS ?? 300,
    pulseMs: options.pulseMs ?? { attentive: 2_500, hidden: 50_000 },
    transport: guarded(options.transport),
    clock: options.clock ?? systemClock(),
    random: options.random ?? Math.random,
  });
  const account: SipAccount = {
    $status: link.$status,
    identity: {
      uri: options.uri,
      ...(displayName === undefined ? {} : { displayName }),
      ...(extension === undefined ? {} : { extension }),
      ...(number === undefined ? {} : { number }),
      ...(numbers === undefined ? {} : { numbers }),
    },
    start: () => link.start(),
    stop: () => link.stop(),
    reconnect: link.reconnect,
    logIn: (login) => link.logIn(login),
    log: () => link.log.lines,
    forget() {
      link.log.clear();
      forgetPhone(options.uri, options.storage);
    },
  };
  insides.set(account, {
    link,
    keptFarewells: new KeptFarewells(options.uri, options.storage),
    correlationHeader: options.correlationHeader,
    iceServers: options.iceServers ?? [],
    webSockets: options.transport ? [] : options.servers,
  });
  return account;
}
