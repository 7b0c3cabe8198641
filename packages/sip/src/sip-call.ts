import {
  asFailure,
  type Clock,
  type EndReason,
  type Failure,
  type LineCall,
  type LineSignal,
  type MultiLineError,
  type RemoteParty,
} from '@multiline/core';
import { SessionState, type Inviter, type Invitation, type Session, type SessionDelegate } from 'sip.js';
import type { AccountLink } from './account-link.ts';
import { Deadlines } from './deadlines.ts';
import { sendDigits } from './digits.ts';
import { renegotiate, renegotiationPauseMs } from './renegotiation.ts';
import { SignalLog } from './signal-log.ts';
import type { AudioStats } from './media/audio-stats.ts';
import { callMicrophone } from './media/call-microphone.ts';
import type { AudioUser } from './media/devices.ts';
import { playback } from './media/playback.ts';
import type { SessionMedia } from './media/session-description.ts';
import { uuid } from './uuid.ts';

/** What every call of a line shares. */
export interface CallSetup {
  readonly link: AccountLink;
  readonly clock: Clock;
  /** The audio of a session. */
  readonly media: (session: Session) => SessionMedia;
  readonly correlationHeader: string | undefined;
  readonly onEnded: (call: SipCall) => void;
}

/** How long the other side has to confirm that a call is over; "Call ended" shows within two seconds whatever happens. */
const LEAVE_MS = 1_500;
/** A call without audio for this long is over. */
const SILENCE_MS = 30_000;
/** Audio that does not come back by itself within this time takes a new way. */
const STALE_MS = 3_000;

