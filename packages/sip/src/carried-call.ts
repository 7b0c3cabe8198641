import { asFailure, type EndReason, type Failure, type RemoteParty } from '@multiline/core';
import { SessionState, type Invitation, type Session } from 'sip.js';
import { CallAudio } from './call-audio.ts';
import { CallPath } from './call-path.ts';
import type { Farewells } from './farewells.ts';
import type { Leg, LegEvents, LegSetup } from './leg.ts';
import { Legs } from './legs.ts';
import { LivingCall } from './living-call.ts';
import type { SessionMedia } from './media/session-media.ts';
import type { PhoneSystemLoader } from './on-demand.ts';
import { tokenOf } from './resume/token.ts';
import { Handovers } from './transfer/handovers.ts';

export interface CarrierSetup extends LegSetup {
  /** Whether the other side of a call may send us on. */
  readonly followReferrals: boolean;
  readonly farewells: Farewells;
  /** Brings what is asked for after the answer. */
  readonly phoneSystem: PhoneSystemLoader;
}

/** A call with what carries it: SIP sessions, one after the other, their audio, and the ways of both. */
export abstract class CarriedCall extends LivingCall {
  abstract readonly correlation: string;
  abstract readonly direction: 'inbound' | 'outbound';
  /** What the audio devices are used for. */
  readonly audio: CallAudio;
  protected readonly legs: Legs;
  protected readonly handovers: Handovers;
  readonly #path: CallPath;
  readonly #farewells: Farewells;
  readonly #connected: () => boolean;
  #remote: RemoteParty;
  #token = '';

