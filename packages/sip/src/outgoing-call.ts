import { MultiLineError, asError, asFailure, type DialOptions, type EndReason, type Failure } from '@multiline/core';
import { Inviter, SessionState, type Core, type URI, type UserAgent } from 'sip.js';
import { challengesOf, unanswerable } from './authentication/challenge.ts';
import { endingOf, failureOf } from './end-reason.ts';
import { addressText, headerLines, requestUri, targetUri } from './headers.ts';
import { SipCall, type CallSetup } from './sip-call.ts';

/** Nobody lets a phone ring longer. */
const RING_MS = 180_000;
/** How often a call follows a redirection (RFC 3261 §8.1.3.4). */
const REDIRECTIONS = 3;

/** A call we make. */
export class OutgoingCall extends SipCall {
  readonly direction = 'outbound';
  readonly correlation: string;
  readonly #userAgent: UserAgent;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #callerId: DialOptions['callerId'];
  readonly #first: Inviter;
  readonly #visited = new Set<string>();
  #left = false;
  /** The microphone failed before the INVITE had left. */
  #unheard: MultiLineError | undefined;
  #ringing = false;

  constructor(setup: CallSetup, userAgent: UserAgent, target: URI, { headers = {}, callerId }: DialOptions) {
    super(setup, { address: addressText(target) });
    this.#callerId = callerId;
    this.#userAgent = userAgent;
    const named = setup.correlationHeader;
    this.#headers = named === undefined || named in headers ? headers : { ...headers, [named]: this.id };
    this.#first = this.#inviter(target);
    this.correlation = (named === undefined ? undefined : this.#headers[named]) ?? this.#first.request.callId;
  }

  /** Sends the INVITE. Rejects when nothing went out. */
  async start(): Promise<void> {
    try {
      await this.#invite(this.#first);
    } catch (thrown) {
      throw this.#unheard ?? asError(thrown);
    }
    this.deadlines.in('ring', RING_MS, () => {
      if (!this.answered) this.leave(this.leaveUnanswered('no-answer'));
    });
  }

  answer(): Promise<void> {
    return Promise.reject(new MultiLineError('unsupported', { message: 'This call is for the other side to answer.' }));
  }

  decline(): Promise<void> {
    return this.hangUp();
  }

  lost(failure: Failure): void {
    if (this.leg?.established) {
      this.interrupted();
      return;
    }
    this.leaveUnanswered();
    this.end('failed', 'them', failure);
  }

  protected leaveUnanswered(reason: EndReason = 'cancelled'): EndReason {
    const inviter = this.leg?.session;
    const open = inviter?.state === SessionState.Initial || inviter?.state === SessionState.Establishing;
    if (open && inviter instanceof Inviter) this.setup.farewells.cancel(inviter);
    return reason;
  }

  override microphoneFailed(error: MultiLineError): void {
    if (!this.#left) this.#unheard = error;
    super.microphoneFailed(error);
  }

  protected unexplained(): EndReason {
    return 'failed';
  }

  protected override end(reason: EndReason, by: 'us' | 'them', failure?: Failure): void {
    if (this.#left) super.end(reason, by, failure);
    // What never left was never a call: the dial rejects instead.
    else this.vanish();
  }

  #inviter(target: URI): Inviter {
    this.#visited.add(target.toString());
    const extraHeaders = headerLines(this.#headers);
    if (!this.#callerId) return new Inviter(this.#userAgent, target, { extraHeaders });
    const number = targetUri(this.#callerId.number, this.setup.link.uri);
    if (this.#callerId.as === 'from') {
      return new Inviter(this.#userAgent, target, { extraHeaders, params: { fromUri: number } });
    }
    const preferred = `P-Preferred-Identity: <${number.toString()}>`;
    return new Inviter(this.#userAgent, target, { extraHeaders: [...extraHeaders, preferred] });
  }

  async #invite(inviter: Inviter): Promise<void> {
    this.legs.carry(inviter);
    inviter.stateChange.addListener((state) => {
      if (state === SessionState.Establishing) this.#left = true;
      if (state === SessionState.Established && !this.leaving) this.confirmed();
    });
    await inviter.invite({
      requestDelegate: {
        onProgress: ({ message }) => {
          if (message.statusCode === 180 || message.statusCode === 183) this.#progress();
        },
        onRedirect: ({ message }) => {
          this.#redirected(message);
        },
        onReject: ({ message }) => {
          this.#rejected(message);
        },
      },
    });
  }

  #progress(): void {
    if (this.#ringing || this.answered || this.ended) return;
    this.#ringing = true;
    this.emit({ type: 'ringing' });
  }

  #rejected(message: Core.IncomingResponseMessage): void {
    // Our own cancellation is answered by 487.
    if (this.leaving) return;
    const status = message.statusCode ?? 500;
    // SIP.js makes a refusal of its own when the server says nothing, or cannot be reached.
    const { reason, failure } = message.hasHeader('via')
      ? endingOf(status, message.reasonPhrase ?? '')
      : { reason: 'failed' as const, failure: failureOf(status === 408 ? 'timeout' : 'network') };
    const unsupported =
      failure?.code === 'forbidden' ? unanswerable(challengesOf(message), this.#userAgent.configuration) : undefined;
    this.end(reason, 'them', unsupported === undefined ? failure : failureOf('auth-unsupported', unsupported));
  }

  #redirected(message: Core.IncomingResponseMessage): void {
    if (this.leaving || this.ended) return;
    const target = contacts(message).find((uri) => !this.#visited.has(uri.toString()));
    if (!target || this.#visited.size > REDIRECTIONS) {
      this.end('failed', 'them', failureOf('refused', 'The call was redirected in circles.'));
      return;
    }
    this.#invite(this.#inviter(target)).catch((thrown: unknown) => {
      this.end('failed', 'us', asFailure(thrown));
    });
  }
}

/** Where a redirection points: SIP addresses alone. */
function contacts(message: Core.IncomingResponseMessage): URI[] {
  return message
    .getHeaders('contact')
    .map((_contact, index) => (message.parseHeader('contact', index) as { uri?: URI } | undefined)?.uri)
    .filter((uri): uri is URI => uri?.scheme === 'sip' || uri?.scheme === 'sips')
    .map(requestUri);
}
