import type { Clock, MultiLineError } from '@multiline/core';
import { SessionState, type Session, type SessionDescriptionHandlerFactory } from 'sip.js';
import { microphonePermission, openMicrophone, type MicrophonePermission } from './microphone.ts';
import { preparedConnection } from './prepared-connection.ts';
import { sessionMedia, type SessionMedia } from './session-description.ts';

export interface MediaFactoryOptions {
  /** STUN and TURN servers; none by default. */
  readonly iceServers?: readonly RTCIceServer[];
  readonly clock: Clock;
  /** The microphone failed after the INVITE had left, or was lost in mid-call: end the call and say why. */
  readonly onFailure: (session: Session, error: MultiLineError) => void;
  /** Opens the microphone; by default the browser's. Rejects with a `MultiLineError`. */
  readonly openMicrophone?: (signal: AbortSignal) => Promise<MediaStreamTrack>;
  /** By default the browser's. Disposed with the factory. */
  readonly permission?: MicrophonePermission;
  /** How long a connection is kept ready while unused, with ICE servers given. Default five minutes. */
  readonly idleMs?: number;
}

/** The audio of all sessions of a phone. */
export interface MediaFactory {
  /** For SIP.js's `UserAgentOptions.sessionDescriptionHandlerFactory`. */
  readonly handlerFactory: SessionDescriptionHandlerFactory;
  /** The audio of a session, made with the first ask and closed when the session ends. SIP.js is given the same. */
  media(session: Session): SessionMedia;
  /** A dial may follow soon: keeps a connection ready, once the microphone permission is granted. Opens nothing. */
  prepare(): void;
  /** Closes the audio of every session and whatever is kept ready. */
  dispose(): void;
}

const idleMsByDefault = 5 * 60_000;

export function mediaFactory(options: MediaFactoryOptions): MediaFactory {
  const { clock, iceServers = [] } = options;
  const permission = options.permission ?? microphonePermission();
  const prepared = preparedConnection({ iceServers, clock, permission, idleMs: options.idleMs ?? idleMsByDefault });
  const bySession = new WeakMap<Session, SessionMedia>();
  const open = new Set<SessionMedia>();
  let disposed = false;

  function media(session: Session): SessionMedia {
    const known = bySession.get(session);
    if (known) return known;
    const made = sessionMedia({
      iceServers,
      clock,
      permission,
      openMicrophone: options.openMicrophone ?? ((signal) => openMicrophone({}, signal)),
      take: () => prepared.take(),
      onFailure: (error) => options.onFailure(session, error),
      onClose() {
        open.delete(made);
        // The next call finds a connection ready again; not sooner, so that this one has the machine for itself.
        if (!disposed && open.size === 0) prepared.prepare();
      },
    });
    bySession.set(session, made);
    open.add(made);
    // SIP.js closes only what it has asked for: a declined invitation's audio it never has.
    session.stateChange.addListener((state) => {
      if (state === SessionState.Terminated) made.close();
    });
    return made;
  }

  return {
    handlerFactory: media,
    media,
    prepare: () => prepared.prepare(),
    dispose() {
      disposed = true;
      for (const one of [...open]) one.close();
      prepared.dispose();
      permission.dispose();
    },
  };
}
