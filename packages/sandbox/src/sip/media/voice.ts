import type { MediaStreamTrack, RTCPeerConnection, RtpPacket } from 'werift';
import { toneFrame } from './tone.ts';

/** `echo` sends back what it hears; `voicemail` plays one tone and then only listens. */
export type VoiceKind = 'echo' | 'voicemail';

/** A party of a call that is made of media alone. */
export interface Voice {
  /** Takes an offer, gives the answer; rejects on an offer it cannot read or use. */
  answer(offer: string): Promise<string>;
  /** Gives an offer, for an INVITE that came without one. */
  offer(): Promise<string>;
  /** Takes the answer to its offer. */
  accept(answer: string): Promise<void>;
  /** How much was heard, in ms of audio packets. */
  readonly heardMs: number;
  close(): Promise<void>;
}

const PACKET_MS = 20;
const TONE_PACKETS = 30;

/** Opens a voice; `onLost` is called once when its media path is gone for good. */
export async function openVoice(kind: VoiceKind, onLost: () => void): Promise<Voice> {
  // The WebRTC stack is large: whoever never calls an address that answers does without it.
  const werift = await import('werift');
  const pcmu = werift.usePCMU();
  const peer = new werift.RTCPeerConnection({
    codecs: { audio: kind === 'echo' ? [werift.useOPUS(), pcmu] : [pcmu] },
    iceServers: [],
    iceAdditionalHostAddresses: ['127.0.0.1'],
    iceUseIpv6: false,
  });
  const track = new werift.MediaStreamTrack({ kind: 'audio' });
  const transceiver = peer.addTransceiver(track, { direction: 'sendrecv' });
  let packets = 0;
  let stopTone: () => void = () => undefined;
  let closed = false;

  peer.connectionStateChange.subscribe((state) => {
    if (closed) return;
    if (state === 'failed' || state === 'closed') onLost();
    if (state === 'connected' && kind === 'voicemail') {
      stopTone();
      stopTone = playTone(track, (sequence, timestamp, payload) => {
        const header = new werift.RtpHeader({ sequenceNumber: sequence, timestamp, payloadType: 0 });
        return new werift.RtpPacket(header, payload);
      });
    }
  });
  transceiver.onTrack.subscribe((remote) => {
    remote.onReceiveRtp.subscribe((packet) => {
      packets++;
      // The other end may switch to a codec we do not send; its packets would be noise under our payload type.
      const sendable = packet.header.payloadType === transceiver.sender.codec?.payloadType;
      if (kind === 'echo' && sendable) track.writeRtp(packet.clone());
    });
  });

  return {
    async answer(offer) {
      await peer.setRemoteDescription({ type: 'offer', sdp: offer });
      if (transceiver.codecs.length === 0) throw new Error('no codec in common');
      await peer.setLocalDescription(await peer.createAnswer());
      return localText(peer);
    },
    async offer() {
      await peer.setLocalDescription(await peer.createOffer());
      return localText(peer);
    },
    accept: (answer) => peer.setRemoteDescription({ type: 'answer', sdp: answer }),
    get heardMs() {
      return packets * PACKET_MS;
    },
    async close() {
      closed = true;
      stopTone();
      await peer.close();
    },
  };
}

function localText(peer: RTCPeerConnection): string {
  const text = peer.localDescription?.sdp;
  if (text === undefined) throw new Error('no local description');
  return text;
}

function playTone(
  track: MediaStreamTrack,
  packetOf: (sequence: number, timestamp: number, payload: Buffer) => RtpPacket,
): () => void {
  let sent = 0;
  const timer = setInterval(() => {
    if (sent === TONE_PACKETS) {
      clearInterval(timer);
      return;
    }
    track.writeRtp(packetOf(sent, sent * 160, toneFrame(sent)));
    sent++;
  }, PACKET_MS);
  timer.unref();
  return () => clearInterval(timer);
}
