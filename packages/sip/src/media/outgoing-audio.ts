import type { AudioRoute } from './mixer.ts';
import type { SessionMicrophone } from './session-microphone.ts';

/** The one place of a connection where audio comes and goes; absent before there is a description. */
export function audioOf(connection: RTCPeerConnection | undefined): RTCRtpTransceiver | undefined {
  return connection?.getTransceivers().find(({ receiver }) => receiver.track.kind === 'audio');
}

/** What of us goes out in a session: the microphone, or a mix it is part of, unless we are muted or the other side waits. */
export class OutgoingAudio {
  readonly #microphone: SessionMicrophone;
  readonly #connection: () => RTCPeerConnection | undefined;
  #route: AudioRoute | undefined;
  #muted = false;
  #held = false;
  /** What to go back to when a re-INVITE is refused. */
  #heldBefore = false;

  constructor(microphone: SessionMicrophone, connection: () => RTCPeerConnection | undefined) {
    this.#microphone = microphone;
    this.#connection = connection;
  }

  get muted(): boolean {
    return this.#muted;
  }

  get held(): boolean {
    return this.#held;
  }

  /** How loud the microphone is where something else goes out in its place. */
  get microphone(): ReturnType<AudioRoute['microphone']> | undefined {
    return this.#held ? undefined : this.#route?.microphone();
  }

  mute(muted: boolean): void {
    this.#muted = muted;
    this.#microphone.hearable(!this.#muted && !this.#held);
  }

  /** The other side waits, or no longer: what the next description says. */
  hold(held: boolean): void {
    this.#heldBefore = this.#held;
    this.#held = held;
    // A connection that closes meanwhile needs no track.
    if (this.#route && held !== this.#heldBefore) this.attach().catch(() => undefined);
    const audio = audioOf(this.#connection());
    if (audio) audio.direction = held ? 'sendonly' : 'sendrecv';
    this.#microphone.hearable(!this.#muted && !this.#held);
  }

  /** The last {@link hold} was refused. Answers whether that changes anything. */
  takeBack(): boolean {
    if (this.#held === this.#heldBefore) return false;
    this.hold(this.#heldBefore);
    return true;
  }

  async goThrough(route: AudioRoute | undefined): Promise<void> {
    this.#route = route;
    await this.attach();
  }

  /** The connection or the microphone is another. */
  async attach(): Promise<void> {
    const { track } = this.#microphone;
    const sender = audioOf(this.#connection())?.sender;
    // Whoever waits does not hear the others of a conference either.
    const outgoing = this.#route && !this.#held ? this.#route.through(track) : track;
    // Also when the sender has this track already: an earlier change may still be on its way.
    await sender?.replaceTrack(outgoing ?? null);
  }
}
