import { atom, computed } from 'nanostores';
import { createCallControl } from './calls/call-control.ts';
import type { Call } from './calls/call.ts';
import { createCalls } from './calls/calls.ts';
import { createRecentCalls } from './calls/recent-calls.ts';
import { createDialField } from './calls/dial-field.ts';
import { MlCallEvent, MlErrorEvent, MlRegistrationEvent } from './facts.ts';
import { activityKey } from './journal/activity-key.ts';
import { createDelivery } from './journal/delivery.ts';
import { createJournal } from './journal/journal.ts';
import { createOutbox } from './journal/outbox.ts';
import { createTray } from './journal/tray.ts';
import { volatileStorage } from './journal/volatile-storage.ts';
import { createLead } from './lead.ts';
import { openOwner } from './owner.ts';
import { presets } from './policy/presets.ts';
import { systemClock } from './ports/clock.ts';
import type { CrmRecord, CrmUser } from './ports/crm.ts';
import { asError, MultiLineError, type Failure } from './ports/errors.ts';
import type { LineStatus } from './ports/line.ts';
import { activityOf } from './records/activity.ts';
import { createIdentify } from './records/identify.ts';
import { createLogging } from './records/logging.ts';
import { createMatching } from './records/matching.ts';
import { searching } from './records/match.ts';
import { createPopping } from './records/screen-pop.ts';
import { createSettings } from './settings/settings-store.ts';
import { alone } from './tabs/alone.ts';
import { createCommands } from './tabs/commands.ts';
import { createMirror, type PlainFact } from './tabs/mirror.ts';
import type { CallHandle, DialRequest, PhoneStatus, User, Workspace, WorkspaceParts } from './workspace.ts';

/**
 * Makes a desk of its parts. Nothing runs before `start()`. Runs in Node and in browsers.
 *
 * `const workspace = createWorkspace({ line: sipLine(account), crm: salesforce(…), policy: presets.multiline() })`
 */
