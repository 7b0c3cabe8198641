import type { Call } from './call.ts';

/** Nobody lets a phone ring longer (ms). */
const LONGEST_RING_MS = 3 * 60_000;

/**
 * The call that rang before and that this one is: its tab has gone or its connection was lost, and the server offers it
 * anew. Told by what the wire knows it by, so that it stands in the lists and in the CRM once.
 */
export function rangBefore(call: Call, known: readonly Call[]): Call | undefined {
  return known.find(
    (before) =>
      before.correlation === call.correlation &&
      before.direction === call.direction &&
      before.answeredAt === undefined &&
      (before.phase === 'ringing' || before.reason === 'missed') &&
      call.startedAt - before.startedAt < LONGEST_RING_MS,
  );
}

/** The call as it goes on: what was known of it stays, what was made of its end does not. */
export function ringsAgain(call: Call, { id, startedAt, match, notes, log }: Call): Call {
  const { failure: _, retryAt: __, ...written } = log;
  return {
    ...call,
    id,
    startedAt,
    notes,
    match: match.record ? match : call.match,
    log: { ...written, state: 'pending', why: null },
  };
}
