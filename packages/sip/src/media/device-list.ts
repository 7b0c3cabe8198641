import type { AudioDevice } from '@multiline/core';

/** What is plugged in, without the names that stand for "whatever the system uses". */
export interface FoundDevices {
  readonly microphones: readonly AudioDevice[];
  readonly speakers: readonly AudioDevice[];
  /** Which microphone the system's choice means now; changes when it means another. */
  readonly systemMicrophone: string;
}

export const noDevices: FoundDevices = { microphones: [], speakers: [], systemMicrophone: '' };

/** Chromium lists the system's choices as devices of their own. */
const aliases = ['default', 'communications'];

/** Asks the browser what is plugged in; nothing where it does not tell. Opens nothing. */
export async function findDevices(): Promise<FoundDevices> {
  // Typed as always there, but left out on insecure pages.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  const found = await devices?.enumerateDevices().catch(() => undefined);
  if (!found) return noDevices;
  const those = (kind: MediaDeviceKind): AudioDevice[] =>
    found
      .filter((device) => device.kind === kind && !aliases.includes(device.deviceId))
      .map(({ deviceId, label }) => ({ id: deviceId, label }));
  const system = found.find(({ kind, deviceId }) => kind === 'audioinput' && deviceId === 'default');
  return {
    microphones: those('audioinput'),
    speakers: those('audiooutput'),
    systemMicrophone: system?.groupId ?? '',
  };
}

/** Hears devices being plugged in and pulled out. Answers how to stop. */
export function onDevicesChanged(listener: () => void): () => void {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  devices?.addEventListener?.('devicechange', listener);
  return () => devices?.removeEventListener?.('devicechange', listener);
}
