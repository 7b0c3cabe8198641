import type { ReadableAtom } from 'nanostores';

/** Microphones and speakers of this browser; names are known once the microphone was allowed. */
export interface AudioDevices {
  readonly $devices: ReadableAtom<AudioDeviceList>;
  /** Chooses by label, which outlives ids; null is the system's choice. Takes effect in live calls at once. */
  choose(kind: 'microphone' | 'speaker', label: string | null): Promise<void>;
  /** Whether the browser may clean up the microphone's sound; in live calls at once. */
  process?(processing: AudioProcessing): Promise<void>;
  /** Opens the microphone for a test and tells its level (as {@link AudioLevels}) at most ten times a second until stopped. By a gesture only. */
  testMicrophone(listener: (level: number) => void): Promise<() => void>;
  /** Plays a short sound on the chosen speaker. */
  testSpeaker(): Promise<void>;
}

export interface AudioDeviceList {
  readonly microphones: readonly AudioDevice[];
  readonly speakers: readonly AudioDevice[];
  /** Labels in use; null is the system's choice. */
  readonly microphone: string | null;
  readonly speaker: string | null;
  /** False where the browser gives no choice of outputs. */
  readonly speakerChoice: boolean;
}

export interface AudioDevice {
  readonly id: string;
  /** Empty while the browser hides it. */
  readonly label: string;
}

export interface AudioProcessing {
  readonly noiseSuppression: boolean;
  readonly echoCancellation: boolean;
  readonly autoGain: boolean;
}
