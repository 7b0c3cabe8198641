/** More than a desk has in a day are forgotten again, the oldest first. */
const MOST = 500;

/** `ringing`: it may still be answered here or elsewhere; `ours`: this phone has or had it; `elsewhere`: it let go of it. */
export type OwnCallState = 'ringing' | 'ours' | 'elsewhere';

/**
 * The calls of this phone by Call-ID, read from the messages that pass: a server that tells of all calls of the user tells of
 * these too.
 */
export class OwnCalls {
  readonly #correlationHeader: string | undefined;
  readonly #calls = new Map<string, { state: OwnCallState; correlation?: string }>();
  readonly #listeners = new Set<() => void>();

  constructor(correlationHeader: string | undefined) {
    this.#correlationHeader = correlationHeader;
  }

  stateOf(callId: string): OwnCallState | undefined {
    return this.#calls.get(callId)?.state;
  }

  /** What everybody who logs the call knows it by, where this phone was told. */
  correlationOf(callId: string): string | undefined {
    return this.#calls.get(callId)?.correlation;
  }

  /** A call that this phone had in another page. */
  claim(callId: string, correlation: string): void {
    this.#set(callId, 'ours', correlation);
  }

  /** Hears that a call became ours or went elsewhere. Answers how to stop. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  message(way: 'sent' | 'got', message: string): void {
    const invited = message.startsWith('INVITE ');
    const status = way === 'sent' ? Number(/^SIP\/2\.0 (\d{3})/.exec(message)?.[1] ?? 0) : 0;
    // 482: the same call has come by another way, and is here.
    if (!invited && (status < 200 || status === 482)) return;
    if (!invited && !/^CSeq *: *\d+ +INVITE\b/im.test(message)) return;
    const callId = /^(?:Call-ID|i) *: *(\S+)/im.exec(message)?.[1];
    if (callId === undefined) return;
    const known = this.#calls.get(callId);
    if (way === 'sent') this.#set(callId, invited || status < 300 ? 'ours' : 'elsewhere');
    else if (!known) this.#set(callId, 'ringing', this.#correlation(message));
  }

  #set(callId: string, state: OwnCallState, told?: string): void {
    const known = this.#calls.get(callId);
    // Refusing a later request of a call is not letting go of it.
    if (known?.state === state || (known?.state === 'ours' && state === 'elsewhere')) return;
    const correlation = known?.correlation ?? told;
    this.#calls.set(callId, { state, ...(correlation && { correlation }) });
    const [oldest] = this.#calls.keys();
    if (this.#calls.size > MOST && oldest !== undefined) this.#calls.delete(oldest);
    for (const listener of [...this.#listeners]) listener();
  }

  #correlation(invite: string): string | undefined {
    const wanted = this.#correlationHeader?.toLowerCase();
    if (wanted === undefined) return undefined;
    const [head = ''] = invite.split('\r\n\r\n', 1);
    const line = head.split('\r\n').find((field) => field.split(':', 1)[0]?.trim().toLowerCase() === wanted);
    return line?.slice(line.indexOf(':') + 1).trim();
  }
}
