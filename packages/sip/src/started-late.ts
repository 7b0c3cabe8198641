import type { Clock } from '@multiline/core';

const AGAIN_MS = 15_000;

/**
 * Starts something whose code has yet to come, unless it was stopped before; code that could not be loaded is asked for again
 * until it comes. Answers how to stop.
 * @param load brings the code
 * @param start answers how to stop what it started
 */
export function startedLate<Code>(
  load: () => Promise<Code>,
  clock: Clock,
  start: (code: Code) => () => void,
): () => void {
  let stopped = false;
  let stop = (): void => undefined;
  const attempt = async (): Promise<void> => {
    const code = await load().catch(() => undefined);
    if (stopped) return;
    stop = code === undefined ? clock.at(clock.now() + AGAIN_MS, () => void attempt()) : start(code);
  };
  void attempt();
  return () => {
    if (stopped) return;
    stopped = true;
    stop();
  };
}
