import type { Call } from './calls/call.ts';
import type { CrmRecord } from './ports/crm.ts';
import type { ConflictDetails, Failure } from './ports/errors.ts';
import type { CheckResult, LineCheck, LineStatus, VoicemailMessage } from './ports/line.ts';

// What the stores of a workspace hold.

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
  /** Somebody waits, by `whenQuiet`, for the last live call to end before the phone becomes another one (ML-22). */
  readonly changing?: boolean;
  /** The user has signed out, in whichever tab, and nothing of theirs is left here; `start()` signs them in again. */
  readonly signedOut?: boolean;
  /** They have signed out, and the browser has not deleted what is kept of them: why. `signOut()` tries again. */
  readonly undeleted?: Failure;
}

/** What is kept of the user on this computer, counted: what a sign-out deletes. */
export interface Kept {
  /** Calls of the lists, with their notes. */
  readonly calls: number;
  /** Calls whose notes are typed and not saved. */
  readonly drafts: number;
  /** Calls that the CRM has not got yet. */
  readonly unlogged: number;
}

/** What stands in the search and dial field, put there by typing or by a click on a number. */
export interface DialField {
  readonly text: string;
  /** Whom the number belongs to, when a click or a search said so. */
  readonly record: CrmRecord | null;
  /** Which of the user's numbers this contact was called with last, and is called with now; null: none, or no choice. */
  readonly callerId: string | null;
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

/** Somebody the user wants at hand (MV-04): one per number. */
export interface Favorite {
  /** What to dial: E.164 where that is known, `x` and the extension behind it. */
  readonly number: string;
  /** The record's name, else the one it was added with; empty: the number stands for it. */
  readonly name: string;
  readonly record: CrmRecord | null;
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

/** What everybody sees of the user: Do Not Disturb wins over Make Busy (MV-26). */
export interface Availability {
  readonly state: 'available' | 'dnd' | 'busy';
  readonly dnd: boolean;
  /** The code of the reason while Make Busy is chosen, also under Do Not Disturb. */
  readonly busyReason: string | null;
  /** Where calls are sent on to; null: nowhere. */
  readonly forwardTo: string | null;
  /** A change that waits for the server. */
  readonly pending: boolean;
  readonly failure?: Failure;
}

export type AvailabilityChoice = 'available' | 'dnd' | { readonly dnd?: boolean; readonly busyReason?: string | null };

/** What this phone offers, derived of line and policy: an element offers nothing else. */
export interface Capabilities {
  readonly hold: boolean;
  readonly transfer: boolean;
  readonly conference: boolean;
  readonly redirect: boolean;
  readonly record: boolean;
  readonly digits: boolean;
  readonly voicemail: boolean;
  /** Whether a message of the mailbox can be marked as heard or new, and be deleted. */
  readonly markVoicemail: boolean;
  readonly deleteVoicemail: boolean;
  readonly callerIds: readonly string[];
  readonly reasons: readonly { readonly code: string; readonly label: string }[];
  readonly forwarding: boolean;
  readonly profile: 'regular' | 'hot-desk' | 'agent';
  /** `elsewhere`: another device carries the audio; controls of the audio stay there (ML-24). */
  readonly device: 'here' | 'elsewhere';
}

/** A transfer, conference or redirection that waits for its target: a click on a number then fills it (MV-34, MV-35). */
export interface Targeting {
  readonly callId: string;
  readonly purpose: 'transfer' | 'conference' | 'redirect';
  readonly text: string;
  readonly record: CrmRecord | null;
  /** Grows with every click on a number: an element then takes the focus. */
  readonly clicks: number;
}

export interface Voicemail {
  /** `none`: the line has no mailbox; `count`: only how many wait. */
  readonly state: 'none' | 'count' | 'loading' | 'ready' | 'failed';
  readonly fresh: number;
  readonly messages: readonly VoicemailMessage[];
  readonly failure?: Failure;
}

/** One finding of the self-test, in the order it was tried. */
export interface Finding extends Omit<CheckResult, 'state'> {
  readonly check: LineCheck['name'] | 'crm' | 'storage' | 'notifications';
  readonly state: CheckResult['state'] | 'running';
}
