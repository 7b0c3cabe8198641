/** Whether somebody speaks, by loudness. */
export interface Speech {
  readonly speaking: boolean;
  /** Measures now (epoch ms). @returns what has become of it when it changed */
  look(now: number): boolean | undefined;
}

/** Loudness (RMS, 0 to 1) that begins speech, and the one below which it may have ended: breath and line noise lie under both. */
const loud = 0.02;
const quiet = 0.01;
/** A pause between words is no silence. */
const pauseMs = 600;

export function speech(analyser: Pick<AnalyserNode, 'fftSize' | 'getFloatTimeDomainData'>): Speech {
  const samples = new Float32Array(analyser.fftSize);
  let speaking = false;
  let lastHeardAt = 0;

  return {
    get speaking() {
      return speaking;
    },
    look(now) {
      analyser.getFloatTimeDomainData(samples);
      const level = loudness(samples);
      if (level >= (speaking ? quiet : loud)) lastHeardAt = now;
      const becomes = level >= loud || (speaking && Math.abs(now - lastHeardAt) < pauseMs);
      if (becomes === speaking) return undefined;
      speaking = becomes;
      return speaking;
    },
  };
}

/** Root mean square, 0 to 1. */
export function loudness(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / samples.length);
}
