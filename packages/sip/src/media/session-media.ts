import type { Clock, MultiLineError } from '@multiline/core';
import type { SessionDescriptionHandler, SessionDescriptionHandlerOptions } from 'sip.js';
import type { AudioStats } from './audio-stats.ts';
import type { DtmfTiming } from './dtmf.ts';
import type { MicrophonePermission } from './microphone.ts';
import type { MixedCall } from './mixer.ts';
import type { OfferedConnection } from './prepared-connection.ts';

/** What `sessionDescriptionHandlerOptions` may carry, on the first INVITE and on each one after. */
export interface SessionMediaOptions extends SessionDescriptionHandlerOptions {
  /** The other side waits: we send nothing of the microphone, and want nothing. Must be given with each re-INVITE while it lasts. */
  readonly hold?: boolean;
  readonly offerOptions?: { readonly iceRestart?: boolean };
}

/** The audio of one SIP session: its connection, its microphone, what the other side says. */
export interface SessionMedia extends SessionDescriptionHandler, MixedCall {
  /** Absent until there is a description, and for good after `close()` of a session that never had one. */
  readonly connection: RTCPeerConnection | undefined;
  /** What the other side says; its track joins when there is one. */
  readonly remote: MediaStream;
  readonly muted: boolean;
  /** Silences the microphone, also one that opens later. */
  mute(muted: boolean): void;
  /**
   * Opens the microphone now; once however often it is asked. Call it before `Invitation.accept()`, so that a failure leaves
   * the call ringing. May be repeated after a failure, and after the microphone was lost in mid-call: then another takes its
   * place, muted or held as the first was.
   * @throws MultiLineError `mic-denied`, `mic-missing`, `mic-in-use`, `unsupported`
   */
  openMicrophone(): Promise<void>;
  /**
   * Opens the microphone that is chosen now in the place of the one that is open, without a gap; when that fails the one before
   * goes on. Nothing before one was opened.
   * @throws MultiLineError as {@link openMicrophone}
   */
  renewMicrophone(): Promise<void>;
  /** Hears the system, or a key on the headset, muting the microphone and letting it be heard again. Answers how to stop. */
  onSystemMute(listener: (muted: boolean) => void): () => void;
  /**
   * An invitation rings: takes its offer, so that answering need not. Sends nothing yet: the caller learns no address of ours
   * before the answer.
   * @throws MultiLineError `refused` when the offer cannot be understood (reply 488)
   */
  ring(offer: string): Promise<void>;
  /**
   * Sends digits inside the audio (RFC 4733); as `sendDtmf`, but waits where the connection is not yet ready to.
   * @returns false when the audio cannot carry them: they may go by INFO.
   */
  sendDigits(digits: string, timing?: DtmfTiming): Promise<boolean>;
  /** Hears audio beginning to flow, stopping and coming back (ICE). Answers how to stop. */
  onFlow(listener: (flowing: boolean) => void): () => void;
  stats(): Promise<AudioStats>;
  /** Why the other side's description could not be taken. */
  readonly refused: MultiLineError | undefined;
}

export interface SessionMediaSetup {
  readonly iceServers: readonly RTCIceServer[];
  readonly clock: Clock;
  readonly permission: MicrophonePermission;
  readonly openMicrophone: (signal: AbortSignal) => Promise<MediaStreamTrack>;
  /** The connection that was made ready, if any. */
  readonly take: () => OfferedConnection | undefined;
  /** The microphone failed after the offer had left, or was lost in mid-call. */
  readonly onFailure: (error: MultiLineError) => void;
  /** Another address of ours was found in mid-call. */
  readonly onMoved: () => void;
  readonly onClose: () => void;
}
