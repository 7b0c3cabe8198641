import { atom } from 'nanostores';
import type { AudioDeviceList, AudioDevices } from '@multiline/core';

/** Two of each, by label. */
const found: AudioDeviceList = {
  microphones: [
    { id: 'mic-1', label: 'Built-in microphone' },
    { id: 'mic-2', label: 'Headset microphone' },
  ],
  speakers: [
    { id: 'out-1', label: 'Built-in speaker' },
    { id: 'out-2', label: 'Headset' },
  ],
  microphone: null,
  speaker: null,
  speakerChoice: true,
};

/** Audio devices without sound. @param ask notes what was asked */
export function scriptedAudio(ask: (what: string) => Promise<void>): AudioDevices {
  const $devices = atom(found);
  return {
    $devices,
    choose(kind, label) {
      $devices.set({ ...$devices.get(), [kind]: label });
      return ask(`choose ${kind} ${label ?? ''}`.trim());
    },
    process: ({ noiseSuppression }) => ask(`noise-suppression ${noiseSuppression ? 'on' : 'off'}`),
    async testMicrophone(listener) {
      await ask('test-microphone');
      listener(0.5);
      return () => void ask('test-microphone-over');
    },
    testSpeaker: () => ask('test-speaker'),
  };
}
