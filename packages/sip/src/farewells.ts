import { SessionState, type Core, type Invitation, type Inviter, type Session } from 'sip.js';
import type { AccountLink } from './account-link.ts';
import type { KeptFarewells } from './kept-farewells.ts';
import type { PhoneSystemLoader } from './on-demand.ts';

/** How an INVITE is refused. */
export interface InviteRefusal {
  readonly statusCode: number;
  readonly extraHeaders?: string[];
}

/** What nobody is known to have heard. */
interface Unheard {
  /** When it was said first (epoch ms). */
  readonly since: number;
  /** What takes the call back in another page. */
  readonly token: string;
  readonly refusal: InviteRefusal | undefined;
  /** Whose answer we do not hear, went over a connection: how often the server had been lost by then. */
  readonly losses: number | undefined;
}

/** Servers that watch over their calls have let go of one by then (RFC 4028 §4: the session interval). */
const LATEST_MS = 1_800_000;
/** Nobody lets a phone ring longer than three minutes: a refusal counts as said this long ago already. */
const RANG_MS = LATEST_MS - 180_000;
/** The caller may be offered to us anew, and may get through. */
const AWAY = 480;

/**
 * How calls end at the other side: by BYE, CANCEL or a refusal. What may have gone to a connection that was no more is said again
 * when the server takes us, or somebody would wait there for a call that is over. A BYE, and a refusal that certainly nobody has
 * heard, are said even by the page after this one.
 */
export class Farewells {
  readonly #link: AccountLink;
  readonly #phoneSystem: PhoneSystemLoader;
  readonly #kept: KeptFarewells;
  readonly #unheard = new Map<Session, Unheard>();
  #losses = 0;

  constructor(link: AccountLink, phoneSystem: PhoneSystemLoader, kept: KeptFarewells) {
    this.#link = link;
    this.#phoneSystem = phoneSystem;
    this.#kept = kept;
  }

  /**
   * Ends an established session; `over` when that is answered, or could not be sent.
   * @param token what takes the call back in another page, which ends it instead
   */
  bye(session: Session, token = '', over?: () => void): void {
    this.#owe(session, { token });
    session.bye({ requestDelegate: this.#delegate(session, over) }).catch(() => {
      // It was over already.
      this.#heard(session);
      over?.();
    });
  }

  /** Takes an INVITE back. */
  cancel(inviter: Inviter): void {
    this.#owe(inviter);
    inviter.stateChange.addListener((state) => {
      if (state === SessionState.Terminated) this.#heard(inviter);
    });
    inviter.cancel().catch(() => undefined);
  }

  /** Ends a call that another page had and that could not be taken back: its other side would be in it with nobody. */
  abandon(token: string): void {
    this.#kept.keep(token, this.#link.clock.now());
    this.again();
  }

  /** SIP.js ends a session by itself that another has replaced. */
  replaced(session: Session): void {
    this.#owe(session, { unanswered: true });
  }

  /** Refuses an INVITE. Where the server is known to be away, the next page does so too. */
  refuse(invitation: Invitation, refusal: InviteRefusal): void {
    const { callId, data: invite } = invitation.request;
    const since = this.#link.clock.now();
    const kept = !this.#link.connected && refusal.statusCode !== AWAY;
    const token = kept ? JSON.stringify({ refused: callId, invite, since, ...refusal }) : '';
    this.#owe(invitation, { token, refusal, unanswered: true });
    invitation.reject(refusal).catch(() => undefined);
  }

  /** How a call was refused lately that the server may offer anew, as it has not heard of that. */
  refusalOf(callId: string): InviteRefusal | undefined {
    const begin = `{"refused":${JSON.stringify(callId)},`;
    for (const [token, since] of this.#kept.all())
      if (token.startsWith(begin) && !this.#late(since)) return JSON.parse(token) as InviteRefusal;
    return undefined;
  }

  /** The server is gone. */
  lost(): void {
    this.#losses++;
  }

  /** The server has taken us. */
  again(): void {
    const kept = this.#kept.all();
    if (this.#unheard.size + kept.size === 0) return;
    this.#phoneSystem().then(
      ({ sayAgain, sayOwed }) => {
        const { userAgent } = this.#link;
        if (!userAgent) return;
        for (const [session, { since, token, refusal, losses }] of this.#unheard) {
          // What its user agent cannot say any more, the next one says as another page would.
          if (session.userAgent !== userAgent) this.#unheard.delete(session);
          else {
            kept.delete(token);
            // A server that hears us over the same connection has heard that before.
            if (this.#late(since) || losses === this.#losses) this.#heard(session);
            else sayAgain(session, this.#delegate(session), refusal);
          }
        }
        for (const [token, since] of kept) {
          const heard = (): void => this.#kept.forget(token);
          if (this.#late(since) || !sayOwed(token, this.#link, answered(heard))) heard();
        }
      },
      // There will be another registration.
      () => undefined,
    );
  }

  #owe(session: Session, how: { token?: string; refusal?: InviteRefusal; unanswered?: boolean } = {}): void {
    const { clock, connected } = this.#link;
    const { token = '', refusal, unanswered } = how;
    const losses = unanswered && connected ? this.#losses : undefined;
    const since = clock.now() - (refusal ? RANG_MS : 0);
    this.#unheard.set(session, { since, token, refusal, losses });
    this.#kept.keep(token, since);
  }

  #late(since: number): boolean {
    return this.#link.clock.now() > since + LATEST_MS;
  }

  #heard(session: Session): void {
    this.#kept.forget(this.#unheard.get(session)?.token ?? '');
    this.#unheard.delete(session);
  }

  #delegate(session: Session, over?: () => void): Core.OutgoingRequestDelegate {
    return answered(() => this.#heard(session), over);
  }
}

function answered(heard: () => void, over?: () => void): Core.OutgoingRequestDelegate {
  const whatever = ({ message }: Core.IncomingResponse): void => {
    // SIP.js makes an answer of its own, without a Via, to what could not be sent.
    if (message.hasHeader('via')) heard();
    over?.();
  };
  return { onAccept: whatever, onRedirect: whatever, onReject: whatever };
}
