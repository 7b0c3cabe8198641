/** Begins to sound on an output (its id; absent: the system's); the answered function ends it. Must not throw. */
export type Ringtone = (output?: string) => () => void;

/** A context that can choose its output; not every browser's can. */
interface ChoosyContext extends AudioContext {
  setSinkId?(id: string): Promise<void>;
}

/** What the tone is made with: the page's own, another in tests. */
export interface TonePlatform {
  readonly AudioContext?: typeof AudioContext;
  readonly document?: Document;
}

/** One cycle: two notes after each other, twice, then a pause. Hertz and seconds. */
const NOTES: readonly { readonly hertz: number; readonly from: number; readonly to: number }[] = [
  { hertz: 659.26, from: 0, to: 0.3 },
  { hertz: 783.99, from: 0.3, to: 0.6 },
  { hertz: 659.26, from: 0.7, to: 1 },
  { hertz: 783.99, from: 1, to: 1.3 },
];
const CYCLE = 3;
/** A note swells and fades within this time (s): an edge would be heard as a click. */
const EDGE = 0.02;
/** Softer than full scale; the machine's volume is the person's. */
const LOUDNESS = 0.25;
const FADE = 0.05;
/** Heard beside a voice, not over it. */
const KNOCK_LOUDNESS = 0.06;

/** One cycle as samples. */
export function ringSamples(sampleRate: number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(Math.round(CYCLE * sampleRate));
  for (const { hertz, from, to } of NOTES) {
    for (let index = Math.round(from * sampleRate); index < to * sampleRate; index++) {
      const time = index / sampleRate;
      const edge = Math.max(0, Math.min(1, (time - from) / EDGE, (to - time) / EDGE));
      const turn = 2 * Math.PI * hertz * (time - from);
      // A little of the octave makes a sine audible on small loudspeakers.
      samples[index] = (samples[index] ?? 0) + LOUDNESS * edge * (0.8 * Math.sin(turn) + 0.2 * Math.sin(2 * turn));
    }
  }
  return samples;
}

/** How long a context may take to begin before it counts as silenced. */
const GRACE_MS = 300;

/** What wakes a context that the browser keeps silent until somebody touches the page. */
const GESTURES = ['pointerdown', 'keydown'] as const;

/**
 * A two-note ringtone made of samples, without a file. The audio hardware repeats it, so that it goes on in a hidden tab
 * whose timers sleep. Where the browser forbids sound before a gesture, it begins with the first one.
 *
 * @param silenced hears that it waits for a gesture, and that it does no more
 */
export function toneRingtone(
  { AudioContext: Context, document }: TonePlatform = globalThis,
  silenced: (silent: boolean) => void = () => undefined,
): Ringtone {
  return (output) => {
    if (!Context) return () => undefined;
    let context: ChoosyContext;
    try {
      context = new Context();
    } catch {
      // The machine has no sound, or too many contexts are open.
      return () => undefined;
    }
    const buffer = context.createBuffer(1, CYCLE * context.sampleRate, context.sampleRate);
    buffer.copyToChannel(ringSamples(context.sampleRate), 0);
    const tone = new AudioBufferSourceNode(context, { buffer, loop: true });
    const volume = new GainNode(context);
    tone.connect(volume).connect(context.destination);
    // An output that went away meanwhile: the system's rings.
    if (output !== undefined) void context.setSinkId?.(output).catch(() => undefined);
    tone.start();

    const wake = (): void =>
      void context.resume().then(
        () => silenced(false),
        () => undefined,
      );
    let waiting: ReturnType<typeof setTimeout> | undefined;
    if (context.state === 'suspended') {
      wake();
      // A context that may sound needs a moment to begin.
      waiting = setTimeout(() => silenced(context.state === 'suspended'), GRACE_MS);
      for (const gesture of GESTURES) document?.addEventListener(gesture, wake, { capture: true, passive: true });
    }

    let over = false;
    return () => {
      if (over) return;
      over = true;
      clearTimeout(waiting);
      silenced(false);
      for (const gesture of GESTURES) document?.removeEventListener(gesture, wake, { capture: true });
      const close = (): void => void context.close().catch(() => undefined);
      if (context.state !== 'running') {
        close();
        return;
      }
      const now = context.currentTime;
      volume.gain.setValueAtTime(1, now);
      volume.gain.linearRampToValueAtTime(0, now + FADE);
      tone.addEventListener('ended', close);
      tone.stop(now + FADE);
    };
  };
}

/** Two short, quiet tones: somebody calls while another call is spoken on. */
export function knockTone({ AudioContext: Context }: TonePlatform = globalThis): () => void {
  return () => {
    if (!Context) return;
    try {
      const context = new Context();
      const volume = new GainNode(context, { gain: KNOCK_LOUDNESS });
      volume.connect(context.destination);
      for (const from of [0, 0.2]) {
        const tone = new OscillatorNode(context, { frequency: 440 });
        tone.connect(volume);
        tone.start(from);
        tone.stop(from + 0.12);
        if (from > 0) tone.addEventListener('ended', () => void context.close().catch(() => undefined));
      }
    } catch {
      // The machine has no sound.
    }
  };
}
