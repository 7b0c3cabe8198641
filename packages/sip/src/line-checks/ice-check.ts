import type { CheckResult, Clock, LineCheck } from '@multiline/core';

const GATHER_MS = 8_000;

export interface IceCheckOptions {
  readonly name: 'stun' | 'turn';
  readonly iceServers: readonly RTCIceServer[];
  readonly clock: Clock;
  readonly connect?: (configuration: RTCConfiguration) => RTCPeerConnection;
}

/**
 * Gathers candidates with these servers alone: STUN has to tell our public address, TURN to lend us one of its own.
 * Finds `stun-works` with the `address`, `stun-none` (nothing configured), `stun-silent`, `stun-refused` with the `code`; `turn-…`
 * likewise.
 */
export function iceCheck(options: IceCheckOptions): LineCheck {
  const { name, clock, connect = (configuration: RTCConfiguration) => new RTCPeerConnection(configuration) } = options;
  const iceServers = options.iceServers.flatMap((server) => {
    const urls = [server.urls].flat().filter((url) => new RegExp(`^${name}s?:`, 'i').test(url));
    return urls.length > 0 ? [{ ...server, urls }] : [];
  });
  return {
    name,
    async run(signal): Promise<CheckResult> {
      if (iceServers.length === 0) return { state: 'skipped', finding: `${name}-none` };
      const connection = connect({ iceServers, iceTransportPolicy: name === 'turn' ? 'relay' : 'all' });
      try {
        return await gathered(connection, { name, clock, signal });
      } finally {
        connection.close();
      }
    },
  };
}

function gathered(
  connection: RTCPeerConnection,
  { name, clock, signal }: { name: 'stun' | 'turn'; clock: Clock; signal: AbortSignal },
): Promise<CheckResult> {
  const wanted = name === 'turn' ? 'relay' : 'srflx';
  let refusal = 0;
  return new Promise((resolve, reject) => {
    const settle = (result: CheckResult): void => {
      cancel();
      resolve(result);
    };
    const without = (): void => {
      // 701 and what is below 300 say that nothing came; the rest is a server's word.
      if (refusal >= 300 && refusal < 700) {
        settle({ state: 'failed', finding: `${name}-refused`, values: { code: refusal } });
      } else {
        settle({ state: 'failed', finding: `${name}-silent` });
      }
    };
    const cancel = clock.at(clock.now() + GATHER_MS, without);
    connection.onicecandidateerror = ({ errorCode }) => {
      if (errorCode < 700) refusal = errorCode;
    };
    connection.onicecandidate = ({ candidate }) => {
      if (!candidate) without();
      else if (candidate.type === wanted) {
        settle({ state: 'ok', finding: `${name}-works`, values: { address: candidate.address ?? '' } });
      }
    };
    signal.addEventListener(
      'abort',
      () => {
        settle({ state: 'skipped', finding: 'stopped' });
      },
      { once: true },
    );
    connection.addTransceiver('audio');
    connection.setLocalDescription().catch((thrown: unknown) => {
      cancel();
      reject(thrown instanceof Error ? thrown : new Error(String(thrown)));
    });
  });
}
