// What RTPengine has recorded (`--recording-method=pcap`), as audio: one Ogg Opus file per speaker beside the pcap file.
//
//   node recording.mjs /var/spool/rtpengine/pcaps/CALL.pcap
//
// For calls between browsers, which speak Opus. Needs nothing but Node.
import { readFile, writeFile } from 'node:fs/promises';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

/** Opus counts its samples at 48 kHz whatever it carries (RFC 7587 §4.1); browsers send 20 ms at a time. */
const FRAME = 960;
/** Where so many frames are missing, the speaker was not recorded meanwhile (ten seconds at most are kept as silence). */
const LONGEST_GAP = 500;

/** The packets of a pcap file of RTPengine's (format `raw`: each begins with its IP header), as RTP: `{ ssrc, timestamp, payload }`. */
function* packetsOf(pcap) {
  for (let at = 24; at + 16 <= pcap.length;) {
    const packet = pcap.subarray(at + 16, at + 16 + pcap.readUInt32LE(at + 8));
    at += 16 + packet.length;
    const header = packet[0] >> 4 === 6 ? 40 : (packet[0] & 15) * 4;
    const rtp = packet.subarray(header + 8);
    // RTCP comes by the same port (RFC 5761 §4).
    if (rtp.length < 13 || rtp[0] >> 6 !== 2 || (rtp[1] >= 192 && rtp[1] <= 223)) continue;
    let start = 12 + 4 * (rtp[0] & 15);
    if (rtp[0] & 16) start += 4 + 4 * rtp.readUInt16BE(start + 2);
    const end = rtp[0] & 32 ? rtp.length - rtp.at(-1) : rtp.length;
    yield { ssrc: rtp.readUInt32BE(8), timestamp: rtp.readUInt32BE(4), payload: rtp.subarray(start, end) };
  }
}

/** Frames in their order, each once; for one that never came there is an empty one, which a decoder conceals. */
function framesOf(packets) {
  const [first] = packets;
  const frames = [];
  for (const { timestamp, payload } of packets) {
    // Timestamps go round.
    const index = Math.round(((timestamp - first.timestamp) | 0) / FRAME);
    if (index < 0 || index > frames.length + LONGEST_GAP) continue;
    while (frames.length < index) frames.push(payload.subarray(0, 1));
    frames[index] = payload;
  }
  return frames;
}

/** Ogg's own check sum (RFC 3533 §6). */
function checkSum(bytes) {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) sum = sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
  }
  return sum >>> 0;
}

function page(packet, { ssrc, number, position, flags = 0 }) {
  const lengths = [...Array(Math.floor(packet.length / 255)).fill(255), packet.length % 255];
  const head = Buffer.alloc(27);
  head.write('OggS');
  head[5] = flags;
  head.writeBigUInt64LE(BigInt(position), 6);
  head.writeUInt32LE(ssrc, 14);
  head.writeUInt32LE(number, 18);
  head[26] = lengths.length;
  const whole = Buffer.concat([head, Buffer.from(lengths), packet]);
  whole.writeUInt32LE(checkSum(whole), 22);
  return whole;
}

/** Ogg Opus (RFC 7845), one frame a page. */
function ogg(ssrc, frames) {
  const identity = Buffer.alloc(19);
  identity.write('OpusHead');
  identity.set([1, 2], 8);
  identity.writeUInt32LE(48_000, 12);
  const tags = Buffer.concat([Buffer.from('OpusTags'), Buffer.alloc(8)]);
  return Buffer.concat([
    page(identity, { ssrc, number: 0, position: 0, flags: 2 }),
    page(tags, { ssrc, number: 1, position: 0 }),
    ...frames.map((frame, index) => {
      const flags = index === frames.length - 1 ? 4 : 0;
      return page(frame, { ssrc, number: index + 2, position: (index + 1) * FRAME, flags });
    }),
  ]);
}

/** What each speaker has said, as Ogg Opus files. */
export function speakersOf(pcap) {
  const speakers = new Map();
  for (const packet of packetsOf(pcap)) {
    const packets = speakers.get(packet.ssrc);
    if (packets) packets.push(packet);
    else speakers.set(packet.ssrc, [packet]);
  }
  return [...speakers].map(([ssrc, packets]) => ogg(ssrc, framesOf(packets)));
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const [, , file] = argv;
  for (const [index, audio] of speakersOf(await readFile(file)).entries())
    await writeFile(file.replace(/(\.pcap)?$/, `-${index + 1}.ogg`), audio);
}
