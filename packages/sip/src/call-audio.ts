import { callMicrophone, type CallMicrophone } from './media/call-microphone.ts';
import type { AudioUser } from './media/devices.ts';
import { playback } from './media/playback.ts';
import type { SessionMedia } from './media/session-media.ts';

/** The ears and the mouth of a call, whichever session carries it. */
export class CallAudio implements AudioUser {
  readonly #microphone: CallMicrophone;
  readonly #playback = playback();
  #media: SessionMedia | undefined;
  #muted = false;
  #playing = false;
  #closed = false;

  constructor(onMuted: (muted: boolean) => void) {
    this.#microphone = callMicrophone((muted) => {
      if (!this.#closed) onMuted(muted);
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

  close(): void {
    this.#closed = true;
    this.#media?.close();
    this.#playback.dispose();
  }
}
