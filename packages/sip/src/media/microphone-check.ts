import { asError, type CheckResult, type Clock, type LineCheck } from '@multiline/core';
import type { LineAudio } from './devices.ts';
import { watchTrack } from './level-meter.ts';

/** For how long a sound is waited for. Any will do: no room is as quiet as a microphone that is switched off. */
const listenMs = 3_000;

/**
 * Opens the chosen microphone, listens, and lets go of it: run it by a gesture. Finds `mic-works`, `mic-silent` or `mic-muted` with
 * the `device`'s name, or the error that kept it closed (`mic-denied`, `mic-missing`, `mic-in-use`, `unsupported`).
 */
export function microphoneCheck(audio: Pick<LineAudio, 'openMicrophone'>, clock: Clock): LineCheck {
  return {
    name: 'microphone',
    async run(signal): Promise<CheckResult> {
      try {
        const track = await audio.openMicrophone(signal);
        const heard = await hears(track, clock, signal);
        track.stop();
        if (signal.aborted) return stopped;
        const values = { device: track.label };
        if (heard) return { state: 'ok', finding: 'mic-works', values };
        return { state: 'warning', finding: track.muted ? 'mic-muted' : 'mic-silent', values };
      } catch (thrown) {
        return signal.aborted ? stopped : { state: 'failed', finding: asError(thrown).code };
      }
    },
  };
}

const stopped: CheckResult = { state: 'skipped', finding: 'stopped' };

/** Whether there is a sound within the time. */
function hears(track: MediaStreamTrack, clock: Clock, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (heard: boolean) => (): void => {
      stop();
      cancel();
      signal.removeEventListener('abort', giveUp);
      resolve(heard);
    };
    const giveUp = end(false);
    const stop = watchTrack(track, clock, (loudness) => {
      if (loudness > 0) end(true)();
    });
    const cancel = clock.at(clock.now() + listenMs, giveUp);
    signal.addEventListener('abort', giveUp, { once: true });
  });
}
