import type { Core } from 'sip.js';
import { Attendance, type AttendanceOptions, type RegistrationOutcome } from './attendance.ts';

/** The methods we understand, as SIP.js answers them. */
const ALLOWED = 'ACK,CANCEL,INVITE,MESSAGE,BYE,OPTIONS,INFO,NOTIFY,PRACK,REFER,REGISTER,SUBSCRIBE';

/** The binding of our contact at the registrar (RFC 3261 §10.2): one Call-ID, rising CSeq, however often it is renewed. */
export class Registration extends Attendance {
  #expiresS: number;
  #previous: Core.OutgoingRequestMessage | undefined;

  constructor(options: AttendanceOptions) {
    super(options);
    this.#expiresS = options.expiresS;
  }

  unregister(): Promise<RegistrationOutcome> {
    return this.#send(0);
  }

  protected async ask(): Promise<RegistrationOutcome> {
    const outcome = await this.#send(this.#expiresS);
    if (outcome.state !== 'rejected' || outcome.status !== 423 || !outcome.retryAfterS) return outcome;
    this.#expiresS = outcome.retryAfterS;
    return this.#send(this.#expiresS);
  }

  #send(expiresS: number): Promise<RegistrationOutcome> {
    return this.answer(
      (delegate) => this.options.userAgent.userAgentCore.register(this.#message(expiresS), delegate),
      (message) => ({ state: 'registered', expiresS: this.#granted(message, expiresS) }),
    );
  }

  #message(expiresS: number): Core.OutgoingRequestMessage {
    const { userAgent } = this.options;
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
    const { user, host } = this.options.userAgent.contact.uri;
    const own = message.getHeaders('contact').find((contact) => contact.includes(`${user ?? ''}@${host}`));
    const granted = Number(/;\s*expires=(\d+)/i.exec(own ?? '')?.[1] ?? message.getHeader('expires') ?? asked);
    return Number.isFinite(granted) && granted > 0 ? granted : asked;
  }
}
