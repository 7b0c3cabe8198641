import type { Call } from './call.ts';

/** Nobody lets a phone ring longer (ms). */
const LONGEST_RING_MS = 3 * 60_000;
/** So soon after another phone of the user's has taken a call it is seen there. */
const SEEN_WITHIN_MS = 10_000;
/** A call of another phone is seen again so soon after the tab that watched it has died. */
const WATCHED_AGAIN_MS = 60_000;

/**
 * Whether a call that comes up is one that was known before, so that it stands in the lists and in the CRM once: it rings
 * again (its tab has gone, or its connection was lost, and the server offers it anew), or it is seen on the other phone of
 * the user's that has taken it.
 */
export function continues(before: Call, call: Call): boolean {
  if (before.direction !== call.direction) return false;
  const same = before.correlation === call.correlation;
  if (call.device === 'elsewhere') {
    if (before.phase === 'ended' && before.reason === 'answered-elsewhere')
      return same ? since(before, call) < LONGEST_RING_MS : takenThere(before, call);
    if (before.device === 'here') return same && rang(before) && since(before, call) < LONGEST_RING_MS;
    return same && before.device === 'elsewhere' && died(before) && endedBefore(before, call) < WATCHED_AGAIN_MS;
  }
  return same && rang(before) && since(before, call) < LONGEST_RING_MS;
}

/** The call as it goes on: what was known of it stays, what was made of its end does not. */
export function goesOn(call: Call, { id, startedAt, answeredAt, match, notes, log, legs, correlation }: Call): Call {
  const { failure: _, retryAt: __, ...written } = log;
  return {
    ...call,
    id,
    // The activity's key is made of it.
    correlation,
    startedAt,
    ...(answeredAt !== undefined && { answeredAt, phase: 'active' }),
    notes,
    match: match.record ? match : call.match,
    log: { ...written, state: 'pending', why: null },
    ...(legs && { legs }),
  };
}

/** A server between the phones gives each its own leg: then the number and the moment tell. */
const takenThere = (before: Call, call: Call): boolean =>
  before.number !== '' && before.number === call.number && endedBefore(before, call) < SEEN_WITHIN_MS;

/** Nobody has taken it or said no to it here. */
const rang = ({ direction, answeredAt, phase, reason }: Call): boolean =>
  direction === 'inbound' && answeredAt === undefined && (phase === 'ringing' || reason === 'missed');
const died = ({ phase, reason }: Call): boolean =>
  phase === 'ended' && (reason === 'interrupted' || reason === 'missed');
const since = (before: Call, call: Call): number => call.startedAt - before.startedAt;
const endedBefore = ({ endedAt = 0 }: Call, call: Call): number => call.startedAt - endedAt;
