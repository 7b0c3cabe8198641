import type { CallQuality } from '@multiline/core';

/** What happened to a call's audio in one stretch of time. */
export interface AudioSample {
  readonly ms: number;
  /** Mean opinion score; absent when nothing came that could be judged. */
  readonly mos?: number;
  /** Something came of the other side; and there was sound in it. */
  readonly received: boolean;
  readonly heard: boolean;
  /** The microphone gave sound; or we do not want it to. */
  readonly spoke: boolean;
  readonly muted: boolean;
}

/** Nearly all users are content above, many are not below (G.107 Annex B, table B.1: R 70 and R 60). */
const goodMos = 3.6;
const badMos = 3.1;
/** For how long it must be so, in ms: bad before we say so, good before we take it back. */
const badMs = 6_000;
const goodMs = 10_000;
/** Nothing at all came. A phone that suppresses silence sends something more often. */
const nothingMs = 8_000;
/** Sound that never was there is missed soon; later the other side may have muted itself, and ours may be a headset with a gate. */
const neverMs = 15_000;
const gateMs = 60_000;

/** Judges samples one after the other, slowly: one quiet mark, not a flicker. */
export class Judgement {
  #network = false;
  #badMs = 0;
  #goodMs = 0;
  #nothingMs = 0;
  #unheardMs = 0;
  #silentMs = 0;
  #everHeard = false;
  #everSpoke = false;

  /** What was bad before a pause is forgiven after it. */
  pause(): void {
    this.#network = false;
    this.#badMs = this.#goodMs = this.#nothingMs = this.#unheardMs = this.#silentMs = 0;
  }

  /** @returns what is wrong now */
  take(sample: AudioSample): CallQuality['problem'] {
    const grown = (before: number, so: boolean): number => (so ? before + sample.ms : 0);
    const { mos } = sample;
    this.#badMs = grown(this.#badMs, mos !== undefined && mos < badMos);
    this.#goodMs = grown(this.#goodMs, mos !== undefined && mos >= goodMos);
    this.#network = this.#network ? this.#goodMs < goodMs : this.#badMs >= badMs;
    this.#everHeard ||= sample.heard;
    this.#everSpoke ||= sample.spoke;
    this.#nothingMs = grown(this.#nothingMs, !sample.received);
    this.#unheardMs = grown(this.#unheardMs, !this.#everHeard);
    this.#silentMs = grown(this.#silentMs, !sample.spoke && !sample.muted);
    if (this.#nothingMs >= nothingMs || this.#unheardMs >= neverMs) return 'no-incoming-audio';
    if (this.#silentMs >= (this.#everSpoke ? gateMs : neverMs)) return 'silent-microphone';
    return this.#network ? 'network' : 'none';
  }
}