/** What both directions of a call have in common: signals, audio, and everything after the answer. */
export abstract class SipCall implements LineCall, AudioUser {
  readonly id: string = uuid();
  /** Resolves when it has ended. */
  readonly over: Promise<void>;
  abstract readonly correlation: string;
  abstract readonly direction: 'inbound' | 'outbound';
  abstract readonly remote: RemoteParty;
  protected readonly setup: CallSetup;
  protected readonly deadlines: Deadlines;
  protected session: Inviter | Invitation | undefined;
  #audio: SessionMedia | undefined;
  readonly #playback = playback();
  readonly #microphone = callMicrophone((muted) => {
    if (!this.#ended) this.emit({ type: 'muted', muted });
  });
  readonly #signals = new SignalLog();
  #answered = false;
  #ended = false;
  #flowing = false;
  #leaving: EndReason | undefined;
  #interrupted = false;
  #over: (() => void) | undefined;

  constructor(setup: CallSetup) {
    this.setup = setup;
    this.deadlines = new Deadlines(setup.clock);
    this.over = new Promise((resolve) => (this.#over = resolve));
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

  protected get leaving(): boolean {
    return this.#leaving !== undefined;
  }

  listen(listener: (signal: LineSignal) => void): () => void {
    return this.#signals.listen(listener);
  }

  mute(muted: boolean): void {
    if (!this.#ended) this.#microphone.mute(muted);
  }

  async renewMicrophone(): Promise<void> {
    if (!this.#ended && !this.#leaving) await this.#microphone.renew();
  }

  chooseOutput(deviceId: string): void {
    void this.#playback.chooseOutput(deviceId);
  }

  async sendDigits(digits: string): Promise<void> {
    await sendDigits(digits, {
      session: this.#answered && !this.#ended ? this.session : undefined,
      audio: this.#audio,
      clock: this.setup.clock,
    });
    this.emit({ type: 'digits-sent', digits });
  }

  hangUp(): Promise<void> {
    if (this.#ended || this.#leaving) return Promise.resolve();
    if (this.session?.state === SessionState.Established) this.#bye('completed');
    else this.leave(this.leaveUnanswered());
    return Promise.resolve();
  }

  /** The microphone failed after the call had left, or was taken away in it: then another may take its place. */
  microphoneFailed(error: MultiLineError): void {
    if (this.#ended || this.#leaving) return;
    if (this.session?.state === SessionState.Established) {
      void this.#microphone.lost();
      return;
    }
    this.leaveUnanswered();
    this.end('failed', 'us', asFailure(error));
  }

  /** The server knows us again: the other side learns where we are now, and the audio takes a new way. */
  recovered(): void {
    if (this.#interrupted) this.#renegotiate();
  }

  /** What has flowed, for tests and self-checks. */
  async stats(): Promise<AudioStats | undefined> {
    return this.#audio?.stats();
  }

  carries(session: Session): boolean {
    return session === this.session;
  }

  /** A session carries this call from now on. */
  protected carry(session: Inviter | Invitation, delegate: SessionDelegate = {}): SessionMedia {
    this.session = session;
    session.delegate = {
      ...delegate,
      onBye: (bye) => {
        void bye.accept();
        if (!this.#leaving) this.confirmed();
        this.end(this.#leaving ?? 'completed', this.#leaving ? 'us' : 'them');
      },
      // Left to itself SIP.js would call whomever the other side names.
      onRefer: (referral) => void referral.reject({ statusCode: 603 }),
    };
    session.stateChange.addListener((state) => {
      // Whoever knows why speaks first: SIP.js changes the state before it tells us the response.
      if (state === SessionState.Terminated) queueMicrotask(() => this.#terminated(session));
    });
    const audio = this.setup.media(session);
    this.#microphone.join(audio);
    audio.onFlow((flowing) => {
      this.#flow(flowing);
    });
    this.#audio = audio;
    return audio;
  }

  /** The dialog is confirmed: both may speak. */
  protected confirmed(): void {
    if (this.#answered || this.#ended) return;
    this.#answered = true;
    if (this.#audio) this.#playback.play(this.#audio.remote);
    this.emit({ type: 'answered' });
    if (!this.#flowing) this.#endOfSilence();
  }

  /** We go: our audio ends now, the signal follows when the other side has confirmed it, or soon. */
  protected leave(reason: EndReason): void {
    this.#leaving = reason;
    this.#release();
    if (this.session === undefined || this.session.state === SessionState.Terminated || !this.setup.link.connected) {
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
  }

  #release(): void {
    this.#audio?.close();
    this.#playback.dispose();
  }

  #bye(reason: EndReason): void {
    const over = (): void => {
      this.end(reason, 'us');
    };
    const sent = this.session?.bye({ requestDelegate: { onAccept: over, onRedirect: over, onReject: over } });
    sent?.catch(over);
    this.leave(reason);
  }

  #terminated(session: Inviter | Invitation): void {
    if (session !== this.session || this.#ended) return;
    // The BYE is out; its answer or the deadline ends the call.
    if (this.#leaving && this.#answered) return;
    if (this.#leaving) this.end(this.#leaving, 'us');
    else this.end(this.#answered ? 'interrupted' : this.unexplained(), 'them');
  }

  #flow(flowing: boolean): void {
    this.#flowing = flowing;
    if (!this.#answered || this.#leaving) return;
    this.emit({ type: 'media', flowing });
    if (flowing) {
      this.deadlines.forget('silence');
      return;
    }
    this.#endOfSilence();
    // Our own address may have changed. One side is enough; the called waits whether the caller does it.
    this.deadlines.in('renegotiate', this.direction === 'outbound' ? STALE_MS : 2 * STALE_MS, () => {
      if (this.#interrupted || !this.#flowing) this.#renegotiate();
    });
  }

  /** Nobody says BYE when the other side has vanished with its machine. */
  #endOfSilence(): void {
    this.deadlines.in('silence', SILENCE_MS, () => {
      this.#bye('interrupted');
    });
  }

  #renegotiate(): void {
    const session = this.session;
    if (this.#ended || this.#leaving || session?.state !== SessionState.Established) return;
    // It will be told when the server is back.
    if (!this.setup.link.connected) return;
    renegotiate(session, {
      taken: () => {
        this.#interrupted = false;
      },
      gone: () => {
        this.end('interrupted', 'them');
      },
      refused: () => {
        this.deadlines.in('renegotiate', renegotiationPauseMs(this.direction, this.setup.link.random()), () => {
          this.#renegotiate();
        });
      },
    });
  }
}
