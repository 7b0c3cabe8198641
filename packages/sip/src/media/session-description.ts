import { MultiLineError, asError } from '@multiline/core';
import type { BodyAndContentType, SessionDescriptionHandlerModifier } from 'sip.js';
import { audioFlowWatch } from './audio-flow.ts';
import { audioStats, type AudioStats } from './audio-stats.ts';
import { gathered, reachesOut, useful, watchAddresses } from './candidates.ts';
import { insertDigits, insertDigitsWhenReady, type DtmfTiming } from './dtmf.ts';
import type { AudioRoute } from './mixer.ts';
import { modified } from './modified.ts';
import { OutgoingAudio, audioOf } from './outgoing-audio.ts';
import { OfferTurns } from './offer-turns.ts';
import { forgetCredentials } from './ice-restart.ts';
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
  readonly #outgoing: OutgoingAudio;
  refused: MultiLineError | undefined;
  #connection: RTCPeerConnection | undefined;
  #remote: MediaStream | undefined;
  /** When the running gathering began (epoch ms). */
  #since = 0;
  #rung: { readonly offer: string; readonly done: Promise<void> } | undefined;
  readonly #turns = new OfferTurns();
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
      onOpen: () => this.#outgoing.attach(),
      onLost: (error) => this.#fail(error),
      onSystemMute: (muted) => tell(this.#muteListeners, muted),
    });
    this.#outgoing = new OutgoingAudio(this.#microphone, () => this.#connection);
  }

  get connection(): RTCPeerConnection | undefined {
    return this.#connection;
  }

  get remote(): MediaStream {
    return (this.#remote ??= new MediaStream());
  }

  get muted(): boolean {
    return this.#outgoing.muted;
  }

  mute(muted: boolean): void {
    this.#outgoing.mute(muted);
  }

  async route(through?: AudioRoute): Promise<void> {
    if (!this.#closing.signal.aborted) await this.#outgoing.goThrough(through);
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
    const measured = await audioStats(this.#connection);
    return { ...measured, sent: { ...measured.sent, ...this.#outgoing.microphone } };
  }

  hasDescription(contentType: string): boolean {
    return contentType.split(';', 1)[0]?.trim().toLowerCase() === SDP;
  }

  async getDescription(
    options: SessionMediaOptions = {},
    modifiers: SessionDescriptionHandlerModifier[] = [],
  ): Promise<BodyAndContentType> {
    try {
      const description = this.#turns.make(() => this.#describe(options, modifiers));
      return await Promise.race([description, this.#closed]);
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
    const type = this.#turns.offered(this.#connection?.signalingState) ? 'offer' : 'answer';
    const applied =
      rung?.offer === sdp
        ? rung.done
        : modified({ type, sdp }, modifiers).then((text) => this.#applyRemote(type, text));
    const settled = Promise.race([applied, this.#closed]);
    await (type === 'offer' ? this.#turns.take(settled) : settled);
  }

  readonly rollbackDescription = (): Promise<void> => this.#turns.rollBack(() => this.#goBack());

  sendDtmf(tones: string, timing?: DtmfTiming): boolean {
    return insertDigits(audioOf(this.#connection)?.sender, tones, timing);
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

  async #goBack(): Promise<void> {
    const connection = this.#connection;
    if (connection?.signalingState === 'have-local-offer') await connection.setLocalDescription({ type: 'rollback' });
    if (connection?.signalingState === 'have-remote-offer') await connection.setRemoteDescription({ type: 'rollback' });
    if (!this.#outgoing.takeBack()) return;
    // Chromium hears nothing more after a refused hold until both descriptions are applied anew.
    const remote = connection?.currentRemoteDescription;
    if (!remote || !connection) return;
    await connection.setRemoteDescription({ type: 'offer', sdp: remote.sdp });
    await connection.setLocalDescription();
  }

  async #describe(
    options: SessionMediaOptions,
    modifiers: readonly SessionDescriptionHandlerModifier[],
  ): Promise<BodyAndContentType> {
    this.#assertOpen();
    if (!this.#connection) await this.#firstOffer(options);
    else if (this.#connection.signalingState === 'have-remote-offer') await this.#answer(options);
    else if (this.#connection.signalingState === 'stable') await this.#nextOffer(options);
    return { body: await this.#localText(modifiers), contentType: SDP };
  }

  async #firstOffer({ hold = false }: SessionMediaOptions): Promise<void> {
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
    if (hold) {
      // It was offered for both to speak.
      this.#outgoing.hold(true);
      await connection.setLocalDescription();
    }
    // Opened before, as for a call that came without a description: it only needs its place.
    if (!granted || this.#microphone.track) return this.#outgoing.attach();
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
    if (iceRestart) await forgetCredentials(connection);
    this.#outgoing.hold(options.hold === true);
    const offer = await connection.createOffer({ iceRestart });
    await connection.setLocalDescription(offer);
  }

  async #answer(options: SessionMediaOptions): Promise<void> {
    const connection = this.#connect();
    this.#outgoing.hold(options.hold === true);
    if (connection.localDescription === null) await this.openMicrophone();
    await connection.setLocalDescription();
    await this.#outgoing.attach();
  }

  async #localText(modifiers: readonly SessionDescriptionHandlerModifier[]): Promise<string> {
    const connection = this.#connect();
    const { clock } = this.#setup;
    // Gathering has only begun: for the first answer, or for an ICE restart of either side.
    const addresses = useful(connection.localDescription?.sdp ?? '', false);
    if (this.#since === 0 || (this.#left && !addresses)) this.#since = clock.now();
    const patient = reachesOut(connection.currentLocalDescription?.sdp ?? '');
    const enough = gathered(connection, { clock, since: this.#since, signal: this.#closing.signal, patient });
    await (this.#early && !this.#left ? Promise.race([enough, this.#early]) : enough);
    this.#assertOpen();
    const description = connection.localDescription;
    if (!description) throw new MultiLineError('unexpected', { message: 'There is no description to send.' });
    const text = await modified({ type: description.type, sdp: description.sdp }, modifiers);
    this.#left = true;
    return text;
  }

  async #applyRemote(type: 'offer' | 'answer', sdp: string): Promise<void> {
    await this.#turns.settled;
    try {
      await this.#connect().setRemoteDescription({ type, sdp });
    } catch (thrown) {
      if (this.#closing.signal.aborted) throw callEnded();
      this.refused = new MultiLineError('refused', {
        message: 'The other side describes audio that this browser cannot use.',
        cause: thrown,
      });
      throw this.refused;
    }
    if (type === 'answer') return;
    const audio = audioOf(this.#connection);
    if (!audio) throw new MultiLineError('refused', { message: 'The other side offers no audio.' });
    for (const other of this.#connect().getTransceivers()) if (other !== audio) other.direction = 'inactive';
    // A transceiver that came with the offer only receives until told otherwise: no answer would carry our voice.
    this.#outgoing.hold(this.#outgoing.held);
  }

  #connect(): RTCPeerConnection {
    this.#assertOpen();
    return this.#connection ?? this.#adopt(new RTCPeerConnection({ iceServers: [...this.#setup.iceServers] }));
  }

  #adopt(connection: RTCPeerConnection): RTCPeerConnection {
    this.#connection = connection;
    // Chromium keeps a connection for ever that is closed while it has an event to tell: it must not keep the call with it.
    const { signal } = this.#closing;
    // The event's streams may be empty: a SIP peer's description need not name any.
    connection.addEventListener('track', ({ track }) => this.remote.addTrack(track), { signal });
    this.#flow.watch(connection, signal);
    const moved = (): void => {
      // An offer that is out has it already.
      if (connection.signalingState === 'stable') this.#setup.onMoved();
    };
    watchAddresses(connection, moved, signal);
    return connection;
  }

  #fail(thrown: unknown): void {
    if (!this.#closing.signal.aborted) this.#setup.onFailure(asError(thrown));
  }

  #assertOpen(): void {
    if (this.#closing.signal.aborted) throw callEnded();
  }
}
