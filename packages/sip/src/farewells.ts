import type { Clock } from '@multiline/core';
import { SessionState, type Core, type Inviter, type Session, type UserAgent } from 'sip.js';
import type { PhoneSystemLoader } from './on-demand.ts';

/** Servers that watch over their calls have let go of one by then (RFC 4028 §4: the session interval). */
const LATEST_MS = 1_800_000;

/**
 * How calls end at the other side: by BYE or CANCEL. What nobody has answered may have gone to a connection that was no more; it is
 * said again whenever the server takes us, or somebody would wait there in a call that is over.
 */
export class Farewells {
  readonly #clock: Clock;
  readonly #phoneSystem: PhoneSystemLoader;
  /** What nobody has answered, and when it was said first. */
  readonly #unheard = new Map<Session, number>();

  constructor(clock: Clock, phoneSystem: PhoneSystemLoader) {
    this.#clock = clock;
    this.#phoneSystem = phoneSystem;
  }

  /** Ends an established session; `over` when that is answered, or could not be sent. */
  bye(session: Session, over: () => void): void {
    this.#unheard.set(session, this.#clock.now());
    session.bye({ requestDelegate: this.#delegate(session, over) }).catch(() => {
      // It was over already.
      this.#unheard.delete(session);
      over();
    });
  }

  /** Takes an INVITE back. */
  cancel(inviter: Inviter): void {
    this.#unheard.set(inviter, this.#clock.now());
    inviter.stateChange.addListener((state) => {
      if (state === SessionState.Terminated) this.#unheard.delete(inviter);
    });
    void inviter.cancel();
  }

  /** The server has taken us, and this is who speaks to it. */
  again(userAgent: UserAgent | undefined): void {
    if (this.#unheard.size === 0) return;
    this.#phoneSystem().then(
      ({ sayAgain }) => {
        for (const [session, since] of this.#unheard) {
          if (session.userAgent !== userAgent || this.#clock.now() > since + LATEST_MS) this.#unheard.delete(session);
          else sayAgain(session, this.#delegate(session));
        }
      },
      // There will be another registration.
      () => undefined,
    );
  }

  #delegate(session: Session, over?: () => void): Core.OutgoingRequestDelegate {
    const answered = ({ message }: Core.IncomingResponse): void => {
      // SIP.js makes an answer of its own, without a Via, to what could not be sent.
      if (message.hasHeader('via')) this.#unheard.delete(session);
      over?.();
    };
    return { onAccept: answered, onRedirect: answered, onReject: answered };
  }
}
