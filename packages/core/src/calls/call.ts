import type { Failure } from '../ports/errors.ts';
import type { CrmRecord, RecordRef } from '../ports/crm.ts';
import type { CallQuality, CallStage, EndReason } from '../ports/line.ts';

/** How far a call is; `next` in call-machine.ts draws it. */
export type CallPhase = 'connecting' | 'ringing' | 'active' | 'ended';

/** A call, live or past, as plain data: what stores hold, other tabs mirror and the journal keeps. */
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
  readonly pending: CallPending | null;
  readonly match: CallMatch;
  readonly notes: CallNotes;
  readonly log: CallLog;

  // What follows is absent where it does not apply, also in rows of earlier versions.

  /** Who lets whom wait. */
  readonly hold?: 'us' | 'them' | 'both';
  /** Since when we let it wait (epoch ms). */
  readonly heldAt?: number;
  /** Why it asks to be taken back: it waits longer than the policy allows (MV-28), or was sent on in vain (MV-36). */
  readonly recalled?: 'hold' | 'transfer';
  /** Audio is lost and being brought back: "Reconnecting…". */
  readonly reconnecting?: boolean;
  /** A transfer under way, or one that failed. */
  readonly transfer?: CallTransfer;
  /** This call asks somebody on behalf of that other one, which waits (MV-22). */
  readonly consultFor?: { readonly callId: string; readonly purpose: 'transfer' | 'conference' };
  /** The conference it is part of: the same id in each of its calls. */
  readonly conference?: string;
  /** Inside a conference: the others do not hear this one. */
  readonly silenced?: boolean;
  /** Refused by a rule before it could ring, and which. */
  readonly refused?: Reason;
  /** The other side speaks right now. */
  readonly speaking?: boolean;
  readonly recording?: {
    readonly state: 'on' | 'paused' | 'done';
    readonly url?: string;
    /** Where a recorder that began anew has left what it had before, the oldest first. */
    readonly earlier?: readonly string[];
  };
  /** The audio as it was judged last. */
  readonly quality?: CallQuality;
  /** How far a call is that another device of the user's carries (ML-23). */
  readonly stage?: CallStage;
  /** Another device carries it, and hanging up here ends it all the same, e.g. while it rings that device (ML-23). */
  readonly revocable?: boolean;
  /** The number it went out with, where there is a choice; null: none was to be named. */
  readonly callerId?: string | null;
  /** What the system supplies beside `called` and `queue` (MV-61). */
  readonly collectedDigits?: string;
  /** Who sent it on to us: redirected or transferred it. */
  readonly redirectedBy?: string;
  /** The call's other legs as they came: transfers, consultations, redirections, conferences (XB-08). */
  readonly legs?: readonly CallLeg[];
  /** What another page needs to take it back; opaque. */
  readonly resume?: string;
}

export interface CallTransfer {
  /** As dialed. */
  readonly target: string;
  readonly state: 'asked' | 'trying' | 'ringing' | 'failed';
  readonly failure?: Failure;
  /** Of one that failed: whoever was asked was to join the call; absent: to take it over. */
  readonly purpose?: 'conference';
}

/** One chapter of a call's story: with whom else it was connected, and how. */
export interface CallLeg {
  readonly kind: 'redirected-by' | 'redirected-to' | 'transferred-to' | 'transferred-by' | 'consulted' | 'joined';
  /** E.164, an extension or a sip: URI. */
  readonly number: string;
  readonly name?: string;
  /** Epoch ms. */
  readonly at: number;
}

export type CallPending =
  'answer' | 'decline' | 'hang-up' | 'hold' | 'resume' | 'transfer' | 'redirect' | 'merge' | 'record';

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
  /** The text as we wrote it last, to notice when someone changed them in the CRM. */
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

/** From answer to end or to `now`; 0 if never answered. A clock set back never makes it negative. */
export function durationMs(call: Call, now: number): number {
  if (call.answeredAt === undefined) return 0;
  return Math.max(0, (call.endedAt ?? now) - call.answeredAt);
}

/** Where what was recorded of a call can be heard, the oldest first; a stranger's text, as far as we know. */
export function recordingsOf({ recording }: Call): readonly string[] {
  return [...(recording?.earlier ?? []), ...(recording?.url ? [recording.url] : [])];
}

/** Whether the call is one of those the list of missed calls shows: it came in, and nobody could or did take it (MV-06). */
export function missed(call: Call): boolean {
  return call.direction === 'inbound' && call.phase === 'ended' && call.reason === 'missed';
}

/** A chapter with the other party of this call. */
export function legOf(kind: CallLeg['kind'], { number, displayName, match }: Call, at: number): CallLeg {
  const name = match.record?.name ?? displayName;
  return { kind, number, at, ...(name && { name }) };
}
