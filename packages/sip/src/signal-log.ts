import type { LineSignal } from '@multiline/core';
import { tell } from './tell.ts';

/** The signals of a call: kept until somebody listens, then passed on as they come. */
export class SignalLog {
  readonly #listeners = new Set<(signal: LineSignal) => void>();
  #waiting: LineSignal[] | undefined = [];

  listen(listener: (signal: LineSignal) => void): () => void {
    this.#listeners.add(listener);
    const missed = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const signal of missed) tell([listener], signal);
    return () => this.#listeners.delete(listener);
  }

  emit(signal: LineSignal): void {
    this.#waiting?.push(signal);
    tell(this.#listeners, signal);
  }
}
