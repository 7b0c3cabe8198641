import { type Clock, MultiLineError } from '@multiline/core';

/**
 * Runs `work` for at most `timeoutMs`, and no longer than the caller's signal allows. It settles even if `work` never does.
 *
 * @returns what `work` answers; rejects with `timeout`, or with the reason of `signal`
 */
export async function withDeadline<Result>(
  clock: Clock,
  timeoutMs: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  signal?.throwIfAborted();
  const stop = new AbortController();
  const stopped = new Promise<never>((_, reject) => {
    stop.signal.addEventListener('abort', () => reject(stop.signal.reason as Error), { once: true });
  });
  const onAbort = (): void => stop.abort(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  const cancel = clock.at(clock.now() + timeoutMs, () => stop.abort(new MultiLineError('timeout')));
  try {
    return await Promise.race([work(stop.signal), stopped]);
  } finally {
    cancel();
    signal?.removeEventListener('abort', onAbort);
  }
}
