import { presets, sameNumber } from '@multiline/core';
import type {
  AudioDevices,
  Availability,
  Call,
  Capabilities,
  Clock,
  Crm,
  CrmRecord,
  DialField,
  Failure,
  Favorite,
  Finding,
  Host,
  Kept,
  Policy,
  RecentCalls,
  SearchResult,
  Settings,
  Targeting,
  Tray,
  User,
  Voicemail,
  Workspace,
  PhoneStatus,
} from '@multiline/core';
import { atom } from 'nanostores';
import type { WritableAtom } from 'nanostores';
import { stillHandle } from './still-calls.ts';
import { kinds } from './still-kinds.ts';

/** What a {@link StillWorkspace} shows at first. */
export interface Stillness {
  calls?: readonly Call[];
  recentCalls?: RecentCalls;
  /** Null: they are being read. */
  favorites?: readonly Favorite[] | null;
  tray?: Tray;
  phone?: PhoneStatus;
  user?: User;
  dialField?: Partial<DialField>;
  settings?: Partial<Settings>;
  storageFailure?: Failure | null;
  failure?: Failure | null;
  availability?: Partial<Availability>;
  /** By default a phone that can do everything but voicemail. */
  capabilities?: Partial<Capabilities>;
  targeting?: Targeting | null;
  voicemail?: Voicemail;
  loggedIn?: boolean;
  audio?: AudioDevices | null;
  findings?: readonly Finding[];
  policy?: Partial<Policy>;
  clock?: Clock;
  /** The screen around it; without it one that opens records. */
  host?: Host | null;
  /** What a search finds, or a promise of it. */
  search?: (text: string) => Promise<readonly SearchResult[]> | readonly SearchResult[];
  /** What a sign-out would delete; nothing by default. */
  kept?: Kept;
  /** Verbs that fail, with what they fail with. */
  refuse?: Readonly<Record<string, unknown>>;
}

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
  readonly $unsettled = atom(false);
  readonly $recentCalls: WritableAtom<RecentCalls>;
  readonly $favorites: WritableAtom<readonly Favorite[] | null>;
  readonly $tray: WritableAtom<Tray>;
  readonly $dialField: WritableAtom<DialField>;
  readonly $settings: WritableAtom<Settings>;
  readonly $storageFailure: WritableAtom<Failure | null>;
  readonly $failure: WritableAtom<Failure | null>;
  readonly $availability: WritableAtom<Availability>;
  readonly $capabilities: WritableAtom<Capabilities>;
  readonly $targeting: WritableAtom<Targeting | null>;
  readonly $voicemail: WritableAtom<Voicemail>;
  readonly $loggedIn: WritableAtom<boolean>;
  readonly audio: AudioDevices | null;
  readonly $ringSilenced = atom(false);
  readonly headsets = false;
  /** Every command given, oldest first: its verb, then what it was given. */
  readonly commands: [verb: string, ...args: unknown[]][] = [];
  readonly #findings: readonly Finding[];
  readonly #search: NonNullable<Stillness['search']>;
  readonly #refuse: Readonly<Record<string, unknown>>;
  readonly #kept: Kept;

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
    this.$favorites = atom(still.favorites === undefined ? [] : still.favorites);
    this.$tray = atom(still.tray ?? { items: [], waiting: 0 });
    this.$dialField = atom({ text: '', record: null, callerId: null, clicks: 0, ...still.dialField });
    this.$settings = atom({
      popAt: 'ringing',
      dialMode: 'confirm',
      subject: 'Call with {name}',
      microphone: '',
      speaker: '',
      ringers: [],
      noiseSuppression: true,
      alsoRingDeskPhone: false,
      offerNotifications: true,
      ...still.settings,
    });
    this.$availability = atom({
      state: 'available',
      dnd: false,
      busyReason: null,
      forwardTo: null,
      pending: false,
      ...still.availability,
    });
    this.$capabilities = atom({
      hold: true,
      transfer: true,
      conference: true,
      redirect: true,
      record: true,
      digits: true,
      voicemail: false,
      markVoicemail: true,
      deleteVoicemail: true,
      callerIds: [],
      reasons: [],
      forwarding: false,
      profile: 'regular',
      device: 'here',
      ...still.capabilities,
    });
    this.$targeting = atom(still.targeting ?? null);
    this.$voicemail = atom(still.voicemail ?? { state: 'none', fresh: 0, messages: [] });
    this.$loggedIn = atom(still.loggedIn ?? true);
    this.audio = still.audio ?? null;
    this.#findings = still.findings ?? [];
    this.$storageFailure = atom(still.storageFailure ?? null);
    this.$failure = atom(still.failure ?? null);
    this.#search = still.search ?? (() => []);
    this.#refuse = still.refuse ?? {};
    this.#kept = still.kept ?? { calls: 0, drafts: 0, unlogged: 0 };
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
  whenQuiet = (): Promise<void> => Promise.resolve();
  signOut: Workspace['signOut'] = (options) => this.#note('signOut', ...(options ? [options] : []));
  kept = (): Promise<Kept> => this.#note('kept').then(() => this.#kept);
  answer = (id: string): Promise<void> => this.#note('answer', id);
  decline = (id: string): Promise<void> => this.#note('decline', id);
  hangUp = (id: string): Promise<void> => this.#note('hangUp', id);
  mute = (id: string): Promise<void> => this.#note('mute', id);
  unmute = (id: string): Promise<void> => this.#note('unmute', id);
  sendDigits = (id: string, digits: string): Promise<void> => this.#note('sendDigits', id, digits);
  hold = (id: string): Promise<void> => this.#note('hold', id);
  resume = (id: string): Promise<void> => this.#note('resume', id);
  swap = (id: string): Promise<void> => this.#note('swap', id);
  transfer = (id: string, target: string): Promise<void> => this.#note('transfer', id, target);
  consult: Workspace['consult'] = async (id, target, purpose = 'transfer') => {
    await this.#note('consult', id, target, purpose);
    return stillHandle(target);
  };
  completeTransfer = (id: string): Promise<void> => this.#note('completeTransfer', id);
  cancelConsult = (id: string): Promise<void> => this.#note('cancelConsult', id);
  merge = (id: string): Promise<void> => this.#note('merge', id);
  removeParticipant = (id: string): Promise<void> => this.#note('removeParticipant', id);
  silence = (id: string, silenced: boolean): Promise<void> => this.#note('silence', id, silenced);
  redirect = (id: string, target: string): Promise<void> => this.#note('redirect', id, target);
  replyWithText = (id: string): Promise<void> => this.#note('replyWithText', id);
  sendToVoicemail = (id: string): Promise<void> => this.#note('sendToVoicemail', id);
  record: Workspace['record'] = (id, action) => this.#note('record', id, action);
  watchLevels: Workspace['watchLevels'] = () => () => undefined;
  askTarget: Workspace['askTarget'] = async (callId, purpose) => {
    await this.#note('askTarget', callId, purpose);
    this.$targeting.set({ callId, purpose, text: '', record: null, clicks: 0 });
  };
  setTarget: Workspace['setTarget'] = async (text, record = null) => {
    const targeting = this.$targeting.get();
    if (targeting) this.$targeting.set({ ...targeting, text, record });
    await this.#note('setTarget', text, record);
  };
  cancelTarget = async (): Promise<void> => {
    await this.#note('cancelTarget');
    this.$targeting.set(null);
  };
  setAvailability: Workspace['setAvailability'] = (choice) => this.#note('setAvailability', choice);
  setForwarding = (target: string | null): Promise<void> => this.#note('setForwarding', target);
  logIn: Workspace['logIn'] = (login) => this.#note('logIn', login);
  logOut = (): Promise<void> => this.#note('logOut');
  loadVoicemail = (): Promise<void> => this.#note('loadVoicemail');
  voicemailAudio: Workspace['voicemailAudio'] = async (id) => {
    await this.#note('voicemailAudio', id);
    return { type: 'audio/wav', bytes: new ArrayBuffer(0) };
  };
  markVoicemail = (id: string, heard: boolean): Promise<void> => this.#note('markVoicemail', id, heard);
  deleteVoicemail = (id: string): Promise<void> => this.#note('deleteVoicemail', id);
  diagnose: Workspace['diagnose'] = async (listener) => {
    await this.#note('diagnose');
    for (const finding of this.#findings) listener(finding);
    return this.#findings;
  };
  troubleshootingLog = (): string => 'nothing happened';
  askNotificationPermission: Workspace['askNotificationPermission'] = async () => {
    await this.#note('askNotificationPermission');
    return 'granted';
  };
  notificationPermission: Workspace['notificationPermission'] = () => 'default';
  connectHeadset = async (): Promise<boolean> => {
    await this.#note('connectHeadset');
    return true;
  };
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
  loadOlder = (): Promise<boolean> => this.#note('loadOlder').then(() => false);
  changeSettings = async (change: Partial<Settings>): Promise<void> => {
    await this.#note('changeSettings', change);
    this.$settings.set({ ...this.$settings.get(), ...change });
  };

  favoriteOf = (number: string): Favorite | null =>
    this.$favorites.get()?.find((one) => sameNumber(one.number, number, { country: 'US' })) ?? null;
  addFavorite: Workspace['addFavorite'] = async (number, who = {}) => {
    await this.#note('addFavorite', number, who);
    const { record = null, name = record?.name ?? '' } = who;
    this.$favorites.set([...(this.$favorites.get() ?? []), { number, name, record }]);
  };
  removeFavorite = async (number: string): Promise<void> => {
    await this.#note('removeFavorite', number);
    this.$favorites.set((this.$favorites.get() ?? []).filter((one) => one !== this.favoriteOf(number)));
  };

  dial: Workspace['dial'] = async (text, request = {}) => {
    await this.#note('dial', text, request);
    return stillHandle(text);
  };

  pickNumber = async (text: string, record: CrmRecord | null = null): Promise<void> => {
    await this.#note('pickNumber', text, record);
    this.$dialField.set({ text, record, callerId: null, clicks: this.$dialField.get().clicks + 1 });
  };
  setDialField = (text: string, record: CrmRecord | null = null): void => {
    this.$dialField.set({ ...this.$dialField.get(), text, record, callerId: null });
  };
  search = async (text: string): Promise<readonly SearchResult[]> => {
    await this.#note('search', text);
    return this.#search(text);
  };
}
