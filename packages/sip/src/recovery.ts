/** How long to wait before the next attempt, in ms. */
export interface BackOff {
  readonly firstMs: number;
  readonly longestMs: number;
}

export const backOff: BackOff = { firstMs: 1_000, longestMs: 30_000 };

/**
 * The pause before attempt number `failures` (1 is the first after a loss): doubled each time, half of it by chance, so that ten
 * thousand phones that lost one server do not come back in the same moment.
 * @param random between 0 and 1
 */
export function pauseMs(failures: number, random: number, { firstMs, longestMs }: BackOff = backOff): number {
  const whole = Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 16));
  return Math.round(whole / 2 + (whole / 2) * random);
}
