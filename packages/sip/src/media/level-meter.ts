import type { Clock } from '@multiline/core';
import { loudness } from './speech.ts';

/** What a meter shows as nothing, in dB under full scale: a quiet room. */
const floorDb = 60;

/** A loudness (0 to 1, linear) as a meter shows it: 0 to 1, by the ear's measure. */
export function meterLevel(linear: number): number {
  return linear > 0 ? Math.max(0, 1 + (20 * Math.log10(linear)) / floorDb) : 0;
}

/** How often a meter moves, in ms. */
export const meterMs = 100;

/** Tells how loud a track is (RMS, 0 to 1, linear), ten times a second. Answers how to stop. */
export function watchTrack(track: MediaStreamTrack, clock: Clock, listener: (loudness: number) => void): () => void {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 2048 });
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let stop = clock.at(clock.now() + meterMs, look);

  function look(): void {
    analyser.getFloatTimeDomainData(samples);
    stop = clock.at(clock.now() + meterMs, look);
    listener(loudness(samples));
  }

  return () => {
    stop();
    if (context.state !== 'closed') void context.close();
  };
}
