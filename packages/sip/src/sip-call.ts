import {
  asFailure,
  MultiLineError,
  type AudioLevels,
  type EndReason,
  type Failure,
  type LineCall,
  type LineSignal,
  type RemoteParty,
} from '@multiline/core';
import { SessionState, type Invitation, type Session } from 'sip.js';
import { CallAudio } from './call-audio.ts';
import { CallPath } from './call-path.ts';
import type { CallHeaderNames } from './call-headers.ts';
import { Deadlines } from './deadlines.ts';
import { sendDigits } from './digits.ts';
import { targetUri } from './headers.ts';
import type { Leg, LegEvents, LegSetup } from './leg.ts';
import { Legs } from './legs.ts';
import type { PhoneSystemLoader } from './on-demand.ts';
import type { RecordAction, Recorder } from './recorder.ts';
import { SignalLog } from './signal-log.ts';
import type { AudioStats } from './media/audio-stats.ts';
import type { SessionMedia } from './media/session-media.ts';
import { Handovers } from './transfer/handovers.ts';
import { tokenOf } from './resume/token.ts';
import { uuid } from './uuid.ts';

/** What every call of a line shares. */
export interface CallSetup extends LegSetup {
  readonly correlationHeader: string | undefined;
  /** Whether the other side of a call may send us on. */
  readonly followReferrals: boolean;
  /** Where an invitation tells more about its call. */
  readonly headers: CallHeaderNames | undefined;
  /** The server's recorder, where there is one. */
  readonly recorder: Recorder | undefined;
  /** Brings what is asked for after the answer. */
  readonly phoneSystem: PhoneSystemLoader;
  /** In a conference the others are not to hear this call, or to again. */
  readonly silence: (call: SipCall, silenced: boolean) => void;
  /** Another session carries it. */
  readonly onTaken: (call: SipCall) => void;
  readonly onEnded: (call: SipCall) => void;
}

/** How long the other side has to confirm that a call is over; "Call ended" shows within two seconds whatever happens. */
const LEAVE_MS = 1_500;

/** What both directions of a call have in common: signals, audio, and everything after the answer. */
export abstract class SipCall implements LineCall {
  readonly id: string = uuid();
  /** Resolves when it has ended. */
  readonly over: Promise<void>;
  abstract readonly correlation: string;
  abstract readonly direction: 'inbound' | 'outbound';
  abstract readonly remote: RemoteParty;
  /** Absent where the server has no recorder. */
  readonly record?: (action: RecordAction) => Promise<void>;
  protected readonly setup: CallSetup;
  protected readonly deadlines: Deadlines;
  protected readonly legs: Legs;
  /** What the audio devices are used for. */
  readonly audio: CallAudio;
  readonly #handovers: Handovers;
  readonly #path: CallPath;
  readonly #signals = new SignalLog();
  #answered = false;
  #ended = false;
  #leaving: EndReason | undefined;
  /** Who has taken the place of {@link remote}. */
  #party: RemoteParty | undefined;
  #token = '';
  #over: (() => void) | undefined;

