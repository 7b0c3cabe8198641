import type { ErrorCode } from '@multiline/core';

/** Errors whose remedy is that the outbox tries again: true of a log, not of a call, which nobody dials anew by itself. */
const RETRIED: ReadonlySet<ErrorCode> = new Set(['network', 'timeout', 'limit', 'busy', 'server']);

/** What a person can do about a call that failed; empty where the general advice is about deliveries. */
export function callRemedy(code: ErrorCode, remedy: string): string {
  return RETRIED.has(code) ? '' : remedy;
}
