import { presets } from '@multiline/core';
import type {
  Call,
  Clock,
  Crm,
  CrmRecord,
  DialField,
  Failure,
  Host,
  Policy,
  RecentCalls,
  SearchResult,
  Settings,
  Tray,
  User,
  Workspace,
  PhoneStatus,
} from '@multiline/core';
import { atom } from 'nanostores';
import type { WritableAtom } from 'nanostores';

/** What a {@link StillWorkspace} shows at first. */
export interface Stillness {
  calls?: readonly Call[];
  recentCalls?: RecentCalls;
  tray?: Tray;
  phone?: PhoneStatus;
  user?: User;
  dialField?: Partial<DialField>;
  settings?: Partial<Settings>;
  storageFailure?: Failure | null;
  failure?: Failure | null;
  policy?: Partial<Policy>;
  clock?: Clock;
  /** The screen around it; without it one that opens records. */
  host?: Host | null;
  /** What a search finds, or a promise of it. */
  search?: (text: string) => Promise<readonly SearchResult[]> | readonly SearchResult[];
  /** Verbs that fail, with what they fail with. */
  refuse?: Readonly<Record<string, unknown>>;
}

const kinds: Crm['kinds'] = [
  { name: 'Contact', label: 'Contact', icon: 'person', creatable: true, loggable: true },
  { name: 'PersonAccount', label: 'Person Account', icon: 'person', creatable: false, loggable: true },
  { name: 'Lead', label: 'Lead', icon: 'lead', creatable: true, loggable: true },
  { name: 'Account', label: 'Account', icon: 'account', creatable: false, loggable: true },
  { name: 'Colleague', label: 'Colleague', icon: 'colleague', creatable: false, loggable: false },
];

/**
 * A workspace that stands still: its stores are set by hand, its commands are noted and change nothing. For stories and for
 * tests of single elements; a whole desk is `createWorkspace` on a line in memory.
 */
export class StillWorkspace extends EventTarget implements Workspace {
  readonly policy: Policy;
  readonly clock: Clock;
  readonly host: Host | null;
  readonly crm: Crm = {
    name: 'still',
    kinds,
    identify: () => Promise.resolve([]),
    logActivity: (key) => Promise.resolve({ ref: { kind: 'Task', id: key }, created: true }),
  };
  readonly $phone: WritableAtom<PhoneStatus>;
  readonly $user: WritableAtom<User>;
  readonly $calls: WritableAtom<readonly Call[]>;
  readonly $recentCalls: WritableAtom<RecentCalls>;
  readonly $tray: WritableAtom<Tray>;
  readonly $dialField: WritableAtom<DialField>;
  readonly $settings: WritableAtom<Settings>;
  readonly $storageFailure: WritableAtom<Failure | null>;
  readonly $failure: WritableAtom<Failure | null>;
  /** Every command given, oldest first: its verb, then what it was given. */
  readonly commands: [verb: string, ...args: unknown[]][] = [];
  readonly #search: NonNullable<Stillness['search']>;
  readonly #refuse: Readonly<Record<string, unknown>>;

  constructor(still: Stillness = {}) {
    super();
    this.policy = { ...presets.default({ country: 'US' }), ...still.policy };
    this.clock = still.clock ?? { now: () => Date.UTC(2026, 10, 12, 15, 41), at: () => () => undefined };
    this.host = still.host === undefined ? { name: 'still', pop: () => undefined } : still.host;
    this.$phone = atom(still.phone ?? { line: { state: 'registered' }, here: true });
    this.$user = atom(
      still.user ?? { name: 'Ann Archer', extension: '1001', timeZone: 'America/New_York', locale: 'en-US' },
    );
    this.$calls = atom(still.calls ?? []);
    this.$recentCalls = atom(still.recentCalls ?? { state: 'ready', calls: [] });
    this.$tray = atom(still.tray ?? { items: [], waiting: 0 });
    this.$dialField = atom({ text: '', record: null, clicks: 0, ...still.dialField });
    this.$settings = atom({ popAt: 'ringing', dialMode: 'confirm', subject: 'Call with {name}', ...still.settings });
    this.$storageFailure = atom(still.storageFailure ?? null);
    this.$failure = atom(still.failure ?? null);
    this.#search = still.search ?? (() => []);
    this.#refuse = still.refuse ?? {};
  }

  /** Changes one call in place, as the workspace does on a signal. */
  change(callId: string, change: Partial<Call>): void {
    this.$calls.set(this.$calls.get().map((call) => (call.id === callId ? { ...call, ...change } : call)));
  }

  async #note(verb: string, ...args: unknown[]): Promise<void> {
    this.commands.push([verb, ...args]);
    await Promise.resolve();
    if (verb in this.#refuse) throw this.#refuse[verb];
  }

