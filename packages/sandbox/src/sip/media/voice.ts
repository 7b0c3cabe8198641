import type { RTCPeerConnection } from 'werift';

/** Audio as it came: one packet's payload and how many samples after the last one it was spoken. */
export interface Heard {
  readonly payload: Buffer;
  readonly elapsed: number;
}

/** What a voice tells while its call lasts. */
export interface VoiceEvents {
  /** The path is open: what is sent from now on is heard. */
  onOpen(): void;
  /** Audio came, in the codec that is sent. */
  onHeard(heard: Heard): void;
  /** A key was pressed (RFC 4733). */
  onDigit(digit: string): void;
  /** The path is gone for good. */
  onLost(): void;
}

/** A party of a call that is made of media alone. */
export interface Voice {
  /** Takes an offer, gives the answer; rejects on an offer it cannot read or use. */
  answer(offer: string): Promise<string>;
  /** Gives an offer. */
  offer(): Promise<string>;
  /** Takes the answer to its offer. */
  accept(answer: string): Promise<void>;
  /** Sends a packet; nothing is sent before the path is open. */
  send(heard: Heard): void;
  close(): Promise<void>;
}

const DIGITS = '0123456789*#ABCD';

/** Opens a voice: `any` takes Opus or G.711 and suits what only sends back, `g711` is what we can make and keep. */
export async function openVoice(codecs: 'any' | 'g711', events: VoiceEvents): Promise<Voice> {
  // The WebRTC stack is large: whoever never calls an address that answers does without it.
  const werift = await import('werift');
  const pcmu = werift.usePCMU();
  const keys = new werift.RTCRtpCodecParameters({
    mimeType: 'audio/telephone-event',
    clockRate: 8000,
    channels: 1,
    payloadType: 101,
  });
  const peer = new werift.RTCPeerConnection({
    codecs: { audio: codecs === 'any' ? [werift.useOPUS(), pcmu] : [pcmu, keys] },
    iceServers: [],
    iceAdditionalHostAddresses: ['127.0.0.1'],
    iceUseIpv6: false,
  });
  const track = new werift.MediaStreamTrack({ kind: 'audio' });
  const transceiver = peer.addTransceiver(track, { direction: 'sendrecv' });
  let sequence = 0;
  let timestamp = 0;
  let lastHeard: number | undefined;
  let lastKey: number | undefined;
  let open = false;
  let closed = false;

  peer.connectionStateChange.subscribe((state) => {
    if (closed) return;
    if (state === 'failed' || state === 'closed') events.onLost();
    if (state === 'connected' && !open) {
      open = true;
      events.onOpen();
    }
  });
  transceiver.onTrack.subscribe((remote) => {
    remote.onReceiveRtp.subscribe(({ header, payload }) => {
      const codec = transceiver.codecs.find(({ payloadType }) => payloadType === header.payloadType);
      if (codec?.mimeType.toLowerCase() === 'audio/telephone-event') {
        // Each key comes in many packets that share its time; the first tells it.
        const digit = DIGITS[payload[0] ?? -1];
        if (digit !== undefined && lastKey !== header.timestamp) events.onDigit(digit);
        lastKey = header.timestamp;
        return;
      }
      // The other end may switch to a codec we do not send; its packets would be noise under our payload type.
      if (header.payloadType !== transceiver.sender.codec?.payloadType) return;
      const elapsed = (header.timestamp - (lastHeard ?? header.timestamp)) >>> 0;
      // Half the circle ahead is behind: a packet that came late.
      if (elapsed >= 2 ** 31) return;
      lastHeard = header.timestamp;
      events.onHeard({ payload, elapsed });
    });
  });

  return {
    async answer(offer) {
      await peer.setRemoteDescription({ type: 'offer', sdp: offer });
      if (transceiver.codecs.every((codec) => codec.mimeType.toLowerCase() === 'audio/telephone-event')) {
        throw new Error('no codec in common');
      }
      await peer.setLocalDescription(await peer.createAnswer());
      return localText(peer);
    },
    async offer() {
      await peer.setLocalDescription(await peer.createOffer());
      return localText(peer);
    },
    accept: (answer) => peer.setRemoteDescription({ type: 'answer', sdp: answer }),
    send({ payload, elapsed }) {
      if (!open) return;
      sequence = (sequence + 1) & 0xffff;
      timestamp = (timestamp + elapsed) >>> 0;
      const header = new werift.RtpHeader({ sequenceNumber: sequence, timestamp });
      track.writeRtp(new werift.RtpPacket(header, payload));
    },
    async close() {
      closed = true;
      await peer.close();
    },
  };
}

function localText(peer: RTCPeerConnection): string {
  const text = peer.localDescription?.sdp;
  if (text === undefined) throw new Error('no local description');
  return text;
}
