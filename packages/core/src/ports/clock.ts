/** Time, so that tests need not wait for it. Deadlines are times, not ticks: a hidden tab's timers run late. */
export interface Clock {
  /** Epoch milliseconds. May go backwards: the user's clock is the user's. */
  now(): number;
  /** Calls back once at or after `at` (epoch ms); answers how to cancel. */
  at(at: number, callback: () => void): () => void;
}

/** The clock of the machine. Long waits are cut in pieces, because a timer holds at most 2^31 ms. */
export function systemClock(): Clock {
  const longest = 2 ** 31 - 1;
  return {
    now: () => Date.now(),
    at(at, callback) {
      let timer: ReturnType<typeof setTimeout>;
      const wait = (): void => {
        const left = at - Date.now();
        timer = setTimeout(left > longest ? wait : callback, Math.min(Math.max(left, 0), longest));
      };
      wait();
      return () => clearTimeout(timer);
    },
  };
}
