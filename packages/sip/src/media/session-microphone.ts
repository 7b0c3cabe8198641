import { MultiLineError, asError } from '@multiline/core';

/** The microphone of one session: opened at most once, silenced at will, released for good. */
export interface SessionMicrophone {
  /** Absent until it is open, and after the end. */
  readonly track: MediaStreamTrack | undefined;
  /**
   * Opens it, once however often it is asked; again after a failed attempt, and after it was lost.
   * @throws MultiLineError `mic-denied`, `mic-missing`, `mic-in-use`, `unsupported`; `no-such-call` after the end
   */
  open(): Promise<void>;
  /** Opens what is chosen now in the place of what is open, which goes on until then, and for good when this fails. */
  renew(): Promise<void>;
  /** Whether it may be heard; holds for one that opens later too. */
  hearable(hearable: boolean): void;
  close(): void;
}

export interface SessionMicrophoneSetup {
  readonly open: (signal: AbortSignal) => Promise<MediaStreamTrack>;
  /** It is open: give its track to the connection. Part of {@link SessionMicrophone.open}. */
  readonly onOpen: () => Promise<void>;
  /** It was pulled out, or the browser took it away. */
  readonly onLost: (error: MultiLineError) => void;
  /** The system, or a key on the headset, mutes it or lets it be heard again. */
  readonly onSystemMute: (muted: boolean) => void;
}

export function sessionMicrophone(setup: SessionMicrophoneSetup): SessionMicrophone {
  const closing = new AbortController();
  let track: MediaStreamTrack | undefined;
  let opening: Promise<void> | undefined;
  let enabled = true;

  async function open(): Promise<void> {
    if (closing.signal.aborted) throw callEnded();
    const opened = await setup.open(closing.signal);
    if (closing.signal.aborted) {
      opened.stop();
      throw callEnded();
    }
    const before = track;
    track = opened;
    track.enabled = enabled;
    const ended = (): void => {
      if (track !== opened) return;
      track = undefined;
      opening = undefined;
      setup.onLost(new MultiLineError('mic-missing', { message: 'The microphone was disconnected or taken away.' }));
    };
    const muted = (): void => {
      if (track === opened) setup.onSystemMute(opened.muted);
    };
    opened.addEventListener('ended', ended, closing);
    for (const type of ['mute', 'unmute']) opened.addEventListener(type, muted, closing);
    if (opened.muted !== (before?.muted ?? false)) muted();
    try {
      await setup.onOpen();
    } finally {
      before?.stop();
    }
  }

  return {
    get track() {
      return track;
    },
    open() {
      opening ??= open().catch((thrown: unknown) => {
        opening = undefined;
        throw closing.signal.aborted ? callEnded() : asError(thrown);
      });
      return opening;
    },
    async renew() {
      await opening?.catch(() => undefined);
      if (!track) return;
      try {
        await open();
      } catch (thrown) {
        throw closing.signal.aborted ? callEnded() : asError(thrown);
      }
    },
    hearable(hearable) {
      enabled = hearable;
      if (track) track.enabled = hearable;
    },
    close() {
      closing.abort(callEnded());
      track?.stop();
      track = undefined;
    },
  };
}

/** What everything says that is asked of a session after its end. */
export function callEnded(): MultiLineError {
  return new MultiLineError('no-such-call', { message: 'The call has ended.' });
}
