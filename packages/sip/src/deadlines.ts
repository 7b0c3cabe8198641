import type { Clock } from '@multiline/core';

/** What is to happen later, by name: the same name again replaces it. */
export class Deadlines {
  readonly #clock: Clock;
  readonly #cancels = new Map<string, () => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  in(name: string, ms: number, act: () => void): void {
    this.forget(name);
    const cancel = this.#clock.at(this.#clock.now() + ms, () => {
      this.#cancels.delete(name);
      act();
    });
    this.#cancels.set(name, cancel);
  }

  has(name: string): boolean {
    return this.#cancels.has(name);
  }

  forget(name: string): void {
    this.#cancels.get(name)?.();
    this.#cancels.delete(name);
  }

  clear(): void {
    for (const cancel of this.#cancels.values()) cancel();
    this.#cancels.clear();
  }
}

/** The promise, or `late` when it takes longer than this. */
export async function within<Value>(
  clock: Clock,
  ms: number,
  promise: Promise<Value>,
  late: () => Value,
): Promise<Value> {
  let cancel: (() => void) | undefined;
  const deadline = new Promise<void>((resolve) => {
    cancel = clock.at(clock.now() + ms, resolve);
  });
  try {
    return await Promise.race([promise, deadline.then(late)]);
  } finally {
    cancel?.();
  }
}
