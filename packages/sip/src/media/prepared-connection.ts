import type { Clock } from '@multiline/core';
import { watchAddresses } from './candidates.ts';
import type { MicrophonePermission } from './microphone.ts';

/** A connection with its offer already set, and since when (epoch ms) it gathers. */
export interface OfferedConnection {
  readonly connection: RTCPeerConnection;
  /** Settles when the offer is set as local description. */
  readonly offered: Promise<void>;
  readonly since: number;
}

export interface PreparedConnectionOptions {
  readonly iceServers: readonly RTCIceServer[];
  readonly clock: Clock;
  readonly permission: MicrophonePermission;
  /** How long it is kept while nobody asks for it, with ICE servers given. */
  readonly idleMs: number;
  /** It has found another address of ours: the network has changed. */
  readonly onMoved: () => void;
}

/** One connection kept ready, so that a dial need not wait for candidates. */
export interface PreparedConnection {
  /** Asks for one to be ready. Does nothing but push the deadline on when it is; waits for the permission where that is missing. */
  prepare(): void;
  /** Hands over the one that is ready, if any. The next is made by the next {@link prepare}. */
  take(): OfferedConnection | undefined;
  dispose(): void;
}

/**
 * Keeps one `RTCPeerConnection` with its candidates gathered. Only while the microphone permission is granted: before, the
 * browser hides the real addresses behind `.local` names that many servers cannot resolve. The microphone stays closed.
 *
 * The connection is made anew when the network changes. With ICE servers it is dropped after `idleMs` without a
 * {@link PreparedConnection.prepare}, because a browser refreshes its STUN binding every ten seconds as long as it lives.
 */
export function preparedConnection(options: PreparedConnectionOptions): PreparedConnection {
  const { clock, permission, iceServers } = options;
  let ready: OfferedConnection | undefined;
  /** Ends what is heard of the one that is ready. */
  let leave = new AbortController();
  let wanted = false;
  let watching: (() => void) | undefined;
  let cancelIdle: (() => void) | undefined;

  const take = (): OfferedConnection | undefined => {
    const taken = ready;
    ready = undefined;
    leave.abort();
    return taken;
  };
  const drop = (): void => take()?.connection.close();
  const renew = (): void => {
    drop();
    if (wanted && permission.state === 'granted') ready = offer();
  };
  const forget = (): void => {
    wanted = false;
    cancelIdle?.();
    cancelIdle = undefined;
    drop();
  };

  function offer(): OfferedConnection {
    const made = offeredConnection(iceServers, clock);
    leave = new AbortController();
    const moved = (): void => {
      // A new connection leaves the dead addresses behind.
      renew();
      options.onMoved();
    };
    watchAddresses(made.connection, moved, leave.signal);
    made.offered.catch(() => {
      if (ready === made) drop();
    });
    return made;
  }

  function watch(): void {
    if (watching) return;
    const unwatch = permission.watch(renew);
    addEventListener('online', renew);
    watching = () => {
      unwatch();
      removeEventListener('online', renew);
    };
  }

  return {
    prepare() {
      if (typeof RTCPeerConnection === 'undefined') return;
      wanted = true;
      watch();
      if (!ready) renew();
      cancelIdle?.();
      if (iceServers.length > 0) cancelIdle = clock.at(clock.now() + options.idleMs, forget);
    },
    take,
    dispose() {
      watching?.();
      watching = undefined;
      forget();
    },
  };
}

/** Makes a connection that offers audio both ways and begins to gather. No microphone: the track joins later. */
export function offeredConnection(iceServers: readonly RTCIceServer[], clock: Clock): OfferedConnection {
  const connection = new RTCPeerConnection({ iceServers: [...iceServers], iceCandidatePoolSize: 1 });
  connection.addTransceiver('audio', { direction: 'sendrecv' });
  return { connection, offered: connection.setLocalDescription(), since: clock.now() };
}
