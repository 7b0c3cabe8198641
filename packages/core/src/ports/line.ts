import type { ReadableAtom } from 'nanostores';
import type { AudioDevices } from './audio-devices.ts';
import type { Failure } from './errors.ts';

/**
 * A telephony engine. Exactly one is active. Every change comes out as a signal; nothing on screen changes by a request alone.
 */
export interface Line {
  readonly $status: ReadableAtom<LineStatus>;
  /** Whose line it is; names storage, locks and the header. */
  readonly identity: LineIdentity;
  /** Whether the audio is in this browser. */
  readonly device: 'here' | 'elsewhere';
  /** Connects and registers; resolves when the first attempt has succeeded or failed (see `$status`). Goes on trying by itself. */
  start(): Promise<void>;
  /** Ends calls, un-registers, closes. */
  stop(): Promise<void>;
  /** The user has signed out: what the line keeps of them, beside the storage, goes. Called after `stop`. */
  forget?(): void;
  /** Hears calls that come in. Answers how to stop. */
  onIncoming(listener: (call: LineCall) => void): () => void;
  /**
   * Starts a call. Rejects (`mic-denied`, `not-registered`, …) when nothing went out; afterwards everything is a signal of the call.
   * @param target E.164, an extension or a sip: URI, after the policy's dial rules
   */
  dial(target: string, options?: DialOptions): Promise<LineCall>;
  /** A hint that a dial may follow (a dial control has the focus): the line may gather candidates. Never opens the microphone. */
  prepare?(): void;
  /** Tries to register now instead of at `retryAt`. */
  reconnect?(): void;
  /** Hears calls of the user's other devices, as far as the server tells (RFC 4235). Answers how to stop. */
  onWatched?(listener: (call: LineCall) => void): () => void;
  /**
   * Takes back a call that another page or tab had: `token` is what its last `resumable` signal said. The call answered has
   * the same correlation and goes on with signals of its own. Rejects when the server or the other side does not allow it.
   */
  resume?(token: string): Promise<LineCall>;
  /**
   * Lets these calls hear one another and us, mixed in this browser; whoever is not among them hears only us. Fewer than two
   * dissolve the conference.
   */
  mix?(members: readonly LineCall[]): Promise<void>;
  /** Dials a feature code of the server, e.g. `*78`, as no call of anybody: resolves when the server has taken it. */
  dialFeatureCode?(code: string): Promise<void>;
  /** Publishes our presence (RFC 3903). */
  publish?(presence: Presence): Promise<void>;
  /** Signs the phone in with these instead of the account's own credentials (hot desk, agent); null signs it out again. */
  logIn?(credentials: LineLogin | null): Promise<void>;
  /** How many messages wait in the mailbox (RFC 3842); null while nobody says. */
  readonly $messageWaiting?: ReadableAtom<MessageWaiting | null>;
  /** Whether the server has a recorder, where that is asked for; without it a call that can be recorded says so. */
  readonly $records?: ReadableAtom<boolean>;
  /** The mailbox itself, where the server has a service for it. */
  readonly voicemail?: VoicemailBox;
  /** The audio devices of this browser. */
  readonly audio?: AudioDevices;
  /** What the self-test tries, in order (MV-44, MV-53). */
  readonly checks?: readonly LineCheck[];
  /** What happened last, newest last, without secrets, for a log to download (MV-53). */
  log?(): readonly string[];
}

export interface Presence {
  readonly open: boolean;
  /** RPID activity (RFC 4480 §3.2). */
  readonly activity?: 'busy' | 'on-the-phone' | 'away';
  /** In words, e.g. the reason of Make Busy. */
  readonly note?: string;
}

export interface LineLogin {
  readonly username: string;
  readonly password: string;
}

export interface MessageWaiting {
  readonly fresh: number;
  readonly heard: number;
}

/** A mailbox: every method may reject with a `MultiLineError`. */
export interface VoicemailBox {
  list(signal?: AbortSignal): Promise<readonly VoicemailMessage[]>;
  /** The recording, as the service has it. */
  audio(id: string, signal?: AbortSignal): Promise<{ readonly type: string; readonly bytes: ArrayBuffer }>;
  mark?(id: string, heard: boolean, signal?: AbortSignal): Promise<void>;
  remove?(id: string, signal?: AbortSignal): Promise<void>;
}

