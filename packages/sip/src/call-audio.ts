import type { AudioLevels, Clock, LineSignal } from '@multiline/core';
import { audioStats, type AudioStats } from './media/audio-stats.ts';
import { callMicrophone, type CallMicrophone } from './media/call-microphone.ts';
import type { AudioUser } from './media/devices.ts';
import { playback } from './media/playback.ts';
import type { QualityWatch } from './media/quality.ts';
import type { SessionMedia } from './media/session-media.ts';
import type { PhoneSystem, PhoneSystemLoader } from './on-demand.ts';
import { startedLate } from './started-late.ts';

/** The ears and the mouth of a call, whichever session carries it. */
export class CallAudio implements AudioUser {
  readonly #clock: Clock;
  readonly #microphone: CallMicrophone;
  readonly #load: PhoneSystemLoader;
  readonly #emit: (signal: LineSignal) => void;
  readonly #playback = playback((blocked) => {
    this.#blocked = blocked;
    this.#quality?.block(blocked);
  });
  #quality: QualityWatch | undefined;
  #finish: (() => void) | undefined;
  #measured = false;
  #blocked = false;
  #media: SessionMedia | undefined;
  #muted = false;
  #playing = false;
  #closed = false;

  /** @param emit hears `muted` and `quality` */
  constructor(clock: Clock, load: PhoneSystemLoader, emit: (signal: LineSignal) => void) {
    this.#clock = clock;
    this.#load = load;
    this.#emit = emit;
    this.#microphone = callMicrophone((muted) => {
      if (!this.#closed) emit({ type: 'muted', muted });
    });
  }

  /** Whether we wish not to be heard. */
  get muted(): boolean {
    return this.#muted;
  }

  /** This session's audio is the call's from now on. */
  carry(media: SessionMedia): void {
    this.#media = media;
    this.#microphone.join(media);
    if (this.#playing) this.#playback.play(media.remote);
  }

  mute(muted: boolean): void {
    if (this.#closed) return;
    this.#muted = muted;
    this.#microphone.mute(muted);
  }

  /** The microphone was taken away, or did not open: another takes its place. */
  async findMicrophone(): Promise<void> {
    await this.#microphone.lost();
  }

  async renewMicrophone(): Promise<void> {
    if (!this.#closed) await this.#microphone.renew();
  }

  chooseOutput(deviceId: string): void {
    void this.#playback.chooseOutput(deviceId);
  }

  /** Whether the other side is heard here. */
  play(playing: boolean): void {
    if (this.#closed) return;
    this.#playing = playing;
    if (playing && this.#media) this.#playback.play(this.#media.remote);
    else this.#playback.stop();
  }

  /** How it sounds is told from now on, or not: audio flows in an answered call, or does not. */
  measure(flowing: boolean): void {
    this.#measured = flowing;
    this.#quality?.run(flowing);
    if (flowing && !this.#closed) this.#finish ??= startedLate(this.#load, this.#clock, (parts) => this.#judge(parts));
  }

  watchLevels(listener: (levels: AudioLevels) => void): () => void {
    return startedLate(this.#load, this.#clock, (parts) => parts.watchLevels(this.#stats, this.#clock, listener));
  }

  close(): void {
    this.#closed = true;
    this.#playback.dispose();
    this.#finish?.();
    this.#media?.close();
  }

  /** Answers how to have done with it. */
  #judge({ qualityWatch }: PhoneSystem): () => void {
    const quality = qualityWatch({
      clock: this.#clock,
      stats: this.#stats,
      muted: () => this.#muted,
      tell: (judged) => this.#emit({ type: 'quality', quality: judged }),
    });
    this.#quality = quality;
    quality.block(this.#blocked);
    quality.run(this.#measured);
    return () => quality.finish();
  }

  readonly #stats = (): Promise<AudioStats> => this.#media?.stats() ?? audioStats(undefined);
}
