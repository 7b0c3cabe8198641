/** One direction of a call's audio since it began. */
export interface AudioFlow {
  readonly packets: number;
  readonly bytes: number;
  /** 0 (silence) to 1, now. */
  readonly level: number;
  /** Grows while there is sound; standing still means silence. */
  readonly energy: number;
}

export interface AudioStats {
  readonly sent: AudioFlow;
  readonly received: AudioFlow & {
    /** Packets that never came. */
    readonly lost: number;
    readonly jitterMs: number;
  };
  /** Neither side lets the other wait. */
  readonly bothWays: boolean;
  /** To the other side and back; absent until it was measured. */
  readonly roundTripMs?: number;
}

/** The parts of WebRTC's statistics that we read, whatever their kind (W3C "Identifiers for WebRTC's Statistics API"). */
interface Report {
  readonly type: string;
  readonly kind?: string;
  readonly packetsSent?: number;
  readonly bytesSent?: number;
  readonly packetsReceived?: number;
  readonly bytesReceived?: number;
  readonly packetsLost?: number;
  readonly jitter?: number;
  readonly audioLevel?: number;
  readonly totalAudioEnergy?: number;
  readonly roundTripTime?: number;
  readonly currentRoundTripTime?: number;
  readonly nominated?: boolean;
}

/** Measures a connection's audio. Zeros where nothing has flowed: without a connection, and on a closed one. */
export async function audioStats(connection: RTCPeerConnection | undefined): Promise<AudioStats> {
  const reports: Report[] = [];
  if (connection && connection.signalingState !== 'closed') {
    for (const report of (await connection.getStats()).values()) reports.push(report as Report);
  }
  const audio = (type: string): Report | undefined =>
    reports.find((report) => report.type === type && report.kind === 'audio');
  const outbound = audio('outbound-rtp');
  const source = audio('media-source');
  const inbound = audio('inbound-rtp');
  const pair = reports.find((report) => report.type === 'candidate-pair' && report.nominated === true);
  const roundTrip = audio('remote-inbound-rtp')?.roundTripTime ?? pair?.currentRoundTripTime;
  return {
    bothWays: connection?.getTransceivers().some((one) => one.currentDirection === 'sendrecv') ?? false,
    sent: {
      packets: outbound?.packetsSent ?? 0,
      bytes: outbound?.bytesSent ?? 0,
      level: source?.audioLevel ?? 0,
      energy: source?.totalAudioEnergy ?? 0,
    },
    received: {
      packets: inbound?.packetsReceived ?? 0,
      bytes: inbound?.bytesReceived ?? 0,
      level: inbound?.audioLevel ?? 0,
      energy: inbound?.totalAudioEnergy ?? 0,
      lost: inbound?.packetsLost ?? 0,
      jitterMs: (inbound?.jitter ?? 0) * 1000,
    },
    ...(roundTrip === undefined ? {} : { roundTripMs: roundTrip * 1000 }),
  };
}
