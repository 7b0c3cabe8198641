import type { Clock } from '@multiline/core';

/** How long an offer or answer waits for more addresses, in ms. */
export interface GatheringLimits {
  /** At most, whatever has come. Default 450: with making the connection a silent STUN server costs less than 500. */
  readonly capMs: number;
  /** After the first useful candidate. Default 20: enough for the other networks of the same phase. */
  readonly graceMs: number;
}

export const gatheringLimits: GatheringLimits = { capMs: 450, graceMs: 20 };

/**
 * Waits until a local description is worth sending: gathering is complete, or the cap is reached, or a candidate of the kind
 * that will come is there and a short grace has passed. Browsers report `complete` some 120 ms later than the last candidate
 * that helps, because they go through relay and TCP phases even without servers for them.
 *
 * @param since when gathering began (epoch ms): time already spent counts.
 * @param signal ends the wait; the promise then resolves, the caller looks at its own state.
 */
export function gathered(
  connection: RTCPeerConnection,
  clock: Clock,
  since: number,
  signal: AbortSignal,
  limits: GatheringLimits = gatheringLimits,
): Promise<void> {
  const servers = connection.getConfiguration().iceServers ?? [];
  return new Promise((resolve) => {
    let cancelGrace: (() => void) | undefined;
    let cancelCap: (() => void) | undefined;
    const finish = (): void => {
      cancelCap?.();
      cancelGrace?.();
      signal.removeEventListener('abort', finish);
      connection.removeEventListener('icegatheringstatechange', changed);
      connection.removeEventListener('icecandidate', look);
      resolve();
    };
    // An ICE restart leaves the state of the gathering before for a moment; an offer without any address reads as hold.
    let stale = !useful(connection.localDescription?.sdp ?? '', false);
    const changed = (): void => {
      stale = false;
      look();
    };
    const look = (): void => {
      const complete = connection.iceGatheringState === 'complete' && !stale;
      if (signal.aborted || complete || clock.now() >= capAt) {
        finish();
        return;
      }
      if (cancelGrace || !useful(connection.localDescription?.sdp ?? '', servers.length > 0)) return;
      cancelGrace = clock.at(clock.now() + limits.graceMs, finish);
    };
    // A clock set back must not lengthen the wait: never more than the cap from now.
    const capAt = Math.min(since, clock.now()) + limits.capMs;
    connection.addEventListener('icegatheringstatechange', changed);
    connection.addEventListener('icecandidate', look);
    signal.addEventListener('abort', finish);
    cancelCap = clock.at(capAt, finish);
    look();
  });
}

/** Whether what has been gathered so far will do: with servers, an address seen from outside; else any. */
function useful(sdp: string, servers: boolean): boolean {
  return servers ? /^a=candidate:.* typ (?:srflx|relay)\b/m.test(sdp) : /^a=candidate:/m.test(sdp);
}
