import type { MultiLineError } from './errors.ts';
import type { CallQuality } from './line.ts';

/**
 * The data of a CRM. Core knows no "Lead" and no "Contact": the adapter declares its kinds, a policy orders them by name.
 *
 * Rules: an optional method that is absent is a capability that is absent. What reaches out takes an `AbortSignal` and
 * rejects with a `MultiLineError` whose `retryable` is true only if the same request may succeed later.
 */
export interface Crm {
  readonly name: string;
  readonly kinds: readonly RecordKind[];
  /** The CRM has no unique key for activities: the adapter looks before it creates, and a crash in between may write twice. */
  readonly atLeastOnce?: boolean;

  /** Whom these numbers belong to: all numbers of a call in one request. Reads only, never creates. */
  identify(query: IdentifyQuery, signal?: AbortSignal): Promise<readonly Match[]>;
  /** Writes an activity under a key: the same key again updates that one record. */
  logActivity(key: string, activity: Activity, options?: LogOptions, signal?: AbortSignal): Promise<LoggedActivity>;

  /** Who signs: names the owner of activities, the user's day and locale. */
  me?(signal?: AbortSignal): Promise<CrmUser>;
  /** Records by name or number as a person types it, best first. */
  search?(text: string, options?: { limit?: number }, signal?: AbortSignal): Promise<readonly CrmRecord[]>;
  read?(ref: RecordRef, signal?: AbortSignal): Promise<RecordDetails>;
  /** Up to 200 first writes at once; one result per entry, in order. */
  logActivities?(entries: readonly LogEntry[], signal?: AbortSignal): Promise<readonly LogResult[]>;
  /** Past and open activities, newest first. */
  activities?(
    of: RecordRef | 'me',
    options?: { limit?: number },
    signal?: AbortSignal,
  ): Promise<readonly ActivitySummary[]>;
  /** Where a person sees the record, as an absolute http(s) URL; null if nowhere. */
  url?(ref: RecordRef): string | null;
  create?(kind: string, fields: Readonly<Record<string, FieldValue>>, signal?: AbortSignal): Promise<CrmRecord>;
}

export type FieldValue = string | number | boolean | null;

/** A kind of record as the adapter declares it. Names are the CRM's own API names. */
export interface RecordKind {
  readonly name: string;
  readonly label: string;
  /** Which avatar and glyph: told by shape and word, never by colour alone. */
  readonly icon: 'person' | 'lead' | 'account' | 'colleague' | 'case' | 'other';
  /** A person may create one from here. */
  readonly creatable: boolean;
  /** Activities may be written under it. */
  readonly loggable: boolean;
}

export interface RecordRef {
  readonly kind: string;
  readonly id: string;
}

/** A record as lists and calls show it. All text is text. */
export interface CrmRecord extends RecordRef {
  readonly name: string;
  /** The company it belongs to, e.g. Acme. */
  readonly account?: { readonly name: string; readonly ref?: RecordRef };
  /** Numbers as the CRM has them, for search results. */
  readonly numbers?: readonly string[];
  /** Epoch ms, for "the newest of three". */
  readonly createdAt?: number;
  readonly modifiedAt?: number;
  readonly doNotCall?: boolean;
  readonly owner?: string;
}

export interface IdentifyQuery {
  /** E.164, or an extension as dialed. */
  readonly numbers: readonly string[];
  /** ISO 3166-1 alpha-2: how the CRM's national numbers are to be read. */
  readonly country: string;
}

/** A record that has one of the asked numbers. */
export interface Match {
  /** The asked number it was found by, letter for letter as in the query. */
  readonly number: string;
  readonly record: CrmRecord;
}

export interface RecordDetails {
  readonly record: CrmRecord;
  readonly fields: readonly { readonly name: string; readonly label: string; readonly value: FieldValue }[];
  /** Opaque; changes when the record does. */
  readonly version: string;
}

export interface CrmUser {
  readonly ref: RecordRef;
  readonly name: string;
  /** IANA name, e.g. America/Los_Angeles: decides the day of an activity. */
  readonly timeZone?: string;
  /** BCP 47. */
  readonly locale?: string;
}

/** One call as the CRM's activity history gets it. */
export interface Activity {
  readonly type: 'call';
  /** Whom it belongs to; null logs it without a record. */
  readonly record: RecordRef | null;
  readonly subject: string;
  readonly direction: 'inbound' | 'outbound' | 'internal';
  /** The other party: E.164, or as dialed. */
  readonly number: string;
  readonly startedAt: number;
  /** From answer to end; 0 if never answered; null where another phone of the user's had the call. */
  readonly durationMs: number | null;
  /** The user's own calendar day of `startedAt`, YYYY-MM-DD. */
  readonly day: string;
  /** An end reason of the contract, for the disposition. */
  readonly outcome: string;
  readonly notes: string;
  /** What the wire knows the call by (a configured header, else Call-ID). */
  readonly correlation: string;
  /** How the whole call sounded, good or bad, where the line measures it; `notes` speak of it only where it was bad. */
  readonly quality?: CallQuality;
}

export interface LogOptions {
  /**
   * The notes of our last write, or of a write whose answer never came. The adapter then looks first: notes that are neither
   * these nor the new ones were changed by someone else: `conflict` with both, nothing written.
   */
  readonly previousNotes?: string;
  /** The last write's answer was lost: a record may or may not be there. */
  readonly uncertain?: boolean;
  /** A person chose the text of a conflict: written whatever stands there. */
  readonly overwrite?: boolean;
}

export interface LoggedActivity {
  readonly ref: RecordRef;
  /** False if a record of that key was there and has been updated. */
  readonly created: boolean;
}

export interface LogEntry {
  readonly key: string;
  readonly activity: Activity;
}

export type LogResult = { readonly ok: LoggedActivity } | { readonly error: MultiLineError };

export interface ActivitySummary {
  readonly ref: RecordRef;
  readonly subject: string;
  readonly at: number;
  readonly notes?: string;
  readonly type: 'call' | 'message' | 'task' | 'other';
  readonly open: boolean;
}
