import {
  asFailure,
  MultiLineError,
  type AudioLevels,
  type EndReason,
  type LineCall,
  type RemoteParty,
} from '@multiline/core';
import { CarriedCall, type CarrierSetup } from './carried-call.ts';
import type { CallHeaderNames } from './call-headers.ts';
import { sendDigits } from './digits.ts';
import { targetUri } from './headers.ts';
import type { Leg } from './leg.ts';
import type { AudioStats } from './media/audio-stats.ts';
import type { RecordAction, Recorder } from './recorder.ts';

/** What every call of a line shares. */
export interface CallSetup extends CarrierSetup {
  readonly correlationHeader: string | undefined;
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

/** What a user can do with a call in either direction. */
export abstract class SipCall extends CarriedCall implements LineCall {
  /** Absent where the server has no recorder. */
  readonly record?: (action: RecordAction) => Promise<void>;
  protected readonly setup: CallSetup;

  constructor(setup: CallSetup, remote: RemoteParty) {
    super(setup, remote);
    this.setup = setup;
    const { recorder } = setup;
    if (recorder) this.record = (action) => this.#record(recorder, action);
  }

  /** What the phone system knows the call by. */
  protected get knownAs(): string {
    return this.correlation;
  }

  abstract answer(): Promise<void>;
  abstract decline(): Promise<void>;
  /** What a hang-up is called before the answer, and how the wire is told. */
  protected abstract leaveUnanswered(): EndReason;

  mute(muted: boolean): void {
    this.audio.mute(muted);
  }

  async hold(held: boolean): Promise<void> {
    await this.#carrier().renegotiation.hold(held);
  }

  async transfer(target: string): Promise<void> {
    const parts = await this.setup.phoneSystem();
    const referTo = parts.referTo(targetUri(target, this.setup.link.uri));
    await this.handovers.transfer(parts, this.#carrier(), referTo);
  }

  async transferTo(other: LineCall): Promise<void> {
    if (!(other instanceof SipCall)) throw new MultiLineError('unsupported');
    const parts = await this.setup.phoneSystem();
    const referTo = parts.referToReplacing(other.#carrier().session, other.remote.address);
    await this.handovers.transfer(parts, this.#carrier(), referTo, {
      handovers: other.handovers,
      leave: () => {
        if (!other.ended && !other.leaving) other.bye('transferred');
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
    if (!this.ended) this.emit({ type: 'speaking', speaking });
  }

  watchLevels(listener: (levels: AudioLevels) => void): () => void {
    return this.audio.watchLevels(listener);
  }

  async sendDigits(digits: string): Promise<void> {
    await sendDigits(digits, {
      session: this.answered && !this.ended ? this.leg?.session : undefined,
      audio: this.leg?.media,
      clock: this.setup.clock,
    });
    this.emit({ type: 'digits-sent', digits });
  }

  hangUp(): Promise<void> {
    if (this.ended || this.leaving) return Promise.resolve();
    if (this.leg?.established) this.bye('completed');
    else this.leave(this.leaveUnanswered());
    return Promise.resolve();
  }

  /** The microphone failed after the call had left, or was taken away in it: then another may take its place. */
  microphoneFailed(error: MultiLineError): void {
    if (this.ended || this.leaving) return;
    if (this.leg?.established) {
      void this.audio.findMicrophone();
      return;
    }
    this.leaveUnanswered();
    this.end('failed', 'us', asFailure(error));
  }

  /** What has flowed, for tests and self-checks. */
  async stats(): Promise<AudioStats | undefined> {
    return this.leg?.media.stats();
  }

  protected override taken(leg: Leg, before: Leg | undefined, party: RemoteParty | undefined): void {
    super.taken(leg, before, party);
    this.setup.onTaken(this);
  }

  protected override vanish(): void {
    super.vanish();
    this.setup.onEnded(this);
  }

  async #record(recorder: Recorder, action: RecordAction): Promise<void> {
    const { session } = this.#carrier();
    const recording = await recorder({ knownAs: this.knownAs, session }, action);
    if (!this.ended) this.emit({ type: 'recording', ...recording });
  }

  /** @throws MultiLineError `no-such-call` when nobody talks here */
  #carrier(): Leg {
    if (!this.leg || !this.talking) throw new MultiLineError('no-such-call');
    return this.leg;
  }
}
