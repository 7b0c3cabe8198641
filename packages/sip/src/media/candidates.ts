import type { Clock } from '@multiline/core';

/** How long an offer or answer waits for more addresses, in ms. */
export interface GatheringLimits {
  /** At most, whatever has come. Default 450: with making the connection a silent STUN server costs less than 500. */
  readonly capMs: number;
  /** After the first useful candidate. Default 20: enough for the other networks of the same phase. */
  readonly graceMs: number;
}

export const gatheringLimits: GatheringLimits = { capMs: 450, graceMs: 20 };

/** Who is patient gives up after this: a description without an address reads as hold. */
const PATIENCE_MS = 4_000;

export interface GatheringWait {
  readonly clock: Clock;
  /** When gathering began (epoch ms): time already spent counts. */
  readonly since: number;
  /** Ends the wait; the promise then resolves, the caller looks at its own state. */
  readonly signal: AbortSignal;
  /** Whether it waits for a first address that reaches beyond this machine: while the network changes there may be none. */
  readonly patient?: boolean;
  readonly limits?: GatheringLimits;
}

/**
 * Waits until a local description is worth sending: gathering is complete, or the cap is reached, or a candidate of the kind
 * that will come is there and a short grace has passed. Browsers report `complete` some 120 ms later than the last candidate
 * that helps, because they go through relay and TCP phases even without servers for them.
 */
export function gathered(
  connection: RTCPeerConnection,
  { clock, since, signal, patient = false, limits = gatheringLimits }: GatheringWait,
): Promise<void> {
  const servers = (connection.getConfiguration().iceServers ?? []).length > 0;
  const text = (): string => connection.localDescription?.sdp ?? '';
  return new Promise((resolve) => {
    const over = new AbortController();
    const cancels: (() => void)[] = [];
    const finish = (): void => {
      for (const cancel of cancels) cancel();
      over.abort();
      resolve();
    };
    // An ICE restart leaves the state of the gathering before for a moment; an offer without any address reads as hold.
    let stale = !useful(text(), false);
    let grace = false;
    const changed = (): void => {
      stale = false;
      look();
    };
    // A clock set back must not lengthen the wait: never more than the cap from now.
    const capAt = Math.min(since, clock.now()) + limits.capMs;
    let capped = clock.now() >= capAt;
    const look = (): void => {
      const enough = (connection.iceGatheringState === 'complete' && !stale) || capped;
      const early = patient && !reachesOut(text());
      if (signal.aborted || (enough && !early)) {
        finish();
        return;
      }
      if (grace || early || !useful(text(), servers && !capped)) return;
      grace = true;
      cancels.push(clock.at(clock.now() + limits.graceMs, finish));
    };
    const cap = (): void => {
      capped = true;
      look();
    };
    connection.addEventListener('icegatheringstatechange', changed, over);
    connection.addEventListener('icecandidate', look, over);
    signal.addEventListener('abort', finish, over);
    cancels.push(clock.at(capAt, cap));
    if (patient) cancels.push(clock.at(capAt + PATIENCE_MS, finish));
    look();
  });
}

/** Whether what has been gathered so far will do: with servers, an address seen from outside; else any. */
export function useful(sdp: string, servers: boolean): boolean {
  return servers ? /^a=candidate:.* typ (?:srflx|relay)\b/m.test(sdp) : /^a=candidate:/m.test(sdp);
}

/**
 * Whether there is an address that leads beyond this machine, where browsers offer others only when they are told to. What is
 * offered for TCP is only what would be dialed from: nobody has looked whether it is there.
 */
export function reachesOut(sdp: string): boolean {
  return /^a=candidate:\S+ \d+ udp \d+ (?!127\.|::1 )/m.test(sdp);
}

/**
 * Hears that a connection has found another address of ours after it had found all: the network has changed. No event of the
 * page tells of a new address on the same interface; Chromium looks for itself, two seconds later.
 *
 * @param signal ends it
 */
export function watchAddresses(connection: RTCPeerConnection, onFound: () => void, signal: AbortSignal): void {
  let complete = false;
  const changed = (): void => void (complete = connection.iceGatheringState === 'complete');
  const found = ({ candidate }: RTCPeerConnectionIceEvent): void => {
    if (candidate && complete) onFound();
  };
  connection.addEventListener('icegatheringstatechange', changed, { signal });
  connection.addEventListener('icecandidate', found, { signal });
}
