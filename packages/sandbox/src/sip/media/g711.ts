/** G.711 µ-law, mono: samples a second. */
export const RATE = 8000;
/** Samples, and bytes, of one packet of 20 ms. */
export const FRAME = 160;
export const FRAME_MS = 20;

const LOUDNESS = 8000;
const BIAS = 0x84;
const HIGHEST = 32_635;

/** One 16-bit sample in µ-law (ITU-T G.711). */
function toMuLaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), HIGHEST) + BIAS;
  const exponent = Math.max(0, Math.floor(Math.log2(magnitude)) - 7);
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}

/** One µ-law byte as a 16-bit sample. */
function fromMuLaw(byte: number): number {
  const bits = ~byte & 0xff;
  const magnitude = ((((bits & 0x0f) << 3) + BIAS) << ((bits >> 4) & 0x07)) - BIAS;
  return (bits & 0x80) === 0 ? magnitude : -magnitude;
}

/** A steady tone in frames; 0 Hz is silence. */
export function toneFrames(hertz: number, ms: number): Buffer[] {
  return Array.from({ length: Math.round(ms / FRAME_MS) }, (_, index) => {
    const frame = Buffer.alloc(FRAME);
    for (let at = 0; at < FRAME; at++) {
      const seconds = (index * FRAME + at) / RATE;
      frame[at] = toMuLaw(Math.round(LOUDNESS * Math.sin(2 * Math.PI * hertz * seconds)));
    }
    return frame;
  });
}

/** A recording in µ-law as a WAV file of 16-bit samples, which every browser plays. */
export function wavOf(recording: Buffer): Buffer {
  const bytes = recording.length * 2;
  const wav = Buffer.alloc(44 + bytes);
  wav.write('RIFF', 0, 'latin1');
  wav.writeUInt32LE(36 + bytes, 4);
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20); // PCM
  wav.writeUInt16LE(1, 22); // one channel
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(RATE * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(bytes, 40);
  recording.forEach((byte, at) => wav.writeInt16LE(fromMuLaw(byte), 44 + at * 2));
  return wav;
}
