import type { Clock } from './ports/clock.ts';
import { asError, MultiLineError } from './ports/errors.ts';

/**
 * Work that has an answer by then: else it is told to stop and rejects `timeout`, even if it does not listen. Work that
 * throws instead of rejecting rejects.
 *
 * @param ms how long it may take
 * @param stop ends it early with its own reason
 */
export function within<T>(
  clock: Clock,
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
  stop?: AbortSignal,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    stop?.throwIfAborted();
    const own = new AbortController();
    const giveUp = (reason: unknown): void => {
      own.abort(reason);
      settle(() => reject(asError(reason)));
    };
    const stopped = (): void => giveUp(stop?.reason);
    const cancel = clock.at(clock.now() + ms, () => giveUp(new MultiLineError('timeout')));
    const settle = (how: () => void): void => {
      cancel();
      stop?.removeEventListener('abort', stopped);
      how();
    };
    stop?.addEventListener('abort', stopped);
    attempt(() => work(own.signal)).then(
      (value) => settle(() => resolve(value)),
      (error: unknown) => settle(() => reject(asError(error))),
    );
  });
}

/** A port's word in a promise: what it throws at once rejects. */
export function attempt<T>(work: () => T | Promise<T>): Promise<T> {
  return new Promise((resolve) => resolve(work()));
}

/** Asks a port for something nobody waits for: whatever it throws stops here. */
export function quietly(work: () => unknown): void {
  attempt(work).catch(() => undefined);
}
