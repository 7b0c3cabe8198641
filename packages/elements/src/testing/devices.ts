import type { MultiLineError, AudioDeviceList, AudioDevices } from '@multiline/core';
import { atom } from 'nanostores';
import type { WritableAtom } from 'nanostores';

/** A headset, and a microphone of the computer's own. */
export const connected: AudioDeviceList = {
  microphones: [
    { id: '1', label: 'Headset' },
    { id: '2', label: 'Built-in' },
  ],
  speakers: [{ id: '3', label: 'Headset' }],
  microphone: null,
  speaker: null,
  speakerChoice: true,
};

/** Devices that note what is asked of them. */
export class Devices implements AudioDevices {
  readonly $devices: WritableAtom<AudioDeviceList>;
  readonly asked: string[] = [];
  refuse: MultiLineError | undefined;
  /** Holds the test back until it is called. */
  open: (() => void) | undefined;
  level: (level: number) => void = () => undefined;

  constructor(list: Partial<AudioDeviceList> = {}) {
    this.$devices = atom({ ...connected, ...list });
  }

  choose = (): Promise<void> => Promise.resolve();
  process = (): Promise<void> => Promise.resolve();
  testMicrophone: AudioDevices['testMicrophone'] = async (listener) => {
    this.asked.push('microphone');
    if (this.refuse) throw this.refuse;
    if (this.open) await new Promise<void>((resolve) => (this.open = resolve));
    this.level = listener;
    return () => void this.asked.push('stopped');
  };
  testSpeaker = async (): Promise<void> => {
    this.asked.push('speaker');
    if (this.refuse) throw this.refuse;
  };
}
