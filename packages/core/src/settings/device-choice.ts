import type { ReadableAtom } from 'nanostores';
import { quietly } from '../deadline.ts';
import type { AudioDevice, AudioDevices } from '../ports/audio-devices.ts';
import type { Settings } from './settings.ts';

/**
 * Has the line use the devices that the user chose, by label: now, when another one is chosen, and when one comes back that
 * was away. Answers how to stop.
 */
export function followDevices(audio: AudioDevices | undefined, $settings: ReadableAtom<Settings>): () => void {
  if (!audio) return () => undefined;
  const { $devices } = audio;
  /** What was asked for last, and whether the device was there: it is asked for again only when that changes. */
  const asked = { microphone: '', speaker: '', processing: '' };

  function choose(kind: 'microphone' | 'speaker', label: string, devices: readonly AudioDevice[]): void {
    const there = label === '' || devices.some((device) => device.label === label);
    const now = `${String(there)} ${label}`;
    if (asked[kind] === now) return;
    const first = asked[kind] === '';
    asked[kind] = now;
    // What the system chooses need not be said before anything else was.
    if (first && label === '') return;
    quietly(() => audio?.choose(kind, label || null));
  }

  function update(): void {
    const { microphone, speaker, noiseSuppression } = $settings.get();
    const { microphones, speakers } = $devices.get();
    choose('microphone', microphone, microphones);
    choose('speaker', speaker, speakers);
    const processing = String(noiseSuppression);
    if (asked.processing === processing) return;
    asked.processing = processing;
    quietly(() => audio?.process?.({ noiseSuppression, echoCancellation: true, autoGain: true }));
  }

  const stops = [$settings.subscribe(update), $devices.listen(update)];
  return () => {
    for (const stop of stops) stop();
  };
}
