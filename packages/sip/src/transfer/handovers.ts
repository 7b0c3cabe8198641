import { MultiLineError, type Clock, type EndReason, type LineSignal, type RemoteParty } from '@multiline/core';
import type { Inviter, NameAddrHeader, Notification, Referral, Session, URI } from 'sip.js';
import type { Farewells } from '../farewells.ts';
import { remoteParty } from '../headers.ts';
import type { Leg } from '../leg.ts';
import type { PhoneSystem, PhoneSystemLoader } from '../on-demand.ts';
import type { FollowedReferral } from './referral.ts';
import type { Transfer } from './transfer.ts';

export interface HandoversSetup {
  readonly clock: Clock;
  readonly farewells: Farewells;
  readonly phoneSystem: PhoneSystemLoader;
  /** Who sends others on. */
  readonly uri: URI;
  /** Whether the other side may send us on. */
  readonly follow: boolean;
  readonly emit: (signal: LineSignal) => void;
  /** We leave, as the other side has gone to somebody else. */
  readonly onTransferred: () => void;
  readonly leg: (inviter: Inviter) => Leg;
  /** Somebody else is the other side from now on. */
  readonly onTaken: (leg: Leg, remote: RemoteParty) => void;
  /** The other side had hung up already, and where it sent us nobody is. */
  readonly onAbandoned: () => void;
}

/** How a call passes from one party to another: we send the other side on, or it sends us. */
export class Handovers {
  readonly #setup: HandoversSetup;
  #transfer: Transfer | undefined;
  /** A transfer of another call whose other side is to take this one over. */
  #successor: Transfer | undefined;
  #referral: FollowedReferral | undefined;
  /** We are being sent on by what is on its way yet. */
  #following = false;
  #abandoned = false;
  #closed = false;

  constructor(setup: HandoversSetup) {
    this.#setup = setup;
  }

  /** What it means that the other side hangs up now. */
  get parting(): EndReason {
    const taken = this.#successor !== undefined && (this.#successor.going || this.#successor.gone);
    return taken || this.#transfer?.gone ? 'transferred' : 'completed';
  }

  carries(session: Session): boolean {
    return this.#referral?.carries(session) ?? false;
  }

  /** Sends the other side of this leg on; `other` is the call whose other side it shall reach, if any. */
  async transfer(
    { Transfer }: PhoneSystem,
    leg: Leg,
    target: string,
    other?: { handovers: Handovers; leave: () => void },
  ): Promise<void> {
    if (this.#going) {
      throw new MultiLineError('refused', { message: 'This call is being transferred already.' });
    }
    const { clock, emit, onTransferred, uri } = this.#setup;
    const transfer = new Transfer(leg.session, clock, {
      progressed: (state) => emit({ type: 'transfer', state }),
      done: () => {
        onTransferred();
        other?.leave();
      },
      failed: (failure) => emit({ type: 'transfer', state: 'failed', failure }),
    });
    this.#transfer = transfer;
    if (other) other.handovers.#successor = transfer;
    await transfer.ask(target, uri);
  }

  notified(notification: Notification): void {
    if (!this.#transfer?.notified(notification)) void notification.reject({ statusCode: 481 });
  }

  /** The other side sends us on. */
  referred(leg: Leg, referral: Referral, talking: boolean): void {
    if (!this.#setup.follow || !talking || this.#going) {
      void referral.reject({ statusCode: 603 });
      return;
    }
    this.#abandoned = false;
    this.#following = true;
    this.#setup
      .phoneSystem()
      .then((parts) => this.#follow(parts, leg, referral))
      .catch(() => this.#stay(referral, 500));
  }

  /** The other side has hung up. @returns whether the call goes on for a while, on its way to somebody else */
  abandoned(): boolean {
    if (!this.#following && !this.#referral?.going) return false;
    this.#abandoned = true;
    return true;
  }

  /** The call is over. */
  close(): void {
    this.#closed = true;
    this.#transfer?.close();
    this.#referral?.cancel();
  }

  get #going(): boolean {
    return this.#following || (this.#referral?.going ?? false) || (this.#transfer?.going ?? false);
  }

  #follow({ FollowedReferral }: PhoneSystem, leg: Leg, referral: Referral): void {
    if (this.#closed) {
      this.#stay(referral, 603);
      return;
    }
    this.#following = false;
    const following = new FollowedReferral(leg.session, {
      ...this.#setup,
      onAnswered: (next, target) => this.#setup.onTaken(next, referredParty(next.session, target)),
      onFailed: () => {
        if (this.#abandoned) this.#setup.onAbandoned();
      },
    });
    this.#referral = following;
    following.follow(referral);
  }

  #stay(referral: Referral, statusCode: number): void {
    this.#following = false;
    try {
      void referral.reject({ statusCode });
    } catch {
      // It was accepted already, before it could not be followed after all.
    }
    if (this.#abandoned) this.#setup.onAbandoned();
  }
}

/** Whom we were sent to: where the address is a phone's own name, the name beside it says more ({@link referToReplacing}). */
function referredParty({ assertedIdentity }: Session, target: NameAddrHeader): RemoteParty {
  const { address, name } = remoteParty(assertedIdentity ?? target);
  const number = assertedIdentity === undefined && target.uri.getHeader('replaces') !== undefined && name !== undefined;
  return number && /^[+\w*#.-]+$/.test(name) ? { address: name } : { address, ...(name === undefined ? {} : { name }) };
}
