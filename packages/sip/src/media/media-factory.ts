import type { Clock, MultiLineError } from '@multiline/core';
import { SessionState, type Session, type SessionDescriptionHandlerFactory } from 'sip.js';
import { microphonePermission, openMicrophone, type MicrophonePermission } from './microphone.ts';
import { preparedConnection, type PreparedConnection } from './prepared-connection.ts';
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
  /** The network has changed: a connection that is kept ready, or carries a call, has found another address of ours. */
  readonly onMoved?: () => void;
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
  /** Closes the audio of every session and whatever is kept ready. What is asked for afterwards begins anew. */
  dispose(): void;
}

const nobody = (): void => undefined;
const idleMsByDefault = 5 * 60_000;

export function mediaFactory(options: MediaFactoryOptions): MediaFactory {
  const { clock, iceServers = [], idleMs = idleMsByDefault, onMoved = nobody } = options;
  const bySession = new WeakMap<Session, SessionMedia>();
  const open = new Set<SessionMedia>();
  let tools: Tools | undefined;

  function ready(): Tools {
    if (tools) return tools;
    const permission = options.permission ?? microphonePermission();
    return (tools = { permission, prepared: preparedConnection({ iceServers, clock, permission, idleMs, onMoved }) });
  }

  function media(session: Session): SessionMedia {
    const known = bySession.get(session);
    if (known) return known;
    const { permission, prepared } = ready();
    const made = sessionMedia({
      iceServers,
      clock,
      permission,
      openMicrophone: options.openMicrophone ?? ((signal) => openMicrophone({}, signal)),
      take: () => prepared.take(),
      onFailure: (error) => options.onFailure(session, error),
      onMoved,
      onClose() {
        open.delete(made);
        // The next call finds a connection ready again; not sooner, so that this one has the machine for itself.
        if (open.size === 0) tools?.prepared.prepare();
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
    prepare: () => ready().prepared.prepare(),
    dispose() {
      const used = tools;
      tools = undefined;
      for (const one of [...open]) one.close();
      used?.prepared.dispose();
      used?.permission.dispose();
    },
  };
}

/** Made with the first need: a phone that never calls asks the browser for nothing. */
interface Tools {
  readonly permission: MicrophonePermission;
  readonly prepared: PreparedConnection;
}
