/** Time, so that tests need not wait for it. Deadlines are times, not ticks: a hidden tab's timers run late. */
export interface Clock {
  /** Epoch milliseconds. May go backwards: the user's clock is the user's. */
  now(): number;
  /**
   * Calls back once, when the time that was left until `at` (epoch ms) has passed, or later; answers how to cancel. Who sets
   * the clock back meanwhile does not lengthen the wait: `now()` may then still be before `at`.
   */
  at(at: number, callback: () => void): () => void;
}

/** A timer holds at most 2^31 - 1 ms. */
const LONGEST_MS = 2 ** 31 - 1;

/** The clock of the machine. Long waits are cut in pieces; a clock set forward shortens them, one set back does not lengthen them. */
export function systemClock(): Clock {
  return {
    now: () => Date.now(),
    at(at, callback) {
      let timer: ReturnType<typeof setTimeout>;
      let left = at - Date.now();
      const wait = (): void => {
        const piece = Math.min(Math.max(left, 0), LONGEST_MS);
        timer = setTimeout(() => {
          left = Math.min(left - piece, at - Date.now());
          if (piece < LONGEST_MS || left <= 0) callback();
          else wait();
        }, piece);
      };
      wait();
      return () => clearTimeout(timer);
    },
  };
}
