import type { AudioLevels, Clock } from '@multiline/core';
import type { AudioStats } from './audio-stats.ts';
import { meterLevel, meterMs } from './level-meter.ts';

/** Tells how loud a call is, at most ten times a second until stopped: the browser measures anyway, a context of our own would cost more. */
export function watchLevels(
  stats: () => Promise<AudioStats>,
  clock: Clock,
  listener: (levels: AudioLevels) => void,
): () => void {
  let cancel: (() => void) | undefined;
  let stopped = false;

  async function look(): Promise<void> {
    const { sent, received } = await stats();
    if (stopped) return;
    cancel = clock.at(clock.now() + meterMs, () => void look());
    listener({ microphone: meterLevel(sent.level), remote: meterLevel(received.level) });
  }

  void look();
  return () => {
    stopped = true;
    cancel?.();
  };
}
