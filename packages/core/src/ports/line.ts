import type { ReadableAtom } from 'nanostores';
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
}

export interface LineIdentity {
  /** The address of record, e.g. sip:ann@sandbox.test. */
  readonly uri: string;
  readonly displayName?: string;
  readonly extension?: string;
  /** Own business number, E.164. */
  readonly number?: string;
}

export interface DialOptions {
  /** Headers the call carries, e.g. a correlation. */
  readonly headers?: Readonly<Record<string, string>>;
}

export type LineStatus =
  | { readonly state: 'off' }
  | { readonly state: 'connecting' }
  | { readonly state: 'registered' }
  /** Lost and trying again; `retryAt` is the next attempt (epoch ms). */
  | { readonly state: 'reconnecting'; readonly retryAt?: number; readonly failure: Failure }
  /** Given up until someone acts, e.g. `auth-failed`. */
  | { readonly state: 'failed'; readonly failure: Failure };

/** One call of a line. Commands resolve when they were carried out on the wire or on our own media; results come as signals. */
export interface LineCall {
  /** Unique in this browser; the call's identity everywhere in core. */
  readonly id: string;
  /** What the wire knows the call by, the same for everybody who logs it: a configured header, else Call-ID. */
  readonly correlation: string;
  readonly direction: 'inbound' | 'outbound';
  readonly remote: RemoteParty;
  /** Inbound: which of our numbers was called, as the wire says it. */
  readonly called?: string;
  readonly queue?: string;
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
  /** Audio was lost or came back (ICE). */
  | { readonly type: 'media'; readonly flowing: boolean }
  | { readonly type: 'ended'; readonly reason: EndReason; readonly by: 'us' | 'them'; readonly failure?: Failure };
