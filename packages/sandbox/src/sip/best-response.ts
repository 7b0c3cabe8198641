import type { SipResponse } from './message.ts';

/** Refusals that say the most first (RFC 3261 §16.7); those that say the least are the last resort. */
const TELLING = [401, 407, 415, 420, 484, 486];
const EMPTY = [404, 480, 408, 487, 481, 482];

/** The one response that stands for all branches of a forked request; undefined when there was none. */
export function bestResponse(responses: readonly SipResponse[]): SipResponse | undefined {
  return [...responses].sort((a, b) => rank(a.status) - rank(b.status))[0];
}

function rank(status: number): number {
  if (status < 300) return 0;
  if (status >= 600) return 1;
  if (TELLING.includes(status)) return 100 + TELLING.indexOf(status);
  if (EMPTY.includes(status)) return 900 + EMPTY.indexOf(status);
  return status;
}