  start = (): Promise<void> => this.#note('start');
  stop = (): Promise<void> => this.#note('stop');
  signOut = (): Promise<void> => this.#note('signOut');
  answer = (id: string): Promise<void> => this.#note('answer', id);
  decline = (id: string): Promise<void> => this.#note('decline', id);
  hangUp = (id: string): Promise<void> => this.#note('hangUp', id);
  mute = (id: string): Promise<void> => this.#note('mute', id);
  unmute = (id: string): Promise<void> => this.#note('unmute', id);
  sendDigits = (id: string, digits: string): Promise<void> => this.#note('sendDigits', id, digits);
  prepareDial = (): void => void this.commands.push(['prepareDial']);
  reconnect = (): Promise<void> => this.#note('reconnect');
  dismissFailure = (): void => this.$failure.set(null);
  draftNotes = (id: string, text: string): Promise<void> => this.#note('draftNotes', id, text);
  saveNotes = (id: string, text: string): Promise<void> => this.#note('saveNotes', id, text);
  associate = (id: string, record: CrmRecord): Promise<void> => this.#note('associate', id, record);
  resolveConflict = (id: string, text: string): Promise<void> => this.#note('resolveConflict', id, text);
  retryLog = (id: string): Promise<void> => this.#note('retryLog', id);
  rematch = (id: string): Promise<void> => this.#note('rematch', id);
  wrapUp = (id: string): Promise<void> => this.#note('wrapUp', id);
  pop = (record: CrmRecord): Promise<void> => this.#note('pop', record);
  recordUrl = ({ kind, id }: { kind: string; id: string }): string => `https://crm.example/${kind}/${id}`;
  activities = (): Promise<readonly []> => Promise.resolve([]);
  readCall = (id: string): Promise<Call | null> =>
    Promise.resolve([...this.$calls.get(), ...this.$recentCalls.get().calls].find((call) => call.id === id) ?? null);
  loadOlder = async (): Promise<boolean> => {
    await this.#note('loadOlder');
    return false;
  };
  changeSettings = async (change: Partial<Settings>): Promise<void> => {
    await this.#note('changeSettings', change);
    this.$settings.set({ ...this.$settings.get(), ...change });
  };

  dial: Workspace['dial'] = async (text, request = {}) => {
    await this.#note('dial', text, request);
    const $call = atom(stillCall({ direction: 'outbound', phase: 'connecting', number: text }));
    const nothing = (): Promise<void> => Promise.resolve();
    return {
      id: 'dialed',
      $call,
      hangUp: nothing,
      mute: nothing,
      unmute: nothing,
      sendDigits: nothing,
      saveNotes: nothing,
    };
  };
  pickNumber = async (text: string, record: CrmRecord | null = null): Promise<void> => {
    await this.#note('pickNumber', text, record);
    this.$dialField.set({ text, record, clicks: this.$dialField.get().clicks + 1 });
  };
  setDialField = (text: string, record: CrmRecord | null = null): void => {
    this.$dialField.set({ ...this.$dialField.get(), text, record });
  };
  search = async (text: string): Promise<readonly SearchResult[]> => {
    await this.#note('search', text);
    return this.#search(text);
  };
}

/** Lucy Hall of Acme, a Contact. */
export const lucy: CrmRecord = { kind: 'Contact', id: '003000000000001', name: 'Lucy Hall', account: { name: 'Acme' } };

/** Larry Thomas of Globex, a Lead. */
export const larry: CrmRecord = {
  kind: 'Lead',
  id: '00Q000000000002',
  name: 'Larry Thomas',
  account: { name: 'Globex' },
};

/** A call as plain data: Lucy's incoming call in progress, unless told otherwise. `startedAt` 15:38 UTC on Nov 12, 2026. */
export function stillCall(change: Partial<Call> = {}): Call {
  const startedAt = Date.UTC(2026, 10, 12, 15, 38, 8);
  return {
    id: 'call-1',
    correlation: 'call-1@wire',
    direction: 'inbound',
    internal: false,
    device: 'here',
    phase: 'active',
    number: '+14155550101',
    startedAt,
    answeredAt: startedAt + 5000,
    muted: false,
    digits: '',
    pending: null,
    match: { state: 'matched', record: lucy, candidates: [], why: { code: 'only-match', values: {} } },
    notes: { text: '', saved: '' },
    log: { state: 'pending', why: null },
    ...change,
  };
}

/** `match` of a call whose number belongs to this record alone. */
export function matched(record: CrmRecord): Call['match'] {
  return { state: 'matched', record, candidates: [], why: { code: 'only-match', values: {} } };
}
