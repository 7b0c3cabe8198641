import {
  MultiLineError,
  asError,
  type AudioDevice,
  type AudioDeviceList,
  type AudioDevices,
  type AudioProcessing,
  type Clock,
} from '@multiline/core';
import { atom, onMount } from 'nanostores';
import { findDevices, noDevices, onDevicesChanged, type FoundDevices } from './device-list.ts';
import { phoneSystem } from '../on-demand.ts';
import { openMicrophone } from './microphone.ts';

/** Opens a microphone; `constraints` name the chosen one and what the browser may clean up. */
export type MicrophoneOpener = (signal: AbortSignal, constraints: MediaTrackConstraints) => Promise<MediaStreamTrack>;

/** Whoever has a microphone open or plays: a call. */
export interface AudioUser {
  /** Another microphone is to be used, or the same one otherwise, or there may be one again. */
  renewMicrophone(): Promise<void>;
  /** Plays on this loudspeaker from now on; empty is the system's. */
  chooseOutput(deviceId: string): void;
}

/** The audio devices of a line, and what its calls need of them. */
export interface LineAudio extends AudioDevices {
  process(processing: AudioProcessing): Promise<void>;
  /**
   * Opens the chosen microphone; the system's while that one is not there.
   * @throws MultiLineError `mic-denied`, `mic-missing`, `mic-in-use`, `unsupported`
   */
  openMicrophone(signal: AbortSignal): Promise<MediaStreamTrack>;
  /** A call follows choices, and devices that come and go, from now on. Answers how to stop. */
  follow(user: AudioUser): () => void;
}

/** Touches no device and asks the browser nothing before it is used. */
export function audioDevices(
  clock: Clock,
  open: MicrophoneOpener = (signal, constraints) => openMicrophone(constraints, signal),
): LineAudio {
  /** Who follows, and on which microphone it was last seen. */
  const users = new Map<AudioUser, string | undefined>();
  let found: FoundDevices = noDevices;
  let wanted: Readonly<Record<'microphone' | 'speaker', string | null>> = { microphone: null, speaker: null };
  let processing: AudioProcessing = { noiseSuppression: true, echoCancellation: true, autoGain: true };
  /** A chosen microphone that did not open: until something changes it counts as absent. */
  let refused: string | undefined;
  /** The loudspeaker that the users have been told. */
  let told = '';

  const $devices = atom<AudioDeviceList>(listed());
  onMount($devices, () => {
    const stop = onDevicesChanged(() => void look());
    void look();
    return stop;
  });

  function present(kind: 'microphone' | 'speaker'): AudioDevice | undefined {
    const label = wanted[kind];
    if (label === null) return undefined;
    return found[`${kind}s`].find((device) => device.label === label && device.id !== refused);
  }
  const output = (): string => present('speaker')?.id ?? '';
  const microphone = (): string => present('microphone')?.id ?? `system ${found.systemMicrophone}`;

  function listed(): AudioDeviceList {
    return {
      microphones: found.microphones,
      speakers: found.speakers,
      microphone: present('microphone')?.label ?? null,
      speaker: present('speaker')?.label ?? null,
      speakerChoice: typeof HTMLMediaElement !== 'undefined' && 'setSinkId' in HTMLMediaElement.prototype,
    };
  }

  /** What is plugged in now; calls go on with what is chosen, or with the next best. */
  async function look(): Promise<void> {
    found = await findDevices();
    refused = undefined;
    // A microphone that does not open leaves the one before in its place, and tells by itself when there is none.
    await apply().catch(() => undefined);
  }

  /** @param renew whether microphones are opened anew that are the right ones already */
  async function apply(renew = false): Promise<void> {
    $devices.set(listed());
    if (told !== output()) {
      told = output();
      for (const user of users.keys()) user.chooseOutput(told);
    }
    const now = microphone();
    const moved = [...users].filter(([, before]) => renew || (before !== undefined && before !== now));
    for (const user of users.keys()) users.set(user, now);
    const renewed = await Promise.allSettled(moved.map(([user]) => user.renewMicrophone()));
    const failed = renewed.find((result) => result.status === 'rejected');
    if (failed) throw asError(failed.reason);
  }

  function constraints(deviceId: string | undefined): MediaTrackConstraints {
    const { noiseSuppression, echoCancellation, autoGain } = processing;
    return {
      noiseSuppression,
      echoCancellation,
      autoGainControl: autoGain,
      ...(deviceId ? { deviceId: { exact: deviceId } } : {}),
    };
  }

  async function openChosen(signal: AbortSignal): Promise<MediaStreamTrack> {
    const track = await openPresent(signal);
    // Names are known once a microphone was open.
    if (found.microphones.every(({ label }) => label === '')) void look();
    return track;
  }

  async function openPresent(signal: AbortSignal): Promise<MediaStreamTrack> {
    if (wanted.microphone !== null && !present('microphone')) found = await findDevices();
    const id = present('microphone')?.id;
    try {
      return await open(signal, constraints(id));
    } catch (thrown) {
      // Pulled out a moment ago, or held by another program: any microphone is better than none.
      const error = asError(thrown);
      if (!id || signal.aborted || error.code === 'mic-denied') throw error;
      refused = id;
      $devices.set(listed());
      return open(signal, constraints(undefined));
    }
  }

  return {
    $devices,
    openMicrophone: openChosen,
    follow(user) {
      users.set(user, undefined);
      const stop = $devices.listen(() => undefined);
      user.chooseOutput(output());
      return () => {
        users.delete(user);
        stop();
      };
    },
    async choose(kind, label) {
      if (label === '') throw new MultiLineError('refused', { message: 'A device without a name cannot be chosen.' });
      if (wanted[kind] === label) return;
      const before = wanted;
      wanted = { ...wanted, [kind]: label };
      refused = undefined;
      try {
        await apply(kind === 'microphone');
      } catch (error) {
        wanted = before;
        await apply().catch(() => undefined);
        throw error;
      }
    },
    async process(next) {
      const same = Object.entries(next).every(([name, value]) => processing[name as keyof AudioProcessing] === value);
      processing = next;
      if (!same) await apply(true);
    },
    async testMicrophone(listener) {
      const { watchTrack, meterLevel } = await phoneSystem();
      const track = await openChosen(new AbortController().signal);
      const stop = watchTrack(track, clock, (loudness) => listener(meterLevel(loudness)));
      return () => {
        stop();
        track.stop();
      };
    },
    testSpeaker: async () => (await phoneSystem()).playTestSound(output()),
  };
}
