import { MultiLineError, type Clock, type LineCall } from '@multiline/core';
import { createMixer, type Mixer } from './media/mixer.ts';
import type { SessionMedia } from './media/session-media.ts';
import { SipCall } from './sip-call.ts';

/** The calls of a line that hear one another, mixed in this browser. */
export class Conference {
  readonly #clock: Clock;
  #mixer: Mixer<SessionMedia> | undefined;
  #members: readonly SipCall[] = [];
  readonly #silenced = new Set<SipCall>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @throws MultiLineError `no-such-call` for a call that nobody talks in, `unsupported` for another line's */
  async mix(calls: readonly LineCall[]): Promise<void> {
    const members = calls.map((call) => {
      if (!(call instanceof SipCall)) throw new MultiLineError('unsupported');
      if (!call.answered || call.ended) throw new MultiLineError('no-such-call');
      return call;
    });
    this.#members = members;
    for (const call of [...this.#silenced]) if (!members.includes(call)) this.#say(call, false);
    await this.#apply();
  }

  /** The others hear this one no more, or again. */
  silence(call: SipCall, silenced: boolean): void {
    if (call.ended || !this.#members.includes(call) || this.#silenced.has(call) === silenced) return;
    this.#say(call, silenced);
  }

  /** Its session is another now, or it is over: the others go on. */
  changed(call: SipCall): void {
    if (!this.#members.includes(call)) return;
    if (call.ended) this.#members = this.#members.filter((member) => member !== call);
    this.#apply().catch(() => undefined);
  }

  #say(call: SipCall, silenced: boolean): void {
    if (silenced) this.#silenced.add(call);
    else this.#silenced.delete(call);
    if (call.media) this.#mixer?.silence(call.media, silenced);
    call.silenced(silenced);
  }

  async #apply(): Promise<void> {
    const mixer = (this.#mixer ??= this.#make());
    const media = this.#members.map((call) => call.media).filter((one) => one !== undefined);
    for (const call of this.#silenced) if (call.media) mixer.silence(call.media, true);
    await mixer.mix(media);
  }

  #make(): Mixer<SessionMedia> {
    const mixer = createMixer<SessionMedia>(this.#clock);
    mixer.onSpeaking((media, speaking) => {
      this.#members.find((call) => call.media === media)?.speaking(speaking);
    });
    return mixer;
  }
}
