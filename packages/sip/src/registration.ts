import type { Clock } from '@multiline/core';
import type { Core, UserAgent } from 'sip.js';

/** What a registrar answered, or that it did not. */
export type RegistrationOutcome =
  | { readonly state: 'registered'; readonly expiresS: number }
  | { readonly state: 'rejected'; readonly status: number; readonly reason: string; readonly retryAfterS?: number }
  | { readonly state: 'silent' };

export interface RegistrationOptions {
  readonly userAgent: UserAgent;
  readonly expiresS: number;
  /** How long an answer may take. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/** The methods we understand, as SIP.js answers them. */
const ALLOWED = 'ACK,CANCEL,INVITE,MESSAGE,BYE,OPTIONS,INFO,NOTIFY,PRACK,REFER,REGISTER,SUBSCRIBE';

/** The binding of our contact at the registrar (RFC 3261 §10.2): one Call-ID, rising CSeq, however often it is renewed. */
export class Registration {
  readonly #options: RegistrationOptions;
  #expiresS: number;
  #previous: Core.OutgoingRequestMessage | undefined;

  constructor(options: RegistrationOptions) {
    this.#options = options;
    this.#expiresS = options.expiresS;
  }

  /** Registers or renews. Never rejects. */
  async register(): Promise<RegistrationOutcome> {
    const outcome = await this.#send(this.#expiresS);
    if (outcome.state !== 'rejected' || outcome.status !== 423 || !outcome.retryAfterS) return outcome;
    this.#expiresS = outcome.retryAfterS;
    return this.#send(this.#expiresS);
  }

  unregister(): Promise<RegistrationOutcome> {
    return this.#send(0);
  }

  #send(expiresS: number): Promise<RegistrationOutcome> {
    const { userAgent, clock, timeoutMs } = this.#options;
    return new Promise((resolve) => {
      const cancel = clock.at(clock.now() + timeoutMs, () => {
        resolve({ state: 'silent' });
      });
      const settle = (outcome: RegistrationOutcome): void => {
        cancel();
        resolve(outcome);
      };
      userAgent.userAgentCore.register(this.#message(expiresS), {
        onAccept: ({ message }) => {
          settle({ state: 'registered', expiresS: this.#granted(message, expiresS) });
        },
        onRedirect: ({ message }) => {
          settle(rejection(message));
        },
        onReject: ({ message }) => {
          settle(rejection(message));
        },
      });
    });
  }

  #message(expiresS: number): Core.OutgoingRequestMessage {
    const { userAgent } = this.#options;
    const { aor } = userAgent.userAgentCore.configuration;
    const registrar = aor.clone();
    registrar.user = undefined;
    const contact = userAgent.contact.toString({ register: true });
    // No reg-id: a registrar may then insist on RFC 5626 at every hop before it.
    const instance = `;+sip.instance="<urn:uuid:${userAgent.instanceId}>"`;
    const headers = [`Contact: ${contact}${instance};expires=${String(expiresS)}`, `Allow: ${ALLOWED}`];
    const before = this.#previous;
    const options = before ? { callId: before.callId, fromTag: before.fromTag, cseq: before.cseq + 1 } : {};
    this.#previous = userAgent.userAgentCore.makeOutgoingRequestMessage(
      'REGISTER',
      registrar,
      aor,
      aor,
      options,
      headers,
    );
    return this.#previous;
  }

  /** The expiry of our own contact, as the registrar granted it (RFC 3261 §10.2.4). */
  #granted(message: Core.IncomingResponseMessage, asked: number): number {
    const { user, host } = this.#options.userAgent.contact.uri;
    const own = message.getHeaders('contact').find((contact) => contact.includes(`${user ?? ''}@${host}`));
    const granted = Number(/;\s*expires=(\d+)/i.exec(own ?? '')?.[1] ?? message.getHeader('expires') ?? asked);
    return Number.isFinite(granted) && granted > 0 ? granted : asked;
  }
}

/** A response other than 2xx as an outcome. */
export function rejection(message: Core.IncomingResponseMessage): RegistrationOutcome {
  const status = message.statusCode ?? 500;
  const seconds = Number.parseInt(message.getHeader(status === 423 ? 'min-expires' : 'retry-after') ?? '', 10);
  const retryAfterS = seconds > 0 ? seconds : undefined;
  return {
    state: 'rejected',
    status,
    reason: message.reasonPhrase ?? '',
    ...(retryAfterS === undefined ? {} : { retryAfterS }),
  };
}
