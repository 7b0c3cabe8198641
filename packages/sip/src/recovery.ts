import type { Clock } from '@multiline/core';
import type { Attention } from './page-watch.ts';

/** How much hurry there is to be back: a call lives, or who looks at the page. */
export type Hurry = 'call' | Attention;

/** A call hurries most: few phones have one at a time, and the other side cannot end it before we are back. */
const CALL_MS = 450;
/** How long a call tries that often, and how often afterwards. */
const CALL_HURRIES_MS = 60_000;
const CALL_LATER_MS = 2_000;
/**
 * Where a link that has held is cut and the page is in sight, one quick look tells whether it was only the link: every server is
 * there again in most such cases. Asked more often than this, the looks would be a storm of their own.
 */
const LOOK_MS = 300;
const LOOKS_APART_MS = 10_000;
/**
 * How often others try while an outage is young. Each begins at a moment of its own within the period and keeps to it: whenever
 * the server returns, a thousand phones come back evenly over the whole period, and half of them within half of it.
 */
const PERIOD_MS = { attended: 1_800, seen: 4_000 };
const YOUNG_MS = 30_000;
/** After that, and in hidden tabs from the start. */
const LATER: Doubling = { firstMs: 4_000, longestMs: 30_000, chance: 0.9 };

/** Pauses that are twice as long each time. */
export interface Doubling {
  readonly firstMs: number;
  readonly longestMs: number;
  /** How much of each pause is left to chance, 0 to 1. */
  readonly chance: number;
}

/**
 * The pause before attempt number `failures` (1 is the first after a loss), in ms.
 * @param random between 0 and 1
 */
export function pauseMs(failures: number, random: number, { firstMs, longestMs, chance }: Doubling): number {
  const whole = Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 16));
  return Math.round(whole * (1 - chance + chance * random));
}

/** How long to wait before the next attempt to reach a server (docs/decisions/0015). */
export class BackOff {
  readonly #clock: Clock;
  readonly #random: () => number;
  #lostAt: number | undefined;
  /** From when on a cut is worth a look; not before the server has taken us. */
  #looksFrom = Infinity;
  /** Attempts keep to a moment of their own. */
  #paced = false;
  #doublings = 0;

  /** @param random between 0 and 1 */
  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  /**
   * The pause after a loss or a failed attempt, in ms.
   * @param cut the link has failed, and not a server that was reached
   */
  next(hurry: Hurry, cut: boolean): number {
    const now = this.#clock.now();
    const looks = cut && this.#lostAt === undefined && now >= this.#looksFrom;
    const awayMs = now - (this.#lostAt ??= now);
    const random = this.#random();
    if (hurry === 'call') return Math.round((awayMs < CALL_HURRIES_MS ? CALL_MS : CALL_LATER_MS) * (0.5 + random / 2));
    if (hurry === 'hidden' || awayMs >= YOUNG_MS) return pauseMs(++this.#doublings, random, LATER);
    if (looks) {
      this.#looksFrom = now + LOOKS_APART_MS;
      return Math.round(LOOK_MS * random);
    }
    const share = this.#paced ? 1 : random;
    this.#paced = true;
    return Math.round(PERIOD_MS[hurry] * share);
  }

  /** The server has taken us. */
  reset(): void {
    this.#lostAt = undefined;
    if (this.#looksFrom === Infinity) this.#looksFrom = this.#clock.now();
    this.#paced = false;
    this.#doublings = 0;
  }
}
