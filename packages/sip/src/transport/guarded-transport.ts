import { Web, type Core, type Transport, type TransportState, type UserAgentOptions } from 'sip.js';
import { judge, judgeRules, type JudgeRules, type Refusal } from './judge.ts';
import { readHead, valuesOf, type MessageHead } from './message-head.ts';
import { readMessage, type ReadMessage, type Reader } from './read-message.ts';
import { answer } from './refusal.ts';
import { withSipAddresses, withTelephoneAddresses } from './telephone-addresses.ts';

/** What SIP.js takes as `UserAgentOptions.transportConstructor`. */
export type TransportConstructor = NonNullable<UserAgentOptions['transportConstructor']>;

/** A {@link guardedTransport}: it can be handed what has come another way, which it judges as well. */
export type GuardedTransportConstructor = new (
  logger: Core.Logger,
  options: unknown,
) => Transport & { receive(message: string): void };

/** What the guard did with a message that SIP.js did not get, or could not bear. */
export type GuardEvent =
  | { readonly type: 'refused'; readonly status: number; readonly reason: string }
  | { readonly type: 'dropped'; readonly reason: string }
  /** SIP.js, or what it called, threw while it handled the message; a request was answered 500. */
  | { readonly type: 'failed'; readonly error: unknown };

export interface GuardRules extends JudgeRules {
  /** Calls that may ring unanswered at a time; more are told that we are busy. */
  readonly unansweredInvites: number;
}

export const guardRules: GuardRules = { ...judgeRules, unansweredInvites: 32 };

/**
 * A transport for SIP.js that lets nothing malformed through to it. It owns the transport it guards (SIP.js's WebSocket by
 * default), stands in its place, and answers what must be refused by itself: SIP.js throws on some of RFC 4475's messages
 * and takes others for calls.
 *
 * @param observe hears what was refused, dropped or failed. What it throws is swallowed.
 */
export function guardedTransport(
  inner: TransportConstructor = Web.Transport,
  observe: (event: GuardEvent) => void = () => undefined,
  rules: GuardRules = guardRules,
): GuardedTransportConstructor {
  return class extends GuardedTransport {
    constructor(logger: Core.Logger, options: unknown) {
      super(new inner(logger, options), observe, rules);
    }
  };
}

class GuardedTransport implements Transport {
  onConnect: (() => void) | undefined;
  onDisconnect: ((error?: Error) => void) | undefined;
  onMessage: Reader['onMessage'];

  readonly #inner: Transport;
  readonly #observe: (event: GuardEvent) => void;
  readonly #rules: GuardRules;
  readonly #unanswered = new Set<string>();
  /** The request SIP.js is handling at the moment, and the highest status it has had. */
  #handling: { readonly key: string; status: number } | undefined;

  constructor(inner: Transport, observe: (event: GuardEvent) => void, rules: GuardRules) {
    this.#inner = inner;
    this.#rules = rules;
    this.#observe = (event) => {
      try {
        observe(event);
      } catch {
        // An observer's fault must not cost the call.
      }
    };
    inner.onConnect = () => this.onConnect?.();
    inner.onDisconnect = (error) => {
      this.#unanswered.clear();
      this.onDisconnect?.(error);
    };
    inner.onMessage = (message) => this.receive(message);
  }

  get protocol(): string {
    return this.#inner.protocol;
  }

  /** The server's address, as SIP.js's own transport has it. */
  get server(): string | undefined {
    return (this.#inner as Transport & { server?: string }).server;
  }

  get state(): TransportState {
    return this.#inner.state;
  }

  get stateChange(): Transport['stateChange'] {
    return this.#inner.stateChange;
  }

  connect(): Promise<void> {
    return this.#inner.connect();
  }

  disconnect(): Promise<void> {
    return this.#inner.disconnect();
  }

  dispose(): Promise<void> {
    return this.#inner.dispose();
  }

  isConnected(): boolean {
    return this.#inner.isConnected();
  }

  send(message: string): Promise<void> {
    const status = Number(/^SIP\/2\.0 ([1-6]\d\d)/.exec(message)?.[1] ?? 0);
    if (status > 0) {
      const head = readHead(message);
      const key = transactionKey(head);
      if (this.#handling?.key === key) this.#handling.status = Math.max(this.#handling.status, status);
      if (status >= 200 && isInvite(head)) this.#unanswered.delete(key);
    }
    return this.#inner.send(withTelephoneAddresses(message));
  }

  /** A message has come, over the inner transport or another way. */
  receive(received: string): void {
    // Empty lines before a message keep connections alive (RFC 3261 §7.5, RFC 5626 §4.4.1).
    let start = 0;
    while (received[start] === '\r' || received[start] === '\n') start++;
    const raw = received.slice(start);
    if (raw === '') return;
    try {
      const verdict = judge(raw, this.#rules);
      if (verdict.action === 'drop') {
        this.#observe({ type: 'dropped', reason: verdict.reason });
        return;
      }
      if (verdict.action === 'refuse') {
        this.#refuse(raw, verdict);
        return;
      }
      const readable = withSipAddresses(raw);
      const message = readMessage(readable);
      if (message) this.#hand(raw, readable, message);
      else this.#refuse(raw, { status: 400, reason: 'Bad Request', extraHeaders: [] });
    } catch (error) {
      this.#observe({ type: 'failed', error });
    }
  }

  #hand(raw: string, readable: string, message: ReadMessage): void {
    const head = readHead(raw);
    const key = transactionKey(head);
    const request = !head.startLine.startsWith('SIP/');
    const rings = head.startLine.startsWith('INVITE ') && !inDialog(head) && !this.#unanswered.has(key);
    if (rings && this.#unanswered.size >= this.#rules.unansweredInvites) {
      this.#refuse(raw, { status: 486, reason: 'Busy Here', extraHeaders: [] });
      return;
    }
    if (rings) this.#unanswered.add(key);
    const handling = { key, status: 0 };
    this.#handling = handling;
    try {
      this.onMessage?.(readable, message);
    } catch (error) {
      this.#observe({ type: 'failed', error });
      if (request && handling.status < 200) {
        this.#reply(raw, { status: 500, reason: 'Server Internal Error', extraHeaders: [] });
      }
    } finally {
      this.#handling = undefined;
      // What was not even acknowledged does not ring, and will never be answered.
      if (rings && handling.status === 0) this.#unanswered.delete(key);
    }
  }

  #refuse(raw: string, refusal: Omit<Refusal, 'action'>): void {
    const { status, reason } = refusal;
    if (this.#reply(raw, refusal)) this.#observe({ type: 'refused', status, reason });
    else this.#observe({ type: 'dropped', reason: `${status} ${reason}` });
  }

  #reply(raw: string, refusal: Omit<Refusal, 'action'>): boolean {
    const response = answer(raw, refusal);
    if (response === undefined) return false;
    // The connection may go at any time; a refusal that does not arrive is asked for again.
    this.send(response).catch(() => undefined);
    return true;
  }
}

/** The same in a request and in our responses to it, and different for each transaction. */
function transactionKey(head: MessageHead): string {
  return ['via', 'call-id', 'cseq'].map((name) => valuesOf(head, name)[0] ?? '').join('\n');
}

function isInvite(head: MessageHead): boolean {
  return /\sINVITE$/.test(valuesOf(head, 'cseq')[0] ?? '');
}

function inDialog(head: MessageHead): boolean {
  return /;\s*tag\s*=/i.test(valuesOf(head, 'to')[0] ?? '');
}
