import { expect } from '@open-wc/testing';

// What tests of audio share: microphones that say a tone, and ears that know which tones they hear.

const undo: (() => void)[] = [];
let shared: AudioContext | undefined;
const context = (): AudioContext => (shared ??= new AudioContext());

/** A microphone that says one tone (Hz) until {@link endTones}. */
export function toneTrack(frequency: number): MediaStreamTrack {
  const oscillator = new OscillatorNode(context(), { frequency });
  const destination = context().createMediaStreamDestination();
  oscillator.connect(new GainNode(context(), { gain: 0.2 })).connect(destination);
  oscillator.start();
  const [track] = destination.stream.getAudioTracks() as [MediaStreamTrack];
  undo.push(() => {
    oscillator.stop();
    track.stop();
  });
  return track;
}

/** Listens to a stream: tells whether this tone (Hz) is in it now. */
export function ear(stream: MediaStream): (frequency: number) => boolean {
  // Chromium lets a remote stream flow only while an element has it.
  const tap = new Audio();
  tap.muted = true;
  tap.srcObject = stream;
  const analyser = new AnalyserNode(context(), { fftSize: 4096, smoothingTimeConstant: 0 });
  const source = context().createMediaStreamSource(stream);
  source.connect(analyser);
  undo.push(() => {
    source.disconnect();
    tap.srcObject = null;
  });
  const bins = new Float32Array(analyser.frequencyBinCount);
  return (frequency) => {
    analyser.getFloatFrequencyData(bins);
    return (bins[Math.round((frequency * analyser.fftSize) / context().sampleRate)] ?? -Infinity) > -55;
  };
}

export function endTones(): void {
  undo.splice(0).forEach((step) => step());
}

/** Waits until it is so: nothing tells when a sound arrives. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise(requestAnimationFrame);
}

describe('a tone', () => {
  afterEach(endTones);

  it('is heard, and no other', async () => {
    const hears = ear(new MediaStream([toneTrack(900)]));
    await until(() => hears(900));
    expect([500, 1400].filter(hears)).to.deep.equal([]);
  });
});
