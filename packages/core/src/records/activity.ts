import { durationMs, type Call, type Reason } from '../calls/call.ts';
import type { Activity, RecordKind, RecordRef } from '../ports/crm.ts';
import type { Policy } from '../policy/policy.ts';
import { reason } from './match.ts';
import { loggedText } from './story.ts';

/** Whether an ended call becomes an activity: at once, after a person has decided something, or not at all, and why. */
export interface LogDecision {
  readonly log: 'now' | 'held' | 'excluded';
  readonly why: Reason;
}

/** Evaluates the log rules for an ended call. */
export function decideLog(call: Call, policy: Policy['log']): LogDecision {
  const { exclude } = policy;
  if (exclude.answeredElsewhere && call.reason === 'answered-elsewhere') return excluded('excluded-elsewhere');
  if (exclude.redirected && call.direction === 'inbound' && call.reason === 'redirected')
    return excluded('excluded-redirected');
  if (exclude.internal && call.internal) return excluded('excluded-internal');
  if (quicklyCancelled(call, exclude.cancelledWithinMs)) {
    return excluded('excluded-cancelled', { seconds: Math.round(exclude.cancelledWithinMs / 1000) });
  }
  const { match } = call;
  if (match.record) return { log: 'now', why: match.why ?? reason('only-match') };
  if (match.state === 'ambiguous') return { log: 'held', why: match.why ?? reason('several') };
  // The CRM has not answered yet: delivery asks it first, then decides once more.
  if (match.state !== 'unknown') return { log: 'now', why: reason('not-identified') };
  if (exclude.unknownNumber && call.direction === 'inbound') return excluded('excluded-unknown');
  // A colleague, or the server's bridge: who the conference is about stands in its other calls.
  const beside = call.internal && call.legs?.some(({ kind }) => kind === 'joined');
  if (policy.unknown === 'without-record' || beside) return { log: 'now', why: reason('without-record') };
  return { log: 'held', why: reason('unknown-number') };
}

function quicklyCancelled(call: Call, withinMs: number): boolean {
  if (!withinMs || call.direction !== 'outbound' || call.reason !== 'cancelled') return false;
  return (call.endedAt ?? call.startedAt) - call.startedAt < withinMs;
}

const excluded = (code: string, values: Reason['values'] = {}): LogDecision => ({
  log: 'excluded',
  why: reason(code, values),
});

/** The record a call's activity is written under: none if it has none, or one of a kind that takes no activities (a colleague). */
export function recordOf({ match: { record } }: Call, kinds: readonly RecordKind[]): RecordRef | null {
  if (!record || kinds.find(({ name }) => name === record.kind)?.loggable === false) return null;
  return { kind: record.kind, id: record.id };
}

/** Whether the CRM has another text or another record than we have. */
export function changedSince(call: Call, kinds: readonly RecordKind[]): boolean {
  const { writtenNotes, writtenRecordId } = call.log;
  return writtenNotes !== loggedText(call) || writtenRecordId !== (recordOf(call, kinds)?.id ?? null);
}

export interface ActivityOptions {
  readonly subject: string;
  readonly kinds: readonly RecordKind[];
  readonly timeZone?: string | undefined;
}

/** What the CRM gets of a call. `day` is the calendar day where the user lives, not where the server does. */
export function activityOf(call: Call, options: ActivityOptions): Activity {
  return {
    type: 'call',
    record: recordOf(call, options.kinds),
    subject: subjectOf(call, options.subject),
    direction: call.internal ? 'internal' : call.direction,
    number: call.number,
    startedAt: call.startedAt,
    durationMs:
      call.reason === 'answered-elsewhere' && call.answeredAt === undefined
        ? null
        : durationMs(call, call.endedAt ?? call.startedAt),
    day: dayOf(call.startedAt, options.timeZone),
    outcome: call.reason ?? 'interrupted',
    notes: loggedText(call),
    correlation: call.correlation,
    ...(call.quality && { quality: call.quality }),
  };
}

const DIRECTIONS = { inbound: 'Inbound', outbound: 'Outbound' } as const;

/** Fills the places of a subject: `{direction} {name} {number} {outcome}`; what is none of them stays as it stands. */
function subjectOf(call: Call, template: string): string {
  const values: Record<string, string> = {
    direction: DIRECTIONS[call.direction],
    name: call.match.record?.name ?? call.number,
    number: call.number,
    outcome: call.reason ?? '',
  };
  const filled = template.replace(/\{(direction|name|number|outcome)\}/g, (_, place: string) => values[place] ?? '');
  return filled.trim() || template;
}

/** YYYY-MM-DD of a time in a zone; the machine's own zone where none or an unknown one is given. */
export function dayOf(at: number, timeZone?: string): string {
  const options = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  try {
    return new Intl.DateTimeFormat('en-CA', timeZone ? { ...options, timeZone } : options).format(at);
  } catch {
    return new Intl.DateTimeFormat('en-CA', options).format(at);
  }
}
