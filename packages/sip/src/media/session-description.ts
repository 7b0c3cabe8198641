import { MultiLineError, asError } from '@multiline/core';
import type { BodyAndContentType, SessionDescriptionHandlerModifier } from 'sip.js';
import { audioFlowWatch } from './audio-flow.ts';
import { audioStats, type AudioStats } from './audio-stats.ts';
import { gathered } from './candidates.ts';
import { insertDigits, insertDigitsWhenReady, type DtmfTiming } from './dtmf.ts';
import type { AudioRoute } from './mixer.ts';
import { offeredConnection } from './prepared-connection.ts';
import { callEnded, sessionMicrophone, type SessionMicrophone } from './session-microphone.ts';
import type { SessionMedia, SessionMediaOptions, SessionMediaSetup } from './session-media.ts';
import { tell } from '../tell.ts';

export type { SessionMedia, SessionMediaOptions, SessionMediaSetup };

const SDP = 'application/sdp';

/** The session description handler of one session. Makes nothing until it is asked for a description or the microphone. */
export function sessionMedia(setup: SessionMediaSetup): SessionMedia {
  return new CallMedia(setup);
}

class CallMedia implements SessionMedia {
  readonly #setup: SessionMediaSetup;
  readonly #microphone: SessionMicrophone;
  readonly #closing = new AbortController();
  readonly #flow = audioFlowWatch();
  readonly #muteListeners = new Set<(muted: boolean) => void>();
  #connection: RTCPeerConnection | undefined;
  #remote: MediaStream | undefined;
  #route: AudioRoute | undefined;
  /** When the running gathering began (epoch ms). */
  #since = 0;
  #rung: { readonly offer: string; readonly done: Promise<void> } | undefined;
  /** An offer of the other side is being taken, waits for its answer, is being answered. */
  #theirOffer: 'taking' | 'taken' | 'answering' | undefined;
  #muted = false;
  #held = false;
  /** What to go back to when a re-INVITE is refused. */
  #heldBefore = false;
  /** Rejects at the end: a closed connection never settles what was asked of it (WebRTC §4.4.1.5), and SIP.js waits for it. */
  readonly #closed: Promise<never>;
  /** Rejects when the microphone fails that was opened beside the first offer. */
  #early: Promise<never> | undefined;
  /** The first description was handed out: from now on a failure is no longer the one's who asks for it. */
  #left = false;

