import { contactKey, parseAddress, type Address } from './address.ts';
import type { Flow } from './flows.ts';
import { header, headerList, type Header, type SipRequest } from './message.ts';

/** Seconds. */
const DEFAULT_EXPIRES = 600;
const MIN_EXPIRES = 10;
const MAX_EXPIRES = 3600;
const MAX_CONTACTS = 10;

/** One device of a user: where it is and until when. */
export interface Binding {
  readonly user: string;
  readonly flow: Flow;
  /** The Contact URI as it came: the Request-URI of what is sent there. */
  readonly uri: string;
  /** The same place in short; what dialogs are routed by. */
  readonly key: string;
  readonly instance: string | undefined;
  /** What the device calls itself (User-Agent). */
  readonly agent: string;
  readonly callId: string;
  readonly sequence: number;
  readonly expiresAt: number;
}

/** The outcome of a REGISTER: what to answer, and which devices are new at their place. */
export interface Registration {
  readonly status: number;
  readonly reason?: string;
  readonly headers: readonly Header[];
  readonly arrived: readonly Binding[];
}

/** Who can be reached, and where (RFC 3261 §10.3, RFC 5626 §6 for instances). */
export interface Registrar {
  /** Takes a REGISTER of a user who has already proved to be that user. */
  register(request: SipRequest, user: string, flow: Flow): Registration;
  /** The live devices of a user, newest first. */
  bindings(user: string): Binding[];
  /** All live devices. */
  all(): Binding[];
  /** Forgets what lived on a socket. */
  forgetFlow(flow: Flow): void;
  /** When the user last lost a socket, as epoch ms: such a user may be just reloading. */
  lostAt(user: string): number | undefined;
  clear(): void;
}

const refusal = (status: number, reason?: string, headers: readonly Header[] = []): Registration =>
  reason === undefined ? { status, headers, arrived: [] } : { status, reason, headers, arrived: [] };

/** Makes an empty registrar. */
export function createRegistrar(now: () => number): Registrar {
  const users = new Map<string, Map<string, Binding>>();
  const lost = new Map<string, number>();

  const live = (user: string): Binding[] => {
    const bindings = users.get(user);
    if (!bindings) return [];
    for (const [key, binding] of bindings) if (binding.expiresAt <= now()) bindings.delete(key);
    return [...bindings.values()].reverse();
  };

  const listed = (user: string): Header[] =>
    live(user).map(({ uri, expiresAt, instance }) => {
      const expires = Math.max(1, Math.round((expiresAt - now()) / 1000));
      const suffix = instance === undefined ? '' : `;+sip.instance="${instance}"`;
      return { name: 'Contact', value: `<${uri}>;expires=${String(expires)}${suffix}` };
    });

  const secondsOf = (contact: Address | undefined, request: SipRequest): number => {
    const text = contact?.params.get('expires') ?? header(request, 'Expires');
    return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : DEFAULT_EXPIRES;
  };

  return {
    register(request, user, flow) {
      const values = headerList(request, 'Contact');
      const callId = header(request, 'Call-ID') ?? '';
      const agent = header(request, 'User-Agent') ?? '';
      const sequence = Number(header(request, 'CSeq')?.split(/\s+/)[0]);
      const bindings = users.get(user) ?? new Map<string, Binding>();
      const outdated = (binding: Binding) => binding.callId === callId && binding.sequence >= sequence;
      if (values.includes('*')) {
        if (values.length > 1 || header(request, 'Expires') !== '0') return refusal(400, 'Bad Wildcard Contact');
        if ([...bindings.values()].some(outdated)) return refusal(400, 'Out Of Order CSeq');
        users.delete(user);
        lost.delete(user);
        return { status: 200, headers: [], arrived: [] };
      }
      const contacts = values.map(parseAddress);
      const wanted: { contact: Address; seconds: number }[] = [];
      for (const contact of contacts) {
        if (!contact || contact.uri.host === '') return refusal(400, 'Bad Contact');
        const seconds = Math.min(secondsOf(contact, request), MAX_EXPIRES);
        if (seconds > 0 && seconds < MIN_EXPIRES) {
          return refusal(423, undefined, [{ name: 'Min-Expires', value: String(MIN_EXPIRES) }]);
        }
        const known = bindings.get(contactKey(contact.uri));
        if (known && outdated(known)) return refusal(400, 'Out Of Order CSeq');
        wanted.push({ contact, seconds });
      }
      const next = new Map(
        live(user)
          .reverse()
          .map((binding) => [binding.key, binding]),
      );
      const arrived: Binding[] = [];
      for (const { contact, seconds } of wanted) {
        const key = contactKey(contact.uri);
        const instance = contact.params.get('+sip.instance');
        const known = next.get(key);
        next.delete(key);
        if (seconds === 0) continue;
        for (const [other, binding] of next) {
          if (instance !== undefined && binding.instance === instance) next.delete(other);
        }
        const expiresAt = now() + seconds * 1000;
        const binding = { user, flow, uri: contact.uriText, key, instance, agent, callId, sequence, expiresAt };
        next.set(key, binding);
        if (known?.flow !== flow) arrived.push(binding);
      }
      if (next.size > MAX_CONTACTS) return refusal(503, 'Too Many Contacts');
      if (next.size > 0) users.set(user, next);
      else if (users.delete(user)) lost.delete(user);
      return { status: 200, headers: listed(user), arrived };
    },
    bindings: (user) => live(user),
    all: () => [...users.keys()].flatMap(live),
    forgetFlow(flow) {
      for (const [user, bindings] of users) {
        for (const [key, binding] of bindings) {
          if (binding.flow !== flow) continue;
          bindings.delete(key);
          lost.set(user, now());
        }
        if (bindings.size === 0) users.delete(user);
      }
    },
    lostAt: (user) => lost.get(user),
    clear() {
      users.clear();
      lost.clear();
    },
  };
}
