import type { Clock } from '@multiline/core';

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** Lets this time (ms) pass: what falls due is called in order, each at its own moment. */
  advance(ms: number): void;
  /** As `advance`, and lets promises settle before, between and after, so that a chain of waits and requests runs through. */
  run(ms: number): Promise<void>;
  /**
   * The user sets the clock of the machine (ms, negative for back). As in a browser no time passes by it: what was
   * 30 s away still is, so a callback may find `now()` before its own deadline.
   */
  shift(ms: number): void;
  /** How many callbacks wait. */
  readonly waiting: number;
}

interface Waiting {
  readonly due: number;
  readonly order: number;
  readonly callback: () => void;
}

/** Enough turns of the microtask queue for any chain of promises in one step of a test. */
const TURNS = 100;

/**
 * Makes a clock for tests.
 *
 * @param start what the clock shows at first (epoch ms)
 */
export function manualClock(start = Date.UTC(2026, 2, 2, 17, 0, 0)): ManualClock {
  let elapsed = 0;
  let zero = start;
  let count = 0;
  const waiting = new Set<Waiting>();

  function next(until: number): Waiting | undefined {
    let first: Waiting | undefined;
    for (const entry of waiting) {
      if (entry.due > until) continue;
      if (!first || entry.due < first.due || (entry.due === first.due && entry.order < first.order)) first = entry;
    }
    return first;
  }

  function step(until: number): boolean {
    const entry = next(until);
    if (!entry) return false;
    waiting.delete(entry);
    elapsed = Math.max(elapsed, entry.due);
    entry.callback();
    return true;
  }

  async function settle(): Promise<void> {
    for (let turn = 0; turn < TURNS; turn++) await null;
  }

  return {
    now: () => zero + elapsed,
    at(at, callback) {
      const entry: Waiting = { due: elapsed + Math.max(0, at - (zero + elapsed)), order: count++, callback };
      waiting.add(entry);
      return () => void waiting.delete(entry);
    },
    advance(ms) {
      const until = elapsed + ms;
      while (step(until));
      elapsed = Math.max(elapsed, until);
    },
    async run(ms) {
      const until = elapsed + ms;
      await settle();
      while (step(until)) await settle();
      elapsed = Math.max(elapsed, until);
      await settle();
    },
    shift(ms) {
      zero += ms;
    },
    get waiting() {
      return waiting.size;
    },
  };
}
