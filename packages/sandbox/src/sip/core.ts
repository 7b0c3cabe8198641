import { contactKey, parseAddress, parseUri } from './address.ts';
import type { Flow, Flows } from './flows.ts';
import { header, headerList, withFirst, withHeader, withoutFirst, withoutHeaders, type SipMessage } from './message.ts';
import type { SipRequest } from './message.ts';
import type { Registrar } from './registrar.ts';
import type { Timers } from './timers.ts';
import type { Transactions } from './transactions.ts';

/** What every part of the server stands on. */
export interface Core {
  readonly domain: string;
  /** The host our Via and Record-Route headers carry. */
  readonly sentBy: string;
  readonly now: () => number;
  readonly random: () => string;
  /** How long a call rings before it counts as not answered. */
  readonly noAnswerMs: number;
  /** How long a device whose socket closed may come back before it counts as gone. */
  readonly graceMs: number;
  /** Whether calls that ring are offered to a device that registers late. */
  readonly lateForking: boolean;
  /** How long a voice message may be. */
  readonly maxRecordingMs: number;
  /** How long a callback waits for a key. */
  readonly confirmMs: number;
  readonly timers: Timers;
  readonly flows: Flows;
  readonly registrar: Registrar;
  readonly transactions: Transactions;
  /** Called for each socket that closes, after the registrar has forgotten it. */
  readonly closings: Set<(flow: Flow) => void>;
}

const DEFAULT_HOPS = 70;
const DIALOG_FORMING = new Set(['INVITE', 'SUBSCRIBE', 'REFER']);

/** A request made ready to go on to another place (RFC 3261 §16.6): its hops, route and credentials are the next one's. */
export function forwarded(core: Core, request: SipRequest, uri: string): SipRequest {
  const hops = Number(header(request, 'Max-Forwards') ?? DEFAULT_HOPS) - 1;
  const plain = withoutHeaders(withoutOwnRoutes(core, request), 'Proxy-Authorization');
  const next = withHeader({ ...plain, uri }, 'Max-Forwards', String(hops));
  if (!DIALOG_FORMING.has(request.method)) return next;
  return withFirst(next, { name: 'Record-Route', value: `<sip:${core.sentBy};transport=ws;lr>` });
}

/** Takes off the Route headers that lead to ourselves (RFC 3261 §16.4). */
export function withoutOwnRoutes(core: Core, request: SipRequest): SipRequest {
  let left = request;
  for (;;) {
    const route = parseAddress(headerList(left, 'Route')[0] ?? '');
    if (route?.uri.host !== core.sentBy) return left;
    left = withoutFirst(left, 'Route');
  }
}

/** Remembers through which socket the Contact of a message is reached. */
export function learnContact(core: Core, message: SipMessage, flow: Flow): void {
  // What passes through this server itself lives somewhere else.
  if (flow.inside) return;
  for (const value of headerList(message, 'Contact')) {
    const contact = parseAddress(value);
    if (contact && contact.uri.host !== core.domain && contact.uri.host !== '') {
      core.flows.learn(contactKey(contact.uri), flow);
    }
  }
}

/** The place a Request-URI or Contact names, as dialogs are routed by. */
export function placeOf(uri: string): string | undefined {
  const parsed = parseUri(uri);
  return parsed && parsed.host !== '' ? contactKey(parsed) : undefined;
}

/** The place the sender of a request wants answers and later requests at. */
export function senderPlace(request: SipRequest): string | undefined {
  const contact = parseAddress(headerList(request, 'Contact')[0] ?? '');
  return contact && contactKey(contact.uri);
}