export interface VoicemailMessage {
  readonly id: string;
  /** Whose number, as the wire said it. */
  readonly from: string;
  readonly name?: string;
  /** Epoch ms. */
  readonly at: number;
  readonly durationMs: number;
  readonly heard: boolean;
}

/** One step of the self-test. */
export interface LineCheck {
  readonly name: 'microphone' | 'server' | 'registration' | 'stun' | 'turn' | 'round-trip' | 'recorder';
  /** Tries it; never rejects for what it finds. */
  run(signal: AbortSignal): Promise<CheckResult>;
}

export interface CheckResult {
  readonly state: 'ok' | 'warning' | 'failed' | 'skipped';
  /** A code of the string table, e.g. `mic-denied` or `round-trip-slow`, and its values. */
  readonly finding: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

export interface LineIdentity {
  /** The address of record, e.g. sip:ann@sandbox.test. */
  readonly uri: string;
  readonly displayName?: string;
  readonly extension?: string;
  /** Own business number, E.164. */
  readonly number?: string;
  /** Every number a call may go out with, `number` among them; fewer than two leave no choice. */
  readonly numbers?: readonly string[];
}

export interface DialOptions {
  /** Headers the call carries, e.g. a correlation. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Which of the identity's `numbers` the other side sees, and how the server is told (RFC 3325 §9.2). */
  readonly callerId?: { readonly number: string; readonly as: 'p-preferred-identity' | 'from' };
  /** On a line of another device: names of further devices of the user's that ring, e.g. `desk` (ML-26). */
  readonly alsoRing?: readonly string[];
}

export type LineStatus =
  | { readonly state: 'off' }
  | { readonly state: 'connecting' }
  | { readonly state: 'registered' }
  /** Lost and trying again; `retryAt` is the next attempt (epoch ms). */
  | { readonly state: 'reconnecting'; readonly retryAt?: number; readonly failure: Failure }
  /** Given up until someone acts: `auth-failed`, `auth-unsupported`. */
  | { readonly state: 'failed'; readonly failure: Failure };

/** One call of a line. Commands resolve when they were carried out on the wire or on our own media; results come as signals. */
export interface LineCall {
  /** Unique in this browser; the call's identity everywhere in core. */
  readonly id: string;
  /** What the wire knows the call by, the same for everybody who logs it: a configured header, else Call-ID. */
  readonly correlation: string;
  readonly direction: 'inbound' | 'outbound';
  /** The other side as it is now; `party-changed` tells when it is another. */
  readonly remote: RemoteParty;
  /** Inbound: which of our numbers was called, as the wire says it. */
  readonly called?: string;
  readonly queue?: string;
  /** Inbound: digits the caller has typed before it came to us (MV-61). */
  readonly collectedDigits?: string;
  /** Inbound: who sent the call on to us (RFC 5806, RFC 7044). */
  readonly redirectedBy?: RemoteParty;
  /** Inbound: who transferred the caller to us (RFC 3892). */
  readonly transferredBy?: RemoteParty;
  /** `elsewhere`: another device of the user's carries it, we only watch; absent: as the line says. */
  readonly device?: 'here' | 'elsewhere';
  /** Hears signals, beginning with those that came before the first listener. Answers how to stop. */
  listen(listener: (signal: LineSignal) => void): () => void;
  /** Opens the microphone and answers. Rejects with `mic-…` while the call goes on ringing. */
  answer(): Promise<void>;
  /** Refuses it: 486 (the server may try voicemail) or 603 (no). */
  decline(how?: 'busy' | 'declined'): Promise<void>;
  /** Ends it in whatever state; our media is released at once. */
  hangUp(): Promise<void>;
  mute(muted: boolean): void;
  /** DTMF: digits, `*`, `#`, A–D; `,` pauses. */
  sendDigits?(digits: string): Promise<void>;
  /** Lets the other side wait, or takes it back. Resolves when it has agreed; the `held` signal says so. */
  hold?(held: boolean): Promise<void>;
  /**
   * Sends the other side on to `target` (REFER). Resolves when it has agreed to try; `transfer` signals tell how it goes, and
   * the call ends as `transferred` when the target has answered. A transfer that failed leaves the call as it was.
   */
  transfer?(target: string): Promise<void>;
  /** Connects the other side of this call with the other side of `other` (REFER with Replaces); as {@link transfer}. */
  transferTo?(other: LineCall): Promise<void>;
  /** Inbound, ringing: sends the caller on to `target` (302); ends as `redirected`. */
  redirect?(target: string): Promise<void>;
  /** Inside a conference: the others do not hear this one. */
  silence?(silenced: boolean): void;
  /** The server's recorder; the `recording` signal says what it does. */
  record?(action: 'start' | 'pause' | 'stop'): Promise<void>;
  /** How loud the microphone and the other side are (0 to 1), at most ten times a second while somebody listens. */
  watchLevels?(listener: (levels: AudioLevels) => void): () => void;
}

/** By the ear's measure, for a meter to draw as they are: 0 is 60 dB under full scale or less, 1 is full scale. */
export interface AudioLevels {
  readonly microphone: number;
  readonly remote: number;
}

/** The other party as the wire names it: text, unverified. */
export interface RemoteParty {
  /** The user part of the address, e.g. +14155550101 or 1002; may be anything. */
  readonly address: string;
  /** The display name, if any. */
  readonly name?: string;
}

/** How a call ended, in the contract's words. */
export type EndReason =
  | 'completed'
  | 'failed'
  | 'cancelled'
  | 'busy'
  | 'no-answer'
  | 'declined'
  | 'missed'
  | 'answered-elsewhere'
  | 'redirected'
  | 'transferred'
  | 'interrupted';

/** What the wire or our own media did, in the past tense. */
export type LineSignal =
  /** Outbound: the other side's phone rings (180), or is being reached (183). */
  | { readonly type: 'ringing' }
  /** The dialog is confirmed: both may speak. */
  | { readonly type: 'answered' }
  | { readonly type: 'muted'; readonly muted: boolean }
  /** Digits went out. */
  | { readonly type: 'digits-sent'; readonly digits: string }
  /** The other side sent digits by INFO; those that come in the audio (RFC 4733) a browser does not hear. */
  | { readonly type: 'digits-received'; readonly digits: string }
  /** Audio was lost or came back (ICE). */
  | { readonly type: 'media'; readonly flowing: boolean }
  /** One side lets the other wait, or takes it back. */
  | { readonly type: 'held'; readonly by: 'us' | 'them'; readonly held: boolean }
  /** How a transfer of this call goes; `failed` leaves the call as it was. It went well: `ended` with `transferred`. */
  | { readonly type: 'transfer'; readonly state: 'trying' | 'ringing' | 'failed'; readonly failure?: Failure }
  /** The other side was replaced by somebody else in the same call (attended transfer, connected line). */
  | { readonly type: 'party-changed'; readonly remote: RemoteParty }
  | { readonly type: 'recording'; readonly state: 'off' | 'on' | 'paused'; readonly url?: string }
  /** Inside a conference: the others hear this one no more, or again. */
  | { readonly type: 'silenced'; readonly silenced: boolean }
  /** The other side has begun or stopped to speak. */
  | { readonly type: 'speaking'; readonly speaking: boolean }
  /** How the audio is, when the judgement changes and once more at the end. */
  | { readonly type: 'quality'; readonly quality: CallQuality }
  /** A call that the user's other device carries: how far it is (ML-23). */
  | { readonly type: 'stage'; readonly stage: CallStage }
  /**
   * Of a call that the user's other device carries: whether {@link LineCall.hangUp} ends it here all the same. Not before this says
   * so, and not after an answer unless it is said again.
   */
  | { readonly type: 'revocable'; readonly revocable: boolean }
  /** What `Line.resume` needs to take this call back, or to ring on, in another page or tab; '' when it cannot. */
  | { readonly type: 'resumable'; readonly token: string }
  | { readonly type: 'ended'; readonly reason: EndReason; readonly by: 'us' | 'them'; readonly failure?: Failure };

/** `calling-device`: the user's own device rings; `confirming`: it asks for a key; `calling`: the called number rings. */
export type CallStage = 'calling-device' | 'confirming' | 'calling';

/** The audio of a call as its statistics tell it (E-model, ITU-T G.107). */
export interface CallQuality {
  /** Mean opinion score, 1 to 4.5. */
  readonly mos: number;
  readonly rttMs: number;
  readonly jitterMs: number;
  readonly lossPercent: number;
  /** What is wrong for long enough to say so. `playback-blocked`: the browser plays nothing before a click or key on this page. */
  readonly problem: 'none' | 'network' | 'no-incoming-audio' | 'silent-microphone' | 'playback-blocked';
}
