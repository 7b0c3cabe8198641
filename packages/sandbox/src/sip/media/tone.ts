const RATE = 8000;
const FRAME = 160;
const PITCH_HZ = 440;
const LOUDNESS = 8000;

/** 20 ms of a steady tone in G.711 µ-law; consecutive indexes join without a click. */
export function toneFrame(index: number): Buffer {
  const frame = Buffer.alloc(FRAME);
  for (let at = 0; at < FRAME; at++) {
    const seconds = (index * FRAME + at) / RATE;
    frame[at] = toMuLaw(Math.round(LOUDNESS * Math.sin(2 * Math.PI * PITCH_HZ * seconds)));
  }
  return frame;
}

/** One 16-bit sample in µ-law (ITU-T G.711). */
function toMuLaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), 32_635) + 0x84;
  const exponent = Math.max(0, Math.floor(Math.log2(magnitude)) - 7);
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}
