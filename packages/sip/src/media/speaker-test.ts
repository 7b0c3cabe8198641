import { playback } from './playback.ts';

/** Two notes, one after the other (Hz), each this long (s): nobody takes them for a call. */
const notes = [660, 880];
const noteS = 0.25;

/** Plays a short sound on a loudspeaker; empty is the system's. Resolves when it was played. */
export async function playTestSound(deviceId: string): Promise<void> {
  const context = new AudioContext();
  const speaker = playback();
  try {
    const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    const volume = new GainNode(context, { gain: 0.3 });
    volume.connect(destination);
    await speaker.chooseOutput(deviceId);
    speaker.play(destination.stream);
    await context.resume();
    const ended = notes.map((frequency, index) => {
      const note = new OscillatorNode(context, { frequency });
      note.connect(volume);
      note.start(context.currentTime + index * noteS);
      note.stop(context.currentTime + (index + 1) * noteS);
      return new Promise((resolve) => note.addEventListener('ended', resolve, { once: true }));
    });
    await Promise.all(ended);
  } finally {
    speaker.dispose();
    await context.close();
  }
}
