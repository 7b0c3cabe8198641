import type { Failure } from '../ports/errors.ts';
import type { CrmRecord, RecordRef } from '../ports/crm.ts';
import type { EndReason, LineSignal } from '../ports/line.ts';

/**
 * A call, live or past, as plain data: what stores hold, other tabs mirror and the journal keeps.
 *
 *                    dialed                                     came in
 *                      │                                           │
 *                      ▼                                           ▼
 *    ┌─ ended ── connecting ── ringing ──┐                      ringing ── ended ─┐
 *    │                │    (their phone) │                         │   (missed,   │
 *    │ (cancelled,    └─── answered ─────┤                      answered declined,│
 *    │  busy, …)                         ▼                         ▼   elsewhere) │
 *    │                                 active ◄────────────────────┘              │
 *    │                                   │ ended (completed, interrupted, …)      │
 *    └──────────────────────────────► ended ◄───────────────────────────────────-─┘
 *
 * `connecting` and `ringing` are said "Call connecting", `active` "Call in progress", `ended` "Call ended" (ML-43).
 */
export type CallPhase = 'connecting' | 'ringing' | 'active' | 'ended';

export interface Call {
  /** Stable in this browser, on every event and in every row. */
  readonly id: string;
  /** What the wire knows the call by; the activity's key is made of it. */
  readonly correlation: string;
  readonly direction: 'inbound' | 'outbound';
  /** Between colleagues of the same phone system, by the policy. */
  readonly internal: boolean;
  readonly device: 'here' | 'elsewhere';
  readonly phase: CallPhase;
  /** The other party: E.164, an extension or a sip: URI; empty if withheld. */
  readonly number: string;
  /** An extension behind the number, digits only. */
  readonly extension?: string;
  /** The name the wire gave. Text of a stranger. */
  readonly displayName?: string;
  /** Inbound: which of our numbers was called. */
  readonly called?: string;
  readonly queue?: string;
  /** Epoch ms. `startedAt` is the first signal. */
  readonly startedAt: number;
  readonly answeredAt?: number;
  readonly endedAt?: number;
  readonly reason?: EndReason;
  readonly endedBy?: 'us' | 'them';
  /** What went wrong last, e.g. `mic-denied` on answering while it goes on ringing. */
  readonly failure?: Failure;
  readonly muted: boolean;
  /** Digits sent so far. */
  readonly digits: string;
  /** A gesture that waits for the wire's answer; nothing else on screen changes by it. */
  readonly pending: 'answer' | 'decline' | 'hang-up' | null;
  readonly match: CallMatch;
  readonly notes: CallNotes;
  readonly log: CallLog;
}

/** Whom the CRM says this is, and why this one. */
export interface CallMatch {
  readonly state: 'searching' | 'matched' | 'ambiguous' | 'unknown' | 'failed';
  /** The record in force: chosen by policy or by a person. */
  readonly record: CrmRecord | null;
  /** Everybody else with this number, best first, `record` not among them. */
  readonly candidates: readonly CrmRecord[];
  readonly why: Reason | null;
  readonly failure?: Failure;
}

export interface CallNotes {
  /** As typed last, whole; kept in the journal while typing. */
  readonly text: string;
  /** What goes to the CRM: the text of the last save, by gesture or at the end of the call. */
  readonly saved: string;
  /** When they were saved (epoch ms). */
  readonly savedAt?: number;
}

/** What became of the call's activity in the CRM. */
export interface CallLog {
  /**
   * `pending`: the call is not over. `excluded`: a rule says no. `held`: waits for a person (which record? unknown number).
   * `waiting` / `delivering` / `delivered`: the outbox has it. `attention`: could not be delivered, see `failure`.
   */
  readonly state: 'pending' | 'excluded' | 'held' | 'waiting' | 'delivering' | 'delivered' | 'attention';
  readonly why: Reason | null;
  /** The activity's key: the same for everybody who logs this call. */
  readonly key?: string;
  readonly ref?: RecordRef;
  /** The notes as we wrote them last, to notice when someone changed them in the CRM. */
  readonly writtenNotes?: string;
  /** The record it was written under, null for none. */
  readonly writtenRecordId?: string | null;
  readonly failure?: Failure;
  readonly retryAt?: number;
}

/** A decision in words: a code of the string table and its values. */
export interface Reason {
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** Signals of the machine: the line's, our own gestures' and what a new leader finds. */
export type CallSignal =
  | LineSignal
  | { readonly type: 'answering' | 'declining' | 'hanging-up' }
  | { readonly type: 'refused'; readonly failure: Failure };

/** The next state of a call. Pure; a signal that does not fit the phase changes nothing. */
export function next(call: Call, signal: CallSignal, at: number): Call {
  if (call.phase === 'ended') return call;
  switch (signal.type) {
    case 'ringing':
      return call.phase === 'connecting' ? { ...call, phase: 'ringing' } : call;
    case 'answered': {
      if (call.phase === 'active') return call;
      const { failure: _, ...rest } = call;
      return { ...rest, phase: 'active', answeredAt: Math.max(at, call.startedAt), pending: null };
    }
    case 'ended':
      return {
        ...call,
        phase: 'ended',
        endedAt: Math.max(at, call.answeredAt ?? call.startedAt),
        reason: signal.reason,
        endedBy: signal.by,
        pending: null,
        muted: false,
        ...(signal.failure && { failure: signal.failure }),
      };
    case 'muted':
      return call.muted === signal.muted ? call : { ...call, muted: signal.muted };
    case 'digits-sent':
      return { ...call, digits: call.digits + signal.digits };
    case 'answering':
      return call.direction === 'inbound' && call.phase === 'ringing' && !call.pending
        ? { ...call, pending: 'answer' }
        : call;
    case 'declining':
      return call.direction === 'inbound' && call.phase === 'ringing' ? { ...call, pending: 'decline' } : call;
    case 'hanging-up':
      return { ...call, pending: 'hang-up' };
    case 'refused':
      return { ...call, pending: null, failure: signal.failure };
    case 'media':
      return call;
  }
}

/** From answer to end or to `now`; 0 if never answered. A clock set back never makes it negative. */
export function durationMs(call: Call, now: number): number {
  if (call.answeredAt === undefined) return 0;
  return Math.max(0, (call.endedAt ?? now) - call.answeredAt);
}

/** Whether the call is one of those the list of missed calls shows: it came in, and nobody could or did take it (MV-06). */
export function missed(call: Call): boolean {
  return call.direction === 'inbound' && call.phase === 'ended' && call.reason === 'missed';
}