  /** @param remote who the other side is at first */
  constructor(setup: CarrierSetup, remote: RemoteParty) {
    const { clock, farewells, link, phoneSystem } = setup;
    super(clock);
    this.#connected = () => link.connected;
    this.#farewells = farewells;
    this.#remote = remote;
    this.audio = new CallAudio(clock, phoneSystem, (signal) => this.emit(signal));
    this.#path = new CallPath({
      clock,
      deadlines: this.deadlines,
      caller: () => this.direction === 'outbound',
      leg: () => this.leg,
      talking: () => this.talking,
      link,
      onFlow: (flowing) => {
        this.#measure();
        this.emit({ type: 'media', flowing });
      },
      onSilence: () => this.bye('interrupted'),
    });
    this.legs = new Legs({
      setup,
      deadlines: this.deadlines,
      audio: this.audio,
      events: (leg) => this.#events(leg),
      over: () => this.ended || this.leaving !== undefined,
      onTaken: (leg, before, party) => this.taken(leg, before, party),
    });
    this.handovers = new Handovers({
      clock,
      farewells,
      phoneSystem,
      uri: link.uri,
      follow: setup.followReferrals,
      emit: (signal) => this.emit(signal),
      onTransferred: () => this.bye('transferred'),
      leg: (inviter) => this.legs.make(inviter),
      onTaken: (leg, party) => this.legs.take(leg, party),
      onAbandoned: () => this.end('completed', 'them'),
    });
  }

  /** The other side as it is now: somebody else may have taken its place. */
  get remote(): RemoteParty {
    return this.#remote;
  }

  /** What carries its audio now. */
  get media(): SessionMedia | undefined {
    return this.leg?.media;
  }

  /** The session that carries it now. */
  protected get leg(): Leg | undefined {
    return this.legs.current;
  }

  protected get reachable(): boolean {
    return this.leg !== undefined && this.leg.session.state !== SessionState.Terminated && this.#connected();
  }

  /** The server is gone. */
  abstract lost(failure: Failure): void;

  /** The server knows where we are, again. */
  recovered(): void {
    this.#path.recovered();
  }

  /** The network has changed. */
  moved(): void {
    if (this.leg?.established) this.#path.moved();
  }

  /** The other side comes another way, or has sent somebody in its place: the call goes on without ringing. */
  async replace(invitation: Invitation, by: 'peer' | 'party'): Promise<void> {
    await this.legs.replace(invitation, by);
  }

  carries(session: Session): boolean {
    return session === this.leg?.session || this.handovers.carries(session);
  }

  /** How an unanswered call ended that SIP.js has ended without a word. */
  protected abstract unexplained(): EndReason;

  protected override confirmed(): boolean {
    if (!super.confirmed()) return false;
    this.audio.play(true);
    this.emit({ type: 'answered' });
    this.leg?.look();
    if (this.leg?.renegotiation.held) this.#held('us', true);
    this.#resumable();
    this.#measure();
    this.#path.begin();
    return true;
  }

  /** The way to the server is gone, and the call goes on. */
  protected interrupted(): void {
    this.#path.cut();
  }

  protected bye(reason: EndReason): void {
    if (this.leg) this.#farewells.bye(this.leg.session, this.#token, () => this.end(reason, 'us'));
    this.leave(reason);
  }

  protected release(): void {
    this.audio.close();
    this.handovers.close();
    this.leg?.renegotiation.close();
  }

  /** Another session carries it. */
  protected taken(leg: Leg, before: Leg | undefined, party: RemoteParty | undefined): void {
    this.#path.anew();
    this.#measure();
    if (before?.renegotiation.held && !leg.renegotiation.held) this.emit({ type: 'held', by: 'us', held: false });
    if (before?.heldByThem) this.emit({ type: 'held', by: 'them', held: false });
    if (party) this.#meet(party);
    leg.look(true);
    this.#resumable();
  }

  /** The other side is somebody else, or goes by another name. */
  #meet(party: RemoteParty): void {
    this.#remote = party;
    this.emit({ type: 'party-changed', remote: party });
  }

  #events(leg: () => Leg): LegEvents {
    const whenCarrying =
      <Heard extends unknown[]>(act: (...heard: Heard) => void) =>
      (...heard: Heard): void => {
        if (leg() === this.leg && !this.ended) act(...heard);
      };
    return {
      bye: whenCarrying(() => {
        if (this.leaving) {
          this.end(this.leaving, 'us');
          return;
        }
        if (this.handovers.abandoned()) return;
        this.confirmed();
        this.end(this.handovers.parting, 'them');
      }),
      terminated: whenCarrying(() => this.#terminated()),
      gone: whenCarrying(() => this.end('interrupted', 'them')),
      held: whenCarrying((by, held) => this.#held(by, held)),
      digits: whenCarrying((digits) => this.emit({ type: 'digits-received', digits })),
      flow: whenCarrying((flowing) => this.#path.changed(flowing)),
      taken: whenCarrying((restarted) => {
        this.#path.taken();
        if (restarted) this.#path.renewed();
        this.#resumable();
      }),
      refreshed: whenCarrying((restarted) => {
        if (restarted) this.#path.renewed();
        this.#resumable();
      }),
      party: whenCarrying((party) => this.#meet(party)),
      referred: (referral) => this.handovers.referred(leg(), referral, leg() === this.leg && this.talking),
      notified: (notification) => this.handovers.notified(notification),
    };
  }

  #held(by: 'us' | 'them', held: boolean): void {
    if (this.leaving) return;
    // Whoever waits for us is not heard either; whoever lets us wait may play music.
    if (by === 'us') this.audio.play(!held);
    this.#measure();
    this.emit({ type: 'held', by, held });
    this.#resumable();
  }

  /** Silence is nothing to warn of while somebody waits. */
  #measure(): void {
    const waits = this.leg?.renegotiation.held === true || this.leg?.heldByThem === true;
    this.audio.measure(this.answered && this.#path.flowing && !waits);
  }

  /** Says what takes this call back in another page, when it has changed. */
  #resumable(): void {
    if (!this.leg || !this.talking) return;
    const { correlation, direction, remote } = this;
    const token = tokenOf(this.leg.session, { correlation, direction, remote, held: this.leg.renegotiation.held });
    if (token === this.#token) return;
    this.#token = token;
    this.emit({ type: 'resumable', token });
  }

  #terminated(): void {
    // The BYE is out; its answer or the deadline ends the call.
    if (this.leaving && this.answered) return;
    if (this.leaving) this.end(this.leaving, 'us');
    else if (this.answered) this.end('interrupted', 'them');
    else {
      const refused = this.leg?.media.refused;
      this.end(this.unexplained(), 'them', refused && asFailure(refused));
    }
  }
}