  constructor(setup: CallSetup) {
    this.setup = setup;
    this.deadlines = new Deadlines(setup.clock);
    this.over = new Promise((resolve) => (this.#over = resolve));
    this.audio = new CallAudio(setup.clock, setup.phoneSystem, (signal) => this.emit(signal));
    const { recorder } = setup;
    if (recorder) this.record = (action) => this.#record(recorder, action);
    this.#path = new CallPath({
      clock: setup.clock,
      deadlines: this.deadlines,
      caller: () => this.direction === 'outbound',
      leg: () => this.leg,
      talking: () => this.#answered && !this.#ended && !this.leaving,
      link: setup.link,
      onFlow: (flowing) => {
        this.#measure();
        this.emit({ type: 'media', flowing });
      },
      onSilence: () => this.#bye('interrupted'),
    });
    this.legs = new Legs({
      setup,
      deadlines: this.deadlines,
      audio: this.audio,
      events: (leg) => this.#events(leg),
      over: () => this.#ended || this.leaving,
      onTaken: (leg, before, remote) => this.#taken(leg, before, remote),
    });
    this.#handovers = new Handovers({
      clock: setup.clock,
      phoneSystem: setup.phoneSystem,
      uri: setup.link.uri,
      follow: setup.followReferrals,
      emit: (signal) => this.emit(signal),
      onTransferred: () => this.#bye('transferred'),
      leg: (inviter) => this.legs.make(inviter),
      onTaken: (leg, remote) => this.legs.take(leg, remote),
      onAbandoned: () => this.end('completed', 'them'),
    });
  }

  abstract answer(): Promise<void>;
  abstract decline(): Promise<void>;
  /** The server is gone. */
  abstract lost(failure: Failure): void;
  /** What a hang-up is called before the answer, and how the wire is told. */
  protected abstract leaveUnanswered(): EndReason;

  /** How an unanswered call ended that SIP.js has ended without a word. */
  protected abstract unexplained(): EndReason;

  get ended(): boolean {
    return this.#ended;
  }

  get answered(): boolean {
    return this.#answered;
  }

  /** What carries its audio now. */
  get media(): SessionMedia | undefined {
    return this.leg?.media;
  }

  /** The session that carries it now. */
  protected get leg(): Leg | undefined {
    return this.legs.current;
  }

  protected get leaving(): boolean {
    return this.#leaving !== undefined;
  }

  listen(listener: (signal: LineSignal) => void): () => void {
    return this.#signals.listen(listener);
  }

  mute(muted: boolean): void {
    this.audio.mute(muted);
  }

  async hold(held: boolean): Promise<void> {
    await this.#talking().renegotiation.hold(held);
  }

  async transfer(target: string): Promise<void> {
    const parts = await this.setup.phoneSystem();
    const referTo = parts.referTo(targetUri(target, this.setup.link.uri));
    await this.#handovers.transfer(parts, this.#talking(), referTo);
  }

  async transferTo(other: LineCall): Promise<void> {
    if (!(other instanceof SipCall)) throw new MultiLineError('unsupported');
    const parts = await this.setup.phoneSystem();
    const referTo = parts.referToReplacing(other.#talking().session, other.remote.address);
    await this.#handovers.transfer(parts, this.#talking(), referTo, {
      handovers: other.#handovers,
      leave: () => {
        if (!other.ended && !other.leaving) other.#bye('transferred');
      },
    });
  }

  silence(silenced: boolean): void {
    this.setup.silence(this, silenced);
  }

  /** In a conference the others do not hear it any more, or again. */
  silenced(silenced: boolean): void {
    this.emit({ type: 'silenced', silenced });
  }

  speaking(speaking: boolean): void {
    if (!this.#ended) this.emit({ type: 'speaking', speaking });
  }

  watchLevels(listener: (levels: AudioLevels) => void): () => void {
    return this.audio.watchLevels(listener);
  }

  async sendDigits(digits: string): Promise<void> {
    await sendDigits(digits, {
      session: this.#answered && !this.#ended ? this.leg?.session : undefined,
      audio: this.leg?.media,
      clock: this.setup.clock,
    });
    this.emit({ type: 'digits-sent', digits });
  }

  hangUp(): Promise<void> {
    if (this.#ended || this.#leaving) return Promise.resolve();
    if (this.leg?.established) this.#bye('completed');
    else this.leave(this.leaveUnanswered());
    return Promise.resolve();
  }

  /** The microphone failed after the call had left, or was taken away in it: then another may take its place. */
  microphoneFailed(error: MultiLineError): void {
    if (this.#ended || this.#leaving) return;
    if (this.leg?.established) {
      void this.audio.findMicrophone();
      return;
    }
    this.leaveUnanswered();
    this.end('failed', 'us', asFailure(error));
  }

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

  /** What has flowed, for tests and self-checks. */
  async stats(): Promise<AudioStats | undefined> {
    return this.leg?.media.stats();
  }

  carries(session: Session): boolean {
    return session === this.leg?.session || this.#handovers.carries(session);
  }

  /** The dialog is confirmed: both may speak. */
  protected confirmed(): void {
    if (this.#answered || this.#ended) return;
    this.#answered = true;
    this.audio.play(true);
    this.emit({ type: 'answered' });
    this.leg?.look();
    this.#resumable();
    this.#measure();
    this.#path.begin();
  }

  /** We go: our audio ends now, the signal follows when the other side has confirmed it, or soon. */
  protected leave(reason: EndReason): void {
    this.#leaving = reason;
    this.#release();
    if (!this.leg || this.leg.session.state === SessionState.Terminated || !this.setup.link.connected) {
      this.end(reason, 'us');
    } else {
      this.deadlines.in('leave', LEAVE_MS, () => {
        this.end(reason, 'us');
      });
    }
  }

  protected end(reason: EndReason, by: 'us' | 'them', failure?: Failure): void {
    if (this.#ended) return;
    this.vanish();
    this.emit({ type: 'ended', reason, by, ...(failure ? { failure } : {}) });
  }

  /** It is over, and nobody hears of it. */
  protected vanish(): void {
    this.#ended = true;
    this.deadlines.clear();
    this.#release();
    this.setup.onEnded(this);
    this.#over?.();
  }

  protected emit(signal: LineSignal): void {
    this.#signals.emit(signal);
  }

  protected interrupted(): void {
    this.#path.cut();
  }

  async #record(recorder: Recorder, action: RecordAction): Promise<void> {
    const { session } = this.#talking();
    const recording = await recorder({ correlation: this.correlation, session }, action);
    if (!this.#ended) this.emit({ type: 'recording', ...recording });
  }

  /** @throws MultiLineError `no-such-call` when nobody talks here */
  #talking(): Leg {
    if (!this.leg || !this.#answered || this.#ended || this.#leaving) throw new MultiLineError('no-such-call');
    return this.leg;
  }

  #events(leg: () => Leg): LegEvents {
    const whenCarrying =
      <Heard extends unknown[]>(act: (...heard: Heard) => void) =>
      (...heard: Heard): void => {
        if (leg() === this.leg && !this.#ended) act(...heard);
      };
    return {
      bye: whenCarrying(() => {
        if (this.#leaving) {
          this.end(this.#leaving, 'us');
          return;
        }
        if (this.#handovers.abandoned()) return;
        this.confirmed();
        this.end(this.#handovers.parting, 'them');
      }),
      terminated: whenCarrying(() => this.#terminated()),
      gone: whenCarrying(() => this.end('interrupted', 'them')),
      held: whenCarrying((by, held) => this.#held(by, held)),
      digits: whenCarrying((digits) => this.emit({ type: 'digits-received', digits })),
      flow: whenCarrying((flowing) => this.#path.changed(flowing)),
      taken: whenCarrying(() => {
        this.#path.taken();
        this.#resumable();
      }),
      refreshed: whenCarrying(() => this.#resumable()),
      referred: (referral) =>
        this.#handovers.referred(leg(), referral, leg() === this.leg && this.#answered && !this.#leaving),
      notified: (notification) => this.#handovers.notified(notification),
    };
  }

  #taken(leg: Leg, before: Leg | undefined, remote: RemoteParty | undefined): void {
    this.#path.anew();
    this.#measure();
    if (before?.renegotiation.held && !leg.renegotiation.held) this.emit({ type: 'held', by: 'us', held: false });
    if (before?.heldByThem) this.emit({ type: 'held', by: 'them', held: false });
    if (remote) this.emit({ type: 'party-changed', remote });
    leg.look(true);
    if (remote) this.#party = remote;
    this.#resumable();
    this.setup.onTaken(this);
  }

  #held(by: 'us' | 'them', held: boolean): void {
    if (this.#leaving) return;
    // Whoever waits for us is not heard either; whoever lets us wait may play music.
    if (by === 'us') this.audio.play(!held);
    this.#measure();
    this.emit({ type: 'held', by, held });
    this.#resumable();
  }

  /** Silence is nothing to warn of while somebody waits. */
  #measure(): void {
    const waits = this.leg?.renegotiation.held === true || this.leg?.heldByThem === true;
    this.audio.measure(this.#answered && this.#path.flowing && !waits);
  }

  /** Says what takes this call back in another page, when it has changed. */
  #resumable(): void {
    if (!this.leg || !this.#answered || this.#leaving || this.#ended) return;
    const { correlation, direction } = this;
    const held = this.leg.renegotiation.held;
    const token = tokenOf(this.leg.session, { correlation, direction, remote: this.#party ?? this.remote, held });
    if (token === this.#token) return;
    this.#token = token;
    this.emit({ type: 'resumable', token });
  }

  #release(): void {
    this.audio.close();
    this.#handovers.close();
    this.leg?.renegotiation.close();
  }

  #bye(reason: EndReason): void {
    const over = (): void => {
      this.end(reason, 'us');
    };
    const sent = this.leg?.session.bye({ requestDelegate: { onAccept: over, onRedirect: over, onReject: over } });
    sent?.catch(over);
    this.leave(reason);
  }

  #terminated(): void {
    // The BYE is out; its answer or the deadline ends the call.
    if (this.#leaving && this.#answered) return;
    if (this.#leaving) this.end(this.#leaving, 'us');
    else this.end(this.#answered ? 'interrupted' : this.unexplained(), 'them');
  }
}