  constructor(setup: SessionMediaSetup) {
    this.#setup = setup;
    this.#closed = new Promise((_resolve, reject) => {
      this.#closing.signal.addEventListener('abort', () => reject(callEnded()));
    });
    this.#closed.catch(() => undefined);
    this.#microphone = sessionMicrophone({
      open: setup.openMicrophone,
      onOpen: () => this.#attachTrack(),
      onLost: (error) => this.#fail(error),
      onSystemMute: (muted) => tell(this.#muteListeners, muted),
    });
  }

  get connection(): RTCPeerConnection | undefined {
    return this.#connection;
  }

  get remote(): MediaStream {
    return (this.#remote ??= new MediaStream());
  }

  get muted(): boolean {
    return this.#muted;
  }

  mute(muted: boolean): void {
    this.#muted = muted;
    this.#microphone.hearable(!this.#muted && !this.#held);
  }

  async route(through?: AudioRoute): Promise<void> {
    this.#route = through;
    if (!this.#closing.signal.aborted) await this.#attachTrack();
  }

  openMicrophone(): Promise<void> {
    return this.#microphone.open();
  }

  renewMicrophone(): Promise<void> {
    return this.#microphone.renew();
  }

  onSystemMute(listener: (muted: boolean) => void): () => void {
    this.#muteListeners.add(listener);
    return () => this.#muteListeners.delete(listener);
  }

  ring(offer: string): Promise<void> {
    const done = this.#applyRemote('offer', offer);
    this.#rung = { offer, done };
    return done;
  }

  onFlow(listener: (flowing: boolean) => void): () => void {
    return this.#flow.listen(listener);
  }

  async stats(): Promise<AudioStats> {
    return audioStats(this.#connection);
  }

  hasDescription(contentType: string): boolean {
    return contentType.split(';', 1)[0]?.trim().toLowerCase() === SDP;
  }

  async getDescription(
    options: SessionMediaOptions = {},
    modifiers: SessionDescriptionHandlerModifier[] = [],
  ): Promise<BodyAndContentType> {
    try {
      return await Promise.race([this.#describe(options, modifiers), this.#closed]);
    } catch (thrown) {
      throw this.#closing.signal.aborted ? callEnded() : asError(thrown);
    }
  }

  async setDescription(
    sdp: string,
    _options: SessionMediaOptions = {},
    modifiers: SessionDescriptionHandlerModifier[] = [],
  ): Promise<void> {
    this.#assertOpen();
    const rung = this.#rung;
    this.#rung = undefined;
    const type = this.#connection?.signalingState === 'have-local-offer' ? 'answer' : 'offer';
    if (type === 'offer') this.#theirOffer = 'taking';
    const applied =
      rung?.offer === sdp
        ? rung.done
        : modified({ type, sdp }, modifiers).then((text) => this.#applyRemote(type, text));
    try {
      await Promise.race([applied, this.#closed]);
      if (type === 'offer') this.#theirOffer = 'taken';
    } catch (thrown) {
      this.#theirOffer = undefined;
      throw thrown;
    }
  }

  async rollbackDescription(): Promise<void> {
    const connection = this.#connection;
    this.#theirOffer = undefined;
    if (connection?.signalingState === 'have-local-offer') await connection.setLocalDescription({ type: 'rollback' });
    if (connection?.signalingState === 'have-remote-offer') await connection.setRemoteDescription({ type: 'rollback' });
    if (this.#held === this.#heldBefore) return;
    this.#setHeld(this.#heldBefore);
    // Chromium hears nothing more after a refused hold until both descriptions are applied anew.
    const remote = connection?.currentRemoteDescription;
    if (!remote || !connection) return;
    await connection.setRemoteDescription({ type: 'offer', sdp: remote.sdp });
    await connection.setLocalDescription();
  }

  sendDtmf(tones: string, timing?: DtmfTiming): boolean {
    return insertDigits(this.#transceiver()?.sender, tones, timing);
  }

  async sendDigits(digits: string, timing?: DtmfTiming): Promise<boolean> {
    const { clock } = this.#setup;
    const remote = this.#connection?.remoteDescription?.sdp ?? '';
    if (!/^a=rtpmap:\d+ telephone-event\//im.test(remote)) return false;
    return insertDigitsWhenReady(() => this.sendDtmf(digits, timing), clock, this.#closing.signal);
  }

  close(): void {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort(callEnded());
    this.#microphone.close();
    this.#connection?.close();
    this.#flow.clear();
    this.#setup.onClose();
  }

  async #describe(
    options: SessionMediaOptions,
    modifiers: readonly SessionDescriptionHandlerModifier[],
  ): Promise<BodyAndContentType> {
    this.#assertOpen();
    // An offer of ours made now would go out in the place of the answer. Whoever wants it asks again later.
    if (this.#theirOffer === 'taking' || this.#theirOffer === 'answering') {
      throw new MultiLineError('unexpected', { message: 'The other side’s own offer is being answered.' });
    }
    if (this.#theirOffer) this.#theirOffer = 'answering';
    try {
      if (!this.#connection) await this.#firstOffer();
      else if (this.#connection.signalingState === 'have-remote-offer') await this.#answer(options);
      else if (this.#connection.signalingState === 'stable') await this.#nextOffer(options);
      return { body: await this.#localText(modifiers), contentType: SDP };
    } finally {
      this.#theirOffer = undefined;
    }
  }

  async #firstOffer(): Promise<void> {
    const { permission } = this.#setup;
    if (permission.state === 'unknown') await permission.known;
    const granted = permission.state === 'granted';
    // Without the permission the browser hides our addresses; it stops to when the microphone is open.
    if (!granted) await this.openMicrophone();
    this.#assertOpen();
    const { connection, offered, since } =
      this.#setup.take() ?? offeredConnection(this.#setup.iceServers, this.#setup.clock);
    this.#adopt(connection);
    this.#since = since;
    await offered;
    // Opened before, as for a call that came without a description: it only needs its place.
    if (!granted || this.#microphone.track) return this.#attachTrack();
    // The offer need not wait for the microphone: its track joins without a new description.
    const opening = this.openMicrophone();
    this.#early = new Promise((_resolve, reject) => void opening.catch(reject));
    this.#early.catch((thrown: unknown) => {
      if (this.#left) this.#fail(thrown);
    });
  }

  async #nextOffer(options: SessionMediaOptions): Promise<void> {
    const connection = this.#connect();
    const iceRestart = options.offerOptions?.iceRestart === true;
    this.#setHeld(options.hold === true);
    const offer = await connection.createOffer({ iceRestart });
    if (iceRestart) this.#since = this.#setup.clock.now();
    await connection.setLocalDescription(offer);
  }

  async #answer(options: SessionMediaOptions): Promise<void> {
    const connection = this.#connect();
    this.#setHeld(options.hold === true);
    const first = connection.localDescription === null;
    if (first) this.#since = this.#setup.clock.now();
    if (first) await this.openMicrophone();
    await connection.setLocalDescription();
    await this.#attachTrack();
  }

  async #localText(modifiers: readonly SessionDescriptionHandlerModifier[]): Promise<string> {
    const connection = this.#connect();
    const enough = gathered(connection, this.#setup.clock, this.#since, this.#closing.signal);
    await (this.#early && !this.#left ? Promise.race([enough, this.#early]) : enough);
    this.#assertOpen();
    const description = connection.localDescription;
    if (!description) throw new MultiLineError('unexpected', { message: 'There is no description to send.' });
    const text = await modified({ type: description.type, sdp: description.sdp }, modifiers);
    this.#left = true;
    return text;
  }

  async #applyRemote(type: 'offer' | 'answer', sdp: string): Promise<void> {
    try {
      await this.#connect().setRemoteDescription({ type, sdp });
    } catch (thrown) {
      if (this.#closing.signal.aborted) throw callEnded();
      throw new MultiLineError('refused', {
        message: 'The other side describes audio that this browser cannot use.',
        cause: thrown,
      });
    }
    if (type === 'answer') return;
    const audio = this.#transceiver();
    if (!audio) throw new MultiLineError('refused', { message: 'The other side offers no audio.' });
    for (const other of this.#connect().getTransceivers()) if (other !== audio) other.direction = 'inactive';
    // A transceiver that came with the offer only receives until told otherwise: no answer would carry our voice.
    this.#setHeld(this.#held);
  }

  async #attachTrack(): Promise<void> {
    const { track } = this.#microphone;
    const sender = this.#transceiver()?.sender;
    // Whoever waits does not hear the others of a conference either.
    const outgoing = this.#route && !this.#held ? this.#route(track) : track;
    // Also when the sender has this track already: an earlier change may still be on its way.
    await sender?.replaceTrack(outgoing ?? null);
  }

  #transceiver(): RTCRtpTransceiver | undefined {
    return this.#connection?.getTransceivers().find(({ receiver }) => receiver.track.kind === 'audio');
  }

  #setHeld(held: boolean): void {
    this.#heldBefore = this.#held;
    this.#held = held;
    // A connection that closes meanwhile needs no track.
    if (this.#route && held !== this.#heldBefore) this.#attachTrack().catch(() => undefined);
    const transceiver = this.#transceiver();
    if (transceiver) transceiver.direction = held ? 'sendonly' : 'sendrecv';
    this.#microphone.hearable(!this.#muted && !this.#held);
  }

  #connect(): RTCPeerConnection {
    this.#assertOpen();
    return this.#connection ?? this.#adopt(new RTCPeerConnection({ iceServers: [...this.#setup.iceServers] }));
  }

  #adopt(connection: RTCPeerConnection): RTCPeerConnection {
    this.#connection = connection;
    // The event's streams may be empty: a SIP peer's description need not name any.
    connection.addEventListener('track', ({ track }) => this.remote.addTrack(track));
    this.#flow.watch(connection);
    return connection;
  }

  #fail(thrown: unknown): void {
    if (!this.#closing.signal.aborted) this.#setup.onFailure(asError(thrown));
  }

  #assertOpen(): void {
    if (this.#closing.signal.aborted) throw callEnded();
  }
}

async function modified(
  description: { type: RTCSdpType; sdp: string },
  modifiers: readonly SessionDescriptionHandlerModifier[],
): Promise<string> {
  let current: RTCSessionDescriptionInit = description;
  for (const modifier of modifiers) current = await modifier(current);
  return current.sdp ?? '';
}
