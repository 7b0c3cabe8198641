/** How long to wait before the next attempt, in ms. */
export interface BackOff {
  readonly firstMs: number;
  readonly longestMs: number;
  /** How much of each pause is left to chance, 0 to 1. */
  readonly chance: number;
}

/** A phone that waits for calls: a thousand of them that lost one server do not come back in the same second. */
export const idleBackOff: BackOff = { firstMs: 4_000, longestMs: 30_000, chance: 0.9 };

/** A phone with a live call: few have one at a time, and the other side cannot end it before we are back. */
export const callBackOff: BackOff = { firstMs: 450, longestMs: 450, chance: 0.5 };

/** How long a live call hurries its phone, in attempts. */
const HURRIED = 60;

/** The pace of the attempt number `failures`. */
export function backOffFor(inCall: boolean, failures: number): BackOff {
  return inCall && failures <= HURRIED ? callBackOff : idleBackOff;
}

/**
 * The pause before attempt number `failures` (1 is the first after a loss): doubled each time.
 * @param random between 0 and 1
 */
export function pauseMs(failures: number, random: number, { firstMs, longestMs, chance }: BackOff): number {
  const whole = Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 16));
  return Math.round(whole * (1 - chance + chance * random));
}
