import type { ReadableAtom } from 'nanostores';
import type { AlertWords } from './calls/alert-words.ts';
import type { Call } from './calls/call.ts';
import type { Policy } from './policy/policy.ts';
import type { Failure } from './ports/errors.ts';
import type { ActivitySummary, Crm, CrmRecord, RecordRef } from './ports/crm.ts';
import type { Attention } from './ports/attention.ts';
import type { Clock } from './ports/clock.ts';
import type { Host } from './ports/host.ts';
import type { AudioDevices } from './ports/audio-devices.ts';
import type { AudioLevels, Line, LineLogin } from './ports/line.ts';
import type { Storage } from './ports/storage.ts';
import type { Tabs } from './ports/tabs.ts';
import type { Settings } from './settings/settings.ts';
import type {
  User,
  PhoneStatus,
  DialField,
  Favorite,
  RecentCalls,
  Tray,
  SearchResult,
  Kept,
  Availability,
  AvailabilityChoice,
  Capabilities,
  Targeting,
  Voicemail,
  Finding,
} from './workspace-state.ts';

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
  /** What notifications say, in another language: `alert.incoming` and others. English where it answers nothing. */
  words?: AlertWords;
}

export interface DialRequest {
  /** Whom the number belongs to, when known: the match is then not asked for. */
  record?: CrmRecord;
  /**
   * Which of the user's numbers the other side sees; absent: the one this contact was called with last. Null: the one the
   * server gives, and what was remembered of this contact is forgotten.
   */
  callerId?: string | null;
}

/** One call to act upon: what `dial()` answers. Every verb is also on the workspace, with the call's id first. */
export interface CallHandle {
  readonly id: string;
  readonly $call: ReadableAtom<Call>;
  hangUp(): Promise<void>;
  hold(): Promise<void>;
  resume(): Promise<void>;
  mute(): Promise<void>;
  unmute(): Promise<void>;
  sendDigits(digits: string): Promise<void>;
  transfer(target: string): Promise<void>;
  consult(target: string, purpose?: 'transfer' | 'conference'): Promise<CallHandle>;
  completeTransfer(): Promise<void>;
  record(action: 'start' | 'pause' | 'stop'): Promise<void>;
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
  /**
   * Somebody is being reached, or the line has not answered what was asked of a call: until it has, no call is swapped, merged
   * or connected with another.
   */
  readonly $unsettled: ReadableAtom<boolean>;
  readonly $recentCalls: ReadableAtom<RecentCalls>;
  /** In the order they were added; `sortFavorites` sorts them by name. Null while they are being read. */
  readonly $favorites: ReadableAtom<readonly Favorite[] | null>;
  readonly $tray: ReadableAtom<Tray>;
  readonly $dialField: ReadableAtom<DialField>;
  readonly $settings: ReadableAtom<Settings>;
  /** What the last dial or answer failed of, e.g. `mic-denied`; null once one succeeded. */
  readonly $failure: ReadableAtom<Failure | null>;
  /** Why nothing outlives this tab, or null. */
  readonly $storageFailure: ReadableAtom<Failure | null>;
  /** It rings here and the browser lets nobody hear it before a click or key on this page. */
  readonly $ringSilenced: ReadableAtom<boolean>;
  readonly $availability: ReadableAtom<Availability>;
  readonly $capabilities: ReadableAtom<Capabilities>;
  readonly $targeting: ReadableAtom<Targeting | null>;
  readonly $voicemail: ReadableAtom<Voicemail>;
  /** Who is signed in at the phone: hot desk and agent only; true for everybody else. */
  readonly $loggedIn: ReadableAtom<boolean>;
  /** Devices of this browser; null where the line has none. */
  readonly audio: AudioDevices | null;

  start(): Promise<void>;
  stop(): Promise<void>;
  /**
   * Resolves when no call is live: the moment to put another workspace in this one's place, e.g. with the line of another mode
   * (ML-22). Until then `$phone` says `changing`.
   */
  whenQuiet(): Promise<void>;
  /**
   * Delivers what waits, or names it by rejecting, then stops in all tabs and deletes what is kept of this user here. `force`
   * deletes whatever waits. Rejects `in-call` while a call lives, `refused` with `details.callIds` where something waits,
   * `storage-…` where the browser would not delete: asked again, it tries again.
   */
  signOut(options?: { force?: boolean }): Promise<void>;
  /** What a sign-out would delete. */
  kept(): Promise<Kept>;

