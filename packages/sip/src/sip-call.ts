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
import { SessionState, type Invitation, type Inviter, type Session, type SessionDelegate } from 'sip.js';
import { CallAudio } from './call-audio.ts';
import type { CallHeaderNames } from './call-headers.ts';
import { Deadlines } from './deadlines.ts';
import { sendDigits } from './digits.ts';
import { Leg, type LegEvents, type LegSetup } from './leg.ts';
import { remoteParty, targetUri } from './headers.ts';
import type { RecordAction, Recorder } from './recorder.ts';
import { SignalLog } from './signal-log.ts';
import type { AudioStats } from './media/audio-stats.ts';
import type { SessionMedia, SessionMediaOptions } from './media/session-media.ts';
import { Handovers } from './transfer/handovers.ts';
import { referTo, referToReplacing } from './transfer/transfer.ts';
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
  /** In a conference the others are not to hear this call, or to again. */
  readonly silence: (call: SipCall, silenced: boolean) => void;
  /** Another session carries it. */
  readonly onTaken: (call: SipCall) => void;
  readonly onEnded: (call: SipCall) => void;
}

/** How long the other side has to confirm that a call is over; "Call ended" shows within two seconds whatever happens. */
const LEAVE_MS = 1_500;
/** A call without audio for this long is over. */
const SILENCE_MS = 30_000;
/** Who has sent us on hangs up; if not by then, we do. */
const PARTING_MS = 2_000;
/** Audio that does not come back by itself within this time takes a new way. */
const STALE_MS = 3_000;

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
  protected leg: Leg | undefined;
  /** What the audio devices are used for. */
  readonly audio: CallAudio;
  readonly #handovers: Handovers;
  readonly #signals = new SignalLog();
  #answered = false;
  #ended = false;
  #flowing = false;
  #leaving: EndReason | undefined;
  #interrupted = false;
  /** Who has taken the place of {@link remote}. */
  #party: RemoteParty | undefined;
  #token = '';
  #over: (() => void) | undefined;

  constructor(setup: CallSetup) {
    this.setup = setup;
    this.deadlines = new Deadlines(setup.clock);
    this.over = new Promise((resolve) => (this.#over = resolve));
    this.audio = new CallAudio(setup.clock, (signal) => this.emit(signal));
    const { recorder } = setup;
    if (recorder) this.record = (action) => this.#record(recorder, action);
    this.#handovers = new Handovers({
      clock: setup.clock,
      uri: setup.link.uri,
      follow: setup.followReferrals,
      emit: (signal) => this.emit(signal),
      onTransferred: () => this.#bye('transferred'),
      leg: (inviter) => this.newLeg(inviter),
      onTaken: (leg, remote) => this.#take(leg, remote),
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
    await this.#handovers.transfer(this.#talking(), referTo(targetUri(target, this.setup.link.uri)));
  }

  async transferTo(other: LineCall): Promise<void> {
    if (!(other instanceof SipCall)) throw new MultiLineError('unsupported');
    const { session } = other.#talking();
    await this.#handovers.transfer(this.#talking(), referToReplacing(session, other.remote.address), {
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

  /** The server knows us again: the other side learns where we are now, and the audio takes a new way. */
  recovered(): void {
    if (this.#interrupted) this.leg?.renegotiation.restart();
  }

  /** The other side comes another way, or has sent somebody in its place: the call goes on without ringing. */
  async replace(invitation: Invitation, by: 'peer' | 'party'): Promise<void> {
    const hold = by === 'peer' && (this.leg?.renegotiation.held ?? false);
    const leg = this.newLeg(invitation);
    const options: SessionMediaOptions = { hold };
    // In that very moment: right after it SIP.js ends the session that carried the call so far.
    invitation.stateChange.addListener((state) => {
      if (state !== SessionState.Established) return;
      leg.renegotiation.begin(hold);
      this.#take(
        leg,
        by === 'party' ? remoteParty(invitation.assertedIdentity ?? invitation.remoteIdentity) : undefined,
      );
    });
    try {
      await invitation.accept({ sessionDescriptionHandlerOptions: options });
    } catch {
      leg.close();
    }
  }

  /** What has flowed, for tests and self-checks. */
  async stats(): Promise<AudioStats | undefined> {
    return this.leg?.media.stats();
  }

  carries(session: Session): boolean {
    return session === this.leg?.session || this.#handovers.carries(session);
  }

  /** A session carries this call from now on. */
  protected carry(session: Inviter | Invitation, delegate: SessionDelegate = {}): Leg {
    const leg = this.newLeg(session, delegate);
    this.adopt(leg);
    return leg;
  }

  protected adopt(leg: Leg): void {
    this.leg = leg;
    this.audio.carry(leg.media);
  }

  /** A leg that carries nothing yet. */
  protected newLeg(session: Inviter | Invitation, delegate: SessionDelegate = {}): Leg {
    const leg: Leg = new Leg(
      session,
      this.setup,
      this.#events(() => leg),
      delegate,
    );
    leg.media.mute(this.audio.muted);
    return leg;
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
    if (!this.#flowing) this.#endOfSilence();
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
    this.#interrupted = true;
    this.leg?.renegotiation.cut();
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
      flow: whenCarrying((flowing) => this.#flow(flowing)),
      taken: whenCarrying(() => {
        this.#interrupted = false;
        this.#resumable();
      }),
      refreshed: whenCarrying(() => this.#resumable()),
      referred: (referral) =>
        this.#handovers.referred(leg(), referral, leg() === this.leg && this.#answered && !this.#leaving),
      notified: (notification) => this.#handovers.notified(notification),
    };
  }

  /**
   * The call goes on with another session.
   * @param remote whoever the other side is now; the same as before where it only comes another way
   */
  #take(leg: Leg, remote?: RemoteParty): void {
    if (this.#ended || this.#leaving) {
      leg.close();
      leg.session.bye().catch(() => undefined);
      return;
    }
    const before = this.leg;
    this.leg = leg;
    this.#flowing = false;
    this.#interrupted = false;
    this.#measure();
    this.audio.carry(leg.media);
    this.audio.play(!leg.renegotiation.held);
    // Its microphone may have failed meanwhile.
    void this.audio.findMicrophone();
    before?.close();
    this.deadlines.in('parting', PARTING_MS, () => {
      if (before?.established) before.session.bye().catch(() => undefined);
    });
    if (before?.renegotiation.held && !leg.renegotiation.held) this.emit({ type: 'held', by: 'us', held: false });
    if (before?.heldByThem) this.emit({ type: 'held', by: 'them', held: false });
    if (remote) this.emit({ type: 'party-changed', remote });
    leg.look(true);
    if (remote) this.#party = remote;
    this.#resumable();
    this.setup.onTaken(this);
    this.#endOfSilence();
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
    this.audio.measure(this.#answered && this.#flowing && !waits);
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

  #flow(flowing: boolean): void {
    this.#flowing = flowing;
    if (!this.#answered || this.#leaving) return;
    this.#measure();
    this.emit({ type: 'media', flowing });
    if (flowing) {
      this.deadlines.forget('silence');
      this.deadlines.forget('stale');
      return;
    }
    this.#endOfSilence();
    // Our own address may have changed. One side is enough; the called waits whether the caller does it.
    this.deadlines.in('stale', this.direction === 'outbound' ? STALE_MS : 2 * STALE_MS, () => {
      this.leg?.renegotiation.restart();
    });
  }

  /** Nobody says BYE when the other side has vanished with its machine. */
  #endOfSilence(): void {
    this.deadlines.in('silence', SILENCE_MS, () => {
      this.#bye('interrupted');
    });
  }
}
