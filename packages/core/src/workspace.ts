import type { ReadableAtom } from 'nanostores';
import type { Call } from './calls/call.ts';
import type { Policy } from './policy/policy.ts';
import type { ConflictDetails, Failure } from './ports/errors.ts';
import type { ActivitySummary, Crm, CrmRecord, RecordRef } from './ports/crm.ts';
import type { Attention } from './ports/attention.ts';
import type { Clock } from './ports/clock.ts';
import type { Host } from './ports/host.ts';
import type { Line, LineStatus } from './ports/line.ts';
import type { Storage } from './ports/storage.ts';
import type { Tabs } from './ports/tabs.ts';
import type { Settings } from './settings/settings.ts';

/** What a workspace is made of. Only `line` is required; whatever is absent is a capability that is absent. */
export interface WorkspaceParts {
  line: Line;
  crm?: Crm;
  host?: Host;
  attention?: Attention;
  policy?: Policy;
  storage?: Storage;
  tabs?: Tabs;
  clock?: Clock;
}

/** Who sits here: from the line's identity and the CRM's `me`. */
export interface User {
  readonly name: string;
  readonly extension?: string;
  /** Own business number, E.164. */
  readonly number?: string;
  readonly timeZone?: string;
  readonly locale?: string;
}

/** Where the phone is and how it does. */
export interface PhoneStatus {
  readonly line: LineStatus;
  /** False where another tab of this browser has the audio and the registration; true before that is known. */
  readonly here: boolean;
}

/** What stands in the search and dial field, put there by typing or by a click on a number. */
export interface DialField {
  readonly text: string;
  /** Whom the number belongs to, when a click or a search said so. */
  readonly record: CrmRecord | null;
  /** Grows with every click on a number: an element then takes the focus. */
  readonly clicks: number;
}

export type RecentCallsFilter = 'all' | 'missed' | 'received' | 'dialed';

export interface RecentCalls {
  readonly state: 'loading' | 'ready' | 'failed';
  /** Newest first; live calls among them. */
  readonly calls: readonly Call[];
  readonly failure?: Failure;
}

/** Something that waits for a person, or cannot be delivered. */
export interface TrayItem {
  readonly callId: string;
  /** The activity's key in the outbox. */
  readonly key: string;
  readonly reason: 'not-logged' | 'choose-match' | 'unknown-number' | 'conflict';
  readonly call: Call;
  readonly failure?: Failure;
  /** When the next attempt is due, if one is. */
  readonly retryAt?: number;
  readonly conflict?: ConflictDetails;
}

export interface Tray {
  /** Not logged first, then conflicts, choices, unknown numbers; within them newest first. */
  readonly items: readonly TrayItem[];
  /** Activities on their way: in the outbox, due or retrying. Not in `items`. */
  readonly waiting: number;
}

export interface SearchResult {
  readonly record: CrmRecord;
  /** The numbers to dial, as the CRM has them. */
  readonly numbers: readonly string[];
}

export interface DialRequest {
  /** Whom the number belongs to, when known: the match is then not asked for. */
  record?: CrmRecord;
}

/** One call to act upon: what `dial()` answers. Every verb is also on the workspace, with the call's id first. */
export interface CallHandle {
  readonly id: string;
  readonly $call: ReadableAtom<Call>;
  hangUp(): Promise<void>;
  mute(): Promise<void>;
  unmute(): Promise<void>;
  sendDigits(digits: string): Promise<void>;
  saveNotes(text: string): Promise<void>;
}

/**
 * The desk without a screen: stores to read and commands to give. An `EventTarget`: facts (`ml-call-incoming`, …) are
 * dispatched on it as {@link FactEvent}s, in every tab, with `leading` saying which one holds the phone.
 *
 * Commands resolve when they are carried out and reject with a `MultiLineError`. Stores are read-only outside core.
 */
export interface Workspace extends EventTarget {
  readonly policy: Policy;
  readonly crm: Crm | null;
  readonly host: Host | null;
  readonly clock: Clock;
  readonly $phone: ReadableAtom<PhoneStatus>;
  readonly $user: ReadableAtom<User>;
  /** Live calls first come first, then ended calls that are not wrapped up. */
  readonly $calls: ReadableAtom<readonly Call[]>;
  readonly $recentCalls: ReadableAtom<RecentCalls>;
  readonly $tray: ReadableAtom<Tray>;
  readonly $dialField: ReadableAtom<DialField>;
  readonly $settings: ReadableAtom<Settings>;
  /** What the last dial or answer failed of, e.g. `mic-denied`; null once one succeeded. */
  readonly $failure: ReadableAtom<Failure | null>;
  /** Why nothing outlives this tab, or null. */
  readonly $storageFailure: ReadableAtom<Failure | null>;

  start(): Promise<void>;
  stop(): Promise<void>;
  /** Delivers what waits, or names it by rejecting, then wipes this user's data. `force` wipes whatever waits. */
  signOut(options?: { force?: boolean }): Promise<void>;

  /** `text` as a person writes it: number, extension, tel: or sip: address. */
  dial(text: string, request?: DialRequest): Promise<CallHandle>;
  answer(callId: string): Promise<void>;
  decline(callId: string): Promise<void>;
  hangUp(callId: string): Promise<void>;
  mute(callId: string): Promise<void>;
  unmute(callId: string): Promise<void>;
  sendDigits(callId: string, digits: string): Promise<void>;
  /** A dial control has the focus: the line may get ready. */
  prepareDial(): void;
  /** Tries to reach the phone server now. */
  reconnect(): Promise<void>;
  /** Takes `$failure` away. */
  dismissFailure(): void;

  /** Puts a number into the dial field, or dials at once if the dialing mode says so: what a click on a number does. */
  pickNumber(text: string, record?: CrmRecord | null): Promise<void>;
  setDialField(text: string, record?: CrmRecord | null): void;
  search(text: string, signal?: AbortSignal): Promise<readonly SearchResult[]>;

  /** Keeps what is being typed, in the journal only. */
  draftNotes(callId: string, text: string): Promise<void>;
  /** Keeps the notes and, once the call is over, writes them to its activity. */
  saveNotes(callId: string, text: string): Promise<void>;
  /** A person says whom this call belongs to (one of the candidates or any record of a search). */
  associate(callId: string, record: CrmRecord): Promise<void>;
  /** Settles a notes conflict with the text that stays. */
  resolveConflict(callId: string, text: string): Promise<void>;
  /** Tries an undelivered activity now. */
  retryLog(callId: string): Promise<void>;
  /** Asks again whom the number belongs to. */
  rematch(callId: string): Promise<void>;
  /** Puts an ended call away. */
  wrapUp(callId: string): Promise<void>;
  /** Opens a record on the host's screen. */
  pop(ref: CrmRecord): Promise<void>;
  recordUrl(ref: RecordRef): string | null;
  activities(ref: RecordRef, signal?: AbortSignal): Promise<readonly ActivitySummary[]>;
  /** A call of the lists by id, live or past. */
  readCall(callId: string): Promise<Call | null>;
  /** Older rows of the recent calls; resolves with whether there were any. */
  loadOlder(): Promise<boolean>;
  changeSettings(change: Partial<Settings>): Promise<void>;
}

/** A fact as an event. Plain fields; `leading` says whether this tab holds the phone. */
export type FactType =
  | 'ml-registered'
  | 'ml-unregistered'
  | 'ml-call-incoming'
  | 'ml-call-started'
  | 'ml-call-answered'
  | 'ml-call-ended'
  | 'ml-call-logged'
  | 'ml-record-matched'
  | 'ml-error';