export function createWorkspace(parts: WorkspaceParts): Workspace {
  const { line, crm = null, host = null, attention = null } = parts;
  const policy = parts.policy ?? presets.default();
  const clock = parts.clock ?? systemClock();
  const storage = parts.storage ?? volatileStorage();
  const tabs = parts.tabs ?? alone();

  const facts = new EventTarget();
  const $line = atom<LineStatus>({ state: 'off' });
  const $crmUser = atom<CrmUser | null>(null);
  const $failure = atom<Failure | null>(null);

  const journal = createJournal(storage);
  const calls = createCalls(storage, journal, clock);
  const recent = createRecentCalls(storage, calls);
  const settings = createSettings(storage, journal, clock, policy);
  const outbox = createOutbox(storage, journal, calls, clock, (call) => activityKey(call, line.identity.uri));
  const tray = createTray(outbox, calls);
  const identify = crm && createIdentify(crm, storage, clock, policy.country);
  const popping = createPopping(host, crm, policy.pop, () => settings.$settings.get().popAt);
  const matching = createMatching(crm, identify, calls, policy, (call) => {
    tell({ type: 'ml-record-matched', call });
    popping.consider(call);
  });
  const logging = createLogging(policy, calls, outbox, matching, clock, crm !== null);
  const control = createCallControl(line, calls, clock, policy, {
    began(call) {
      tell({ type: call.direction === 'inbound' ? 'ml-call-incoming' : 'ml-call-started', call });
      void matching.find(call);
    },
    answered(call) {
      tell({ type: 'ml-call-answered', call });
      popping.consider(call);
    },
    ended(call) {
      tell({ type: 'ml-call-ended', call });
      void logging.ended(call);
    },
  });
  const delivery =
    crm &&
    createDelivery({
      crm,
      outbox,
      calls,
      clock,
      identified: logging.identified,
      activityOf: (call) =>
        activityOf(call, { subject: settings.$settings.get().subject, timeZone: $crmUser.get()?.timeZone }),
      logged: (call) => tell({ type: 'ml-call-logged', call }),
    });
  const show = (): void => host?.show?.(true);
  const lead = createLead({
    line,
    control,
    calls,
    storage,
    journal,
    outbox,
    delivery,
    attention,
    clock,
    policy,
    ended: logging.ended,
    show,
  });
  const mirror = createMirror({ tabs, calls, $line, tray, tell: dispatch });
  const dialField = createDialField(policy.country, identify);

  /** A fact of the leading tab, in every tab. */
  function tell(fact: PlainFact): void {
    dispatch(fact);
    mirror.publish(fact);
  }

  function dispatch(fact: PlainFact): void {
    const leading = tabs.$leading.get();
    if ('call' in fact) facts.dispatchEvent(new MlCallEvent(fact.type, fact.call, leading));
    else if (fact.type === 'ml-error')
      facts.dispatchEvent(new MlErrorEvent(new MultiLineError(fact.failure.code, fact.failure), leading));
    else facts.dispatchEvent(new MlRegistrationEvent(fact.type, leading));
  }

  function lineChanged(status: LineStatus): void {
    const before = $line.get().state;
    $line.set(status);
    if (status.state === 'registered' && before !== 'registered') {
      tell({ type: 'ml-registered' });
      // Who reaches the phone server probably reaches the CRM again too.
      delivery?.wake();
    }
    if (status.state !== 'registered' && before === 'registered') tell({ type: 'ml-unregistered' });
    if (status.state === 'failed') tell({ type: 'ml-error', failure: status.failure });
  }

  /** What a dial or an answer fails of is shown until one succeeds. */
  async function tried<T>(attempt: Promise<T>): Promise<T> {
    try {
      const value = await attempt;
      $failure.set(null);
      return value;
    } catch (error) {
      const { code, message, retryable } = asError(error);
      $failure.set({ code, message, retryable });
      throw error;
    }
  }

  const verbs: Record<string, (...args: never[]) => Promise<unknown>> = {
    dial: (text: string, record: CrmRecord | null) => control.dial(text, record),
    answer: control.answer,
    decline: control.decline,
    hangUp: control.hangUp,
    mute: control.mute,
    sendDigits: control.sendDigits,
    draftNotes: logging.draftNotes,
    saveNotes: logging.saveNotes,
    associate: logging.associate,
    resolveConflict: logging.resolveConflict,
    async retryLog(callId: string) {
      await logging.retry(callId);
      delivery?.wake();
    },
    async rematch(callId: string) {
      const call = await calls.change(callId, (now) => ({ ...now, match: searching }));
      if (!call) throw new MultiLineError('no-such-call');
      await identify?.forget([call.number]);
      await matching.find(call);
    },
    async wrapUp(callId: string) {
      const call = calls.get(callId);
      if (policy.notes.autoSave && call && call.notes.text !== call.notes.saved)
        await logging.saveNotes(callId, call.notes.text);
      calls.putAway(callId);
    },
    changeSettings: settings.change,
    async reconnect() {
      line.reconnect?.();
    },
  };
  const commands = createCommands(tabs, clock, (verb, args) => {
    const carryOut = verbs[verb] as ((...args: unknown[]) => Promise<unknown>) | undefined;
    return carryOut
      ? carryOut(...args)
      : Promise.reject(new MultiLineError('unsupported', { message: `No verb "${verb}".` }));
  });
  const run = async (verb: string, ...args: unknown[]): Promise<void> => void (await commands.run(verb, args));

  let stops: (() => void)[] = [];
  let started = false;
  /** Leading begins and ends in order, however fast it changes. */
  let turn: Promise<void> = Promise.resolve();
  let leads = false;

  function leadingChanged(leading: boolean): Promise<void> {
    turn = turn.then(async () => {
      if (leading === leads) return;
      leads = leading;
      await (leading ? lead.start() : lead.stop());
    });
    return turn;
  }

  async function start(ask = false): Promise<void> {
    if (started) return;
    started = true;
    const owner = await openOwner(storage, crm, line.identity.uri, clock, { ask, changed: () => void restart() });
    $crmUser.set(owner.user);
    await settings.load();
    await tabs.join(owner.name);
    stops = [
      line.$status.listen((status) => tabs.$leading.get() && lineChanged(status)),
      host?.onClickToDial?.(
        ({ number, name: _, record: __ }) => void workspace.pickNumber(number).catch(() => undefined),
      ) ?? (() => undefined),
    ];
    await host?.start?.();
    await recent.load();
    const leading = leadingChanged(tabs.$leading.get());
    stops.push(tabs.$leading.listen((now) => void leadingChanged(now)));
    mirror.hello();
    await leading;
  }

  async function stop(): Promise<void> {
    if (!started) return;
    started = false;
    for (const end of stops) end();
    stops = [];
    await leadingChanged(false);
    host?.stop?.();
    await journal.settled();
    await tabs.leave();
    await storage.close();
    $line.set({ state: 'off' });
  }

  async function restart(): Promise<void> {
    await stop();
    calls.clear();
    outbox.clear();
    await start(true);
  }

  const handle = (id: string): CallHandle => ({
    id,
    $call: computed(calls.$calls, () => calls.get(id) as Call),
    hangUp: () => run('hangUp', id),
    mute: () => run('mute', id, true),
    unmute: () => run('mute', id, false),
    sendDigits: (digits) => run('sendDigits', id, digits),
    saveNotes: (text) => run('saveNotes', id, text),
  });

  const workspace: Workspace = Object.assign(facts, {
    policy,
    crm,
    host,
    clock,
    $phone: computed([$line, tabs.$leading], (status, here): PhoneStatus => ({ line: status, here })),
    $user: computed($crmUser, (crmUser) => userOf(crmUser, line.identity)),
    $calls: calls.$calls,
    $recentCalls: recent.$recentCalls,
    $tray: tray.$tray,
    $dialField: dialField.$dialField,
    $settings: settings.$settings,
    $failure,
    $storageFailure: storage.$failure,
    start: () => start(),
    stop,
    async signOut({ force = false } = {}) {
      delivery?.wake();
      await delivery?.idle();
      const left = outbox.$entries.get().length;
      if (left > 0 && !force) throw new MultiLineError('refused', { message: `${left} calls are not logged yet.` });
      await stop();
      await openOwnerAgain();
      await storage.wipe();
      await storage.close();
      calls.clear();
      outbox.clear();
    },
    dial: async (text: string, request: DialRequest = {}) =>
      handle((await tried(commands.run('dial', [text, request.record ?? null]))) as string),
    answer: (id: string) => tried(run('answer', id)),
    decline: (id: string) => run('decline', id),
    hangUp: (id: string) => run('hangUp', id),
    mute: (id: string) => run('mute', id, true),
    unmute: (id: string) => run('mute', id, false),
    sendDigits: (id: string, digits: string) => run('sendDigits', id, digits),
    prepareDial: () => tabs.$leading.get() && control.prepare(),
    reconnect: () => run('reconnect'),
    dismissFailure: () => $failure.set(null),
    async pickNumber(text: string, record: CrmRecord | null = null) {
      if (settings.$settings.get().dialMode === 'immediate')
        return void (await workspace.dial(text, record ? { record } : {}));
      show();
      await dialField.pick(text, record);
    },
    setDialField: dialField.set,
    async search(text: string, signal?: AbortSignal) {
      const records = await crm?.search?.(text, { limit: 20 }, signal);
      return (records ?? []).map((record) => ({ record, numbers: record.numbers ?? [] }));
    },
    draftNotes: (id: string, text: string) => run('draftNotes', id, text),
    saveNotes: (id: string, text: string) => run('saveNotes', id, text),
    associate: (id: string, record: CrmRecord) => run('associate', id, record),
    resolveConflict: (id: string, text: string) => run('resolveConflict', id, text),
    retryLog: (id: string) => run('retryLog', id),
    rematch: (id: string) => run('rematch', id),
    wrapUp: (id: string) => run('wrapUp', id),
    async pop(record: CrmRecord) {
      await host?.pop?.(record, crm?.url?.(record) ?? null);
    },
    recordUrl: (ref) => crm?.url?.(ref) ?? null,
    activities: async (ref, signal) => (await crm?.activities?.(ref, {}, signal)) ?? [],
    readCall: calls.read,
    loadOlder: recent.loadOlder,
    changeSettings: (change) => run('changeSettings', change),
  } satisfies Omit<Workspace, keyof EventTarget>);
  return workspace;

  async function openOwnerAgain(): Promise<void> {
    await openOwner(storage, null, ownerName(), clock, { ask: false, changed: () => undefined });
  }

  function ownerName(): string {
    const user = $crmUser.get();
    return user ? `${line.identity.uri} ${user.ref.id}` : line.identity.uri;
  }
}

function userOf(
  crmUser: CrmUser | null,
  { displayName, extension, number, uri }: WorkspaceParts['line']['identity'],
): User {
  return {
    name: crmUser?.name ?? displayName ?? uri.replace(/^sips?:/, '').replace(/@.*$/, ''),
    ...(extension && { extension }),
    ...(number && { number }),
    ...(crmUser?.timeZone && { timeZone: crmUser.timeZone }),
    ...(crmUser?.locale && { locale: crmUser.locale }),
  };
}
