import type { Clock } from '@multiline/core';
import { Inviter, NameAddrHeader, SessionState, type Referral, type Session } from 'sip.js';
import { Deadlines } from '../deadlines.ts';
import type { Farewells } from '../farewells.ts';
import { headerLines, requestUri } from '../headers.ts';
import type { Leg } from '../leg.ts';

export interface ReferralSetup {
  readonly clock: Clock;
  /** How the target learns that we do not wait for it any more. */
  readonly farewells: Farewells;
  /** A leg on this session; it carries nothing yet. */
  readonly leg: (inviter: Inviter) => Leg;
  /** The target has answered. */
  readonly onAnswered: (leg: Leg, target: NameAddrHeader) => void;
  readonly onFailed: () => void;
}

/** Nobody lets a phone ring longer. */
const RING_MS = 180_000;

/** Where a REFER sends us: a SIP address to call, by INVITE and nothing else. */
function referredTo(referral: Referral): NameAddrHeader | undefined {
  const target: unknown = referral.request.parseHeader('refer-to');
  if (!(target instanceof NameAddrHeader) || !/^sips?$/i.test(target.uri.scheme)) return undefined;
  return /^(INVITE)?$/i.test(target.uri.getParam('method') ?? '') ? target : undefined;
}

/** We are sent on by the other side: calls the target, and tells the other side how it goes (RFC 3515 §2.4.4). */
export class FollowedReferral {
  readonly #referrer: Session;
  readonly #setup: ReferralSetup;
  readonly #deadlines: Deadlines;
  #leg: Leg | undefined;
  #over = false;

  constructor(referrer: Session, setup: ReferralSetup) {
    this.#referrer = referrer;
    this.#setup = setup;
    this.#deadlines = new Deadlines(setup.clock);
  }

  get going(): boolean {
    return this.#leg !== undefined && !this.#over;
  }

  carries(session: Session): boolean {
    return session === this.#leg?.session;
  }

  follow(referral: Referral): void {
    const target = referredTo(referral);
    if (!target) {
      void referral.reject({ statusCode: 416 });
      return;
    }
    void referral.accept();
    const { uri } = target;
    const replaces = [uri.getHeader('replaces')].flat()[0];
    const referrer = `<${this.#referrer.remoteIdentity.uri.toString()}>`;
    const inviter = new Inviter(this.#referrer.userAgent, requestUri(uri), {
      extraHeaders: headerLines({
        'Referred-By': referral.referredBy ?? referrer,
        ...(replaces === undefined ? {} : { Replaces: decodeURIComponent(replaces), Require: 'replaces' }),
      }),
    });
    this.#leg = this.#setup.leg(inviter);
    this.#invite(inviter, this.#leg, target);
  }

  /** We hang up, or the attempt takes too long. */
  cancel(): void {
    const session = this.#leg?.session;
    const open = session?.state === SessionState.Initial || session?.state === SessionState.Establishing;
    if (open && session instanceof Inviter) this.#setup.farewells.cancel(session);
  }

  #invite(inviter: Inviter, leg: Leg, target: NameAddrHeader): void {
    this.#notify(100, 'Trying');
    this.#deadlines.in('ring', RING_MS, () => this.cancel());
    inviter.stateChange.addListener((state) => {
      if (state === SessionState.Established && this.#end(200, 'OK')) this.#setup.onAnswered(leg, target);
      // Whoever knows why speaks first.
      if (state === SessionState.Terminated) queueMicrotask(() => this.#failed(leg, 500, 'Not Answered'));
    });
    inviter
      .invite({
        requestDelegate: {
          onProgress: ({ message }) => this.#notify(message.statusCode ?? 180, message.reasonPhrase ?? ''),
          onRedirect: ({ message }) => this.#failed(leg, message.statusCode ?? 302, message.reasonPhrase ?? ''),
          onReject: ({ message }) => this.#failed(leg, message.statusCode ?? 500, message.reasonPhrase ?? ''),
        },
      })
      .catch(() => this.#failed(leg, 500, 'Not Sent'));
  }

  #failed(leg: Leg, status: number, phrase: string): void {
    if (!this.#end(status, phrase)) return;
    leg.close();
    this.#setup.onFailed();
  }

  #end(status: number, phrase: string): boolean {
    if (this.#over) return false;
    this.#notify(status, phrase);
    this.#over = true;
    this.#deadlines.clear();
    return true;
  }

  #notify(status: number, phrase: string): void {
    const { state, dialog } = this.#referrer;
    if (this.#over || state !== SessionState.Established || !dialog) return;
    const content = `SIP/2.0 ${String(status)} ${phrase}`.trim();
    dialog.notify(undefined, {
      extraHeaders: [
        'Event: refer',
        `Subscription-State: ${status < 200 ? `active;expires=${String(RING_MS / 1000)}` : 'terminated;reason=noresource'}`,
        `Contact: ${this.#referrer.userAgent.contact.toString()}`,
      ],
      body: { contentDisposition: 'render', contentType: 'message/sipfrag', content: `${content}\r\n` },
    });
  }
}