  /** `text` as a person writes it: number, extension, tel: or sip: address. */
  dial(text: string, request?: DialRequest): Promise<CallHandle>;
  answer(callId: string): Promise<void>;
  decline(callId: string): Promise<void>;
  hangUp(callId: string): Promise<void>;
  mute(callId: string): Promise<void>;
  unmute(callId: string): Promise<void>;
  sendDigits(callId: string, digits: string): Promise<void>;
  hold(callId: string): Promise<void>;
  /** Takes a waiting call back; the one that speaks is held first. */
  resume(callId: string): Promise<void>;
  /** Holds the call that speaks and takes this one back. */
  swap(callId: string): Promise<void>;
  /** Sends the other side on without asking (MV-36); resolves when it has agreed to try. */
  transfer(callId: string, target: string): Promise<void>;
  /** Holds the call and asks somebody else first (MV-22, MV-35). */
  consult(callId: string, target: string, purpose?: 'transfer' | 'conference'): Promise<CallHandle>;
  /** Connects the two sides of a consultation; either call's id will do. */
  completeTransfer(callId: string): Promise<void>;
  /** Ends the consultation and takes the first call back. */
  cancelConsult(callId: string): Promise<void>;
  /** Brings this call together with the waiting ones it belongs to, or with all live ones, into one conference (MV-18). */
  merge(callId: string): Promise<void>;
  /** Takes one participant out; the rest go on (MV-20). */
  removeParticipant(callId: string): Promise<void>;
  /** The others hear this participant no more, or again. */
  silence(callId: string, silenced: boolean): Promise<void>;
  /** Sends a ringing call on (MV-34). */
  redirect(callId: string, target: string): Promise<void>;
  /** Declines; the element of the gesture opens the conversation (ML-29). */
  replyWithText(callId: string): Promise<void>;
  sendToVoicemail(callId: string): Promise<void>;
  record(callId: string, action: 'start' | 'pause' | 'stop'): Promise<void>;
  /** Levels of a call that this tab carries; silent elsewhere. Answers how to stop. */
  watchLevels(callId: string, listener: (levels: AudioLevels) => void): () => void;
  /** A transfer, conference or redirection of this call wants a target: clicks on numbers fill it until it has one. */
  askTarget(callId: string, purpose: Targeting['purpose']): Promise<void>;
  setTarget(text: string, record?: CrmRecord | null): Promise<void>;
  cancelTarget(): Promise<void>;

  setAvailability(choice: AvailabilityChoice): Promise<void>;
  /** Null sends calls nowhere else any more. */
  setForwarding(target: string | null): Promise<void>;
  /** Hot desk and agent: signs the phone in. */
  logIn(login: LineLogin): Promise<void>;
  /** Signs the phone out; the lists and what waits stay with the user. */
  logOut(): Promise<void>;
  loadVoicemail(): Promise<void>;
  voicemailAudio(id: string, signal?: AbortSignal): Promise<{ readonly type: string; readonly bytes: ArrayBuffer }>;
  markVoicemail(id: string, heard: boolean): Promise<void>;
  deleteVoicemail(id: string): Promise<void>;
  /** The self-test: tells each finding as it comes, and all of them at the end. */
  diagnose(listener: (finding: Finding) => void, signal?: AbortSignal): Promise<readonly Finding[]>;
  /** A log without secrets, numbers shortened, to send to support. */
  troubleshootingLog(): string;
  /** Asks for the permission to notify; by a gesture only. */
  askNotificationPermission(): Promise<'granted' | 'denied' | 'default'>;
  notificationPermission(): 'granted' | 'denied' | 'default' | 'unsupported';
  /** Lets the user choose a headset whose buttons the browser hands us; false where none was chosen. By a gesture only. */
  connectHeadset(): Promise<boolean>;
  readonly headsets: boolean;
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
  /**
   * Asks the CRM anew whom the number belongs to, e.g. once a record was created or merged there. Its answer counts over an
   * earlier choice; a choice stays while nobody has the number. Rejects when the CRM fails: nothing has changed then.
   */
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
  /** The favorite of this number, however it is written; null if it is none. */
  favoriteOf(number: string): Favorite | null;
  /**
   * Keeps a number at hand, in every tab and over a reload; the CRM's record stays as it is. The same number again takes over
   * name and record. Rejects `too-many-favorites` where there are as many as the policy allows.
   */
  addFavorite(number: string, who?: { name?: string; record?: CrmRecord | null }): Promise<void>;
  removeFavorite(number: string): Promise<void>;
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
