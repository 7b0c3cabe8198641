import { MediaStreamTrack, RTCPeerConnection, RtpHeader, RtpPacket, usePCMU, type RTCRtpCodecParameters } from 'werift';

const PACKET_MS = 20;
const PACKET_BYTES = 160;

/** A browser's side of the media, without a browser: it says the same thing all the time. */
export interface MediaPhone {
  readonly peer: RTCPeerConnection;
  offer(): Promise<string>;
  answer(offer: string): Promise<string>;
  /** Resolved when something was heard that it wants to hear. */
  hear(wanted?: (packet: RtpPacket) => boolean): Promise<RtpPacket>;
  /** Speaks until then: the first packets may find the way not open yet. */
  converse(wanted?: (packet: RtpPacket) => boolean): Promise<RtpPacket>;
  /** Speaks until the result is called. */
  speak(): () => void;
}

/**
 * Makes one. `saying` fills its packets. To end a call before anything was heard breaks a DTLS handshake off, whose timers
 * then keep the process alive for half a minute.
 */
export function mediaPhone(codec: RTCRtpCodecParameters = usePCMU(), saying = 'spoken'): MediaPhone {
  const peer = new RTCPeerConnection({
    codecs: { audio: [codec] },
    iceServers: [],
    iceAdditionalHostAddresses: ['127.0.0.1'],
    iceUseIpv6: false,
  });
  const microphone = new MediaStreamTrack({ kind: 'audio' });
  const transceiver = peer.addTransceiver(microphone, { direction: 'sendrecv' });
  const listeners = new Set<(packet: RtpPacket) => void>();
  transceiver.onTrack.subscribe((track) => {
    track.onReceiveRtp.subscribe((packet) => {
      for (const listener of [...listeners]) listener(packet);
    });
  });
  const payload = saying.length < 10 ? Buffer.from(saying) : Buffer.alloc(PACKET_BYTES, saying);
  let number = 0;
  const speak = () => {
    const timer = setInterval(() => {
      const header = new RtpHeader({ sequenceNumber: ++number, timestamp: number * PACKET_BYTES });
      microphone.writeRtp(new RtpPacket(header, payload));
    }, PACKET_MS);
    return () => clearInterval(timer);
  };
  const hear = (wanted: (packet: RtpPacket) => boolean = () => true) =>
    new Promise<RtpPacket>((resolve) => {
      const listener = (packet: RtpPacket) => {
        if (!wanted(packet)) return;
        listeners.delete(listener);
        resolve(packet);
      };
      listeners.add(listener);
    });
  return {
    peer,
    speak,
    async offer() {
      await peer.setLocalDescription(await peer.createOffer());
      return peer.localDescription?.sdp ?? '';
    },
    async answer(offer) {
      await peer.setRemoteDescription({ type: 'offer', sdp: offer });
      await peer.setLocalDescription(await peer.createAnswer());
      return peer.localDescription?.sdp ?? '';
    },
    hear,
    async converse(wanted) {
      const stop = speak();
      const heard = await hear(wanted);
      stop();
      return heard;
    },
  };
}
