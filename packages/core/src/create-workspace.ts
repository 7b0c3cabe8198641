import { atom, computed } from 'nanostores';
import type { Call } from './calls/call.ts';
import { createCallControl } from './calls/call-control.ts';
import { callHandle } from './calls/call-handle.ts';
import { createCalls } from './calls/calls.ts';
import { createLastFailure } from './calls/last-failure.ts';
import { createQuiet } from './calls/quiet.ts';
import { createRecentCalls } from './calls/recent-calls.ts';
import { quietly } from './deadline.ts';
import { createDialField } from './calls/dial-field.ts';
import { factEvent, type PlainFact } from './facts.ts';
import { activityKey } from './journal/activity-key.ts';
import { createCapabilities } from './capabilities.ts';
import { createDeskLog } from './doctor/desk-log.ts';
import { createDoctor } from './doctor/doctor.ts';
import { createTargeting } from './calls/targeting.ts';
import { createPresence } from './presence/presence.ts';
import { createSignIn } from './presence/sign-in.ts';
import { createVoicemail } from './voicemail/voicemail.ts';
import { createDelivery } from './journal/delivery.ts';
import { createJournal } from './journal/journal.ts';
import { createOutbox } from './journal/outbox.ts';
import { createTray } from './journal/tray.ts';
import { volatileStorage } from './journal/volatile-storage.ts';
import { createLead } from './lead.ts';
import { createSession, type Session } from './session.ts';
import { presets } from './policy/presets.ts';
import { systemClock } from './ports/clock.ts';
import type { CrmRecord, CrmUser, RecordRef } from './ports/crm.ts';
import { asFailure, MultiLineError } from './ports/errors.ts';
import type { LineStatus } from './ports/line.ts';
import { activityOf } from './records/activity.ts';
import { createIdentify } from './records/identify.ts';
import { createLogging, type Logging } from './records/logging.ts';
import { createMatching } from './records/matching.ts';
import { createPopping } from './records/screen-pop.ts';
import { followDevices } from './settings/device-choice.ts';
import { createSettings } from './settings/settings-store.ts';
import { alone } from './tabs/alone.ts';
import { createCommands } from './tabs/commands.ts';
import { createMirror } from './tabs/mirror.ts';
import { userOf } from './user.ts';
import { createVerbs } from './verbs.ts';
import type { DialRequest, PhoneStatus, Workspace, WorkspaceParts } from './workspace.ts';

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
  const log = createDeskLog(clock);
  const lastFailure = createLastFailure();
  /** Ends what holds the devices to the settings. */
  let leaveDevices = (): void => undefined;
  /** Another tab has the phone; unknown before the election. */
  const $follows = atom(false);

  const journal = createJournal(storage);
  const calls = createCalls(storage, journal, clock);
  const recent = createRecentCalls(storage, calls);
  const settings = createSettings(storage, journal, clock, policy);
  const outbox = createOutbox(storage, journal, calls, clock, (call) => activityKey(call, line.identity.uri));
  const tray = createTray(outbox, calls);
  const identify = crm && createIdentify(crm, storage, journal, clock, policy.country);
  const popping = createPopping(host, crm, policy.pop, () => settings.$settings.get().popAt);
  const matching = createMatching(crm, identify, calls, policy, (call) => {
    tell({ type: 'ml-record-matched', call });
    popping.consider(call);
    logging.matched(call).catch(failed);
  });
  const logging: Logging = createLogging(policy, calls, outbox, matching, clock, crm, failed);
  const presence = createPresence({ line, policy, storage, journal, clock });
  const signIn = createSignIn(line, policy, () => calls.$calls.get().some(({ phase }) => phase !== 'ended'));
  const voicemail = createVoicemail(line, clock);
  const known = (): readonly Call[] => recent.$recentCalls.get().calls;
  const capabilities = createCapabilities(line, policy);
  const control = createCallControl({
    line,
    calls,
    clock,
    policy,
    storage,
    journal,
    known,
    refuses: presence.refuses,
    alsoRing: () => (settings.$settings.get().alsoRingDeskPhone ? ['desk'] : []),
    learn: capabilities.learn,
    events: {
      began(call) {
        if (call.log.key) outbox.recall(call.id);
        tell({ type: call.direction === 'inbound' ? 'ml-call-incoming' : 'ml-call-started', call });
        matching.find(call).catch(failed);
      },
      answered(call) {
        tell({ type: 'ml-call-answered', call });
        popping.consider(call);
      },
      ended(call) {
        tell({ type: 'ml-call-ended', call });
        void logging.ended(call);
      },
      partyChanged: (call) => void matching.again(call).catch(failed),
      rangOn(call) {
        popping.wasConsidered(call);
        if (call.match.state === 'searching') matching.find(call).catch(failed);
      },
    },
  });
  const delivery =
    crm &&
    createDelivery({
      crm,
      outbox,
      calls,
      clock,
      allowed: () => session.confirmed,
      identifyAll: logging.identifyAll,
      identified: logging.identified,
      recordGone: logging.recordGone,
      activityOf: (call) =>
        activityOf(call, {
          subject: settings.$settings.get().subject,
          kinds: crm.kinds,
          timeZone: $crmUser.get()?.timeZone,
        }),
      logged: (call) => tell({ type: 'ml-call-logged', call }),
    });
  const show = (): void => quietly(() => host?.show?.(true));
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
    presence,
    signIn,
    voicemail,
    $settings: settings.$settings,
    logging,
    ended: (call) => tell({ type: 'ml-call-ended', call }),
    show,
    failed,
  });
  const quiet = createQuiet(calls.$calls);
  const targeting = createTargeting(calls, policy.country);
  const mirror = createMirror({
    tabs,
    calls,
    $line,
    tray,
    settings,
    presence,
    signIn,
    voicemail,
    capabilities,
    targeting,
    tell: dispatch,
    signedOut: () => void session.signOut().catch(failed),
  });
  const dialField = createDialField(policy.country, identify);

  /** Something failed that nobody waits for. */
  function failed(error: unknown): void {
    tell({ type: 'ml-error', failure: asFailure(error) });
  }

  /** The network is back or a person wants it: the CRM is asked now. */
  function wake(asked = false): void {
    session.hurry();
    delivery?.wake(asked);
  }

  function troubleshootingLog(): string {
    const about = {
      policy: `${policy.name}, ${policy.profile}`,
      line: `${$line.get().state}, ${line.device}${$follows.get() ? ', in another tab' : ''}`,
      crm: crm?.name ?? 'none',
      storage: storage.$failure.get()?.code ?? 'ok',
      notifications: attention?.permission?.() ?? 'none',
    };
    return log.text(about, line.log?.() ?? []);
  }

  /** A fact of the leading tab, in every tab. */
  function tell(fact: PlainFact): void {
    dispatch(fact);
    mirror.publish(fact);
  }

  function dispatch(fact: PlainFact): void {
    log.fact(fact);
    facts.dispatchEvent(factEvent(fact, tabs.$leading.get()));
  }

  function lineChanged(status: LineStatus): void {
    const before = $line.get().state;
    $line.set(status);
    log.line(status);
    if (status.state === 'registered' && before !== 'registered') {
      tell({ type: 'ml-registered' });
      // Who reaches the phone server probably reaches the CRM again too.
      wake();
    }
    if (status.state !== 'registered' && before === 'registered') tell({ type: 'ml-unregistered' });
    if (status.state === 'failed') tell({ type: 'ml-error', failure: status.failure });
  }

  const verbs = createVerbs({
    line,
    policy,
    calls,
    control,
    logging,
    settings,
    presence,
    signIn,
    targeting,
    outbox,
    delivery,
    wake,
    settled: lead.settled,
    goodbye() {
      mirror.signOut();
      void session.signOut().catch(failed);
    },
  });
  const commands = createCommands(tabs, clock, verbs);
  const run = async (verb: string, ...args: unknown[]): Promise<void> => void (await commands.run(verb, args));
  const handle = (id: unknown) => callHandle(id as string, calls, (verb, ...args) => commands.run(verb, args));

  const session: Session = createSession({
    line,
    crm,
    host,
    storage,
    tabs,
    clock,
    calls,
    lead,
    $crmUser,
    $line,
    lineChanged,
    failed,
    settled: journal.settled,
    async load() {
      await settings.load();
      leaveDevices();
      leaveDevices = followDevices(line.audio, settings.$settings);
      await presence.load();
      await recent.load();
    },
    forget() {
      for (const store of [calls, outbox, recent, presence, signIn, voicemail, ...(identify ? [identify] : [])])
        store.clear();
      settings.mirror({});
      dialField.set('');
      lastFailure.dismiss();
    },
    joined(leading) {
      $follows.set(!leading);
      if (leading) commands.lead();
      mirror.hello();
    },
    left() {
      leaveDevices();
      $follows.set(false);
    },
    confirmed: wake,
    clicked:
      policy.dialing.clickToDial === false
        ? null
        : ({ number, record, name }) => {
            // Whom the page names is known: the CRM need not be asked.
            const known = record && name ? { ...record, name } : null;
            workspace.pickNumber(number, known).catch(() => undefined);
          },
  });

  const workspace: Workspace = Object.assign(facts, {
    policy,
    crm,
    host,
    clock,
    $phone: computed([$line, $follows, quiet.$awaited], (status, follows, changing): PhoneStatus => ({
      line: status,
      here: !follows,
      ...(changing && { changing }),
    })),
    $user: computed($crmUser, (crmUser) => userOf(crmUser, line.identity)),
    $calls: calls.$calls,
    $recentCalls: recent.$recentCalls,
    $tray: tray.$tray,
    $dialField: dialField.$dialField,
    $settings: settings.$settings,
    $failure: lastFailure.$failure,
    $storageFailure: storage.$failure,
    $availability: presence.$availability,
    $capabilities: capabilities.$capabilities,
    $targeting: targeting.$targeting,
    $voicemail: voicemail.$voicemail,
    $loggedIn: signIn.$loggedIn,
    audio: line.audio ?? null,
    start: session.start,
    stop: session.stop,
    whenQuiet: quiet.whenQuiet,
    async signOut({ force = false } = {}) {
      if (!session.running) throw new MultiLineError('not-ready');
      await run('signOut', force);
      await session.signOut();
    },
    dial: async (text: string, request: DialRequest = {}) =>
      handle(await lastFailure.of(commands.run('dial', [text, request.record ?? null, request.callerId ?? null]))),
    answer: (id: string) => lastFailure.of(run('answer', id)),
    decline: (id: string) => run('decline', id),
    hangUp: (id: string) => run('hangUp', id),
    mute: (id: string) => run('mute', id, true),
    unmute: (id: string) => run('mute', id, false),
    sendDigits: (id: string, digits: string) => run('sendDigits', id, digits),
    hold: (id) => run('hold', id),
    resume: (id) => run('resume', id),
    swap: (id) => run('swap', id),
    transfer: (id, target) => run('transfer', id, target),
    consult: async (id, target, purpose = 'transfer') =>
      handle(await lastFailure.of(commands.run('consult', [id, target, purpose]))),
    completeTransfer: (id) => run('completeTransfer', id),
    cancelConsult: (id) => run('cancelConsult', id),
    merge: (id) => run('merge', id),
    removeParticipant: (id) => run('removeParticipant', id),
    silence: (id, silenced) => run('silence', id, silenced),
    redirect: (id, target) => run('redirect', id, target),
    replyWithText: (id) => run('replyWithText', id),
    sendToVoicemail: (id) => run('sendToVoicemail', id),
    record: (id, action) => run('record', id, action),
    watchLevels: control.watchLevels,
    askTarget: (id, purpose) => run('askTarget', id, purpose),
    setTarget: (text, record = null) => run('setTarget', text, record),
    cancelTarget: () => run('cancelTarget'),
    setAvailability: (choice) => run('setAvailability', choice),
    setForwarding: (target) => run('setForwarding', target),
    logIn: (login) => run('logIn', login),
    logOut: () => run('logOut'),
    loadVoicemail: voicemail.load,
    voicemailAudio: voicemail.audio,
    markVoicemail: voicemail.mark,
    deleteVoicemail: voicemail.remove,
    diagnose: createDoctor({
      line,
      crm,
      storage,
      attention,
      clock,
      phone: () => ({ status: $line.get(), here: !$follows.get() }),
    }),
    troubleshootingLog,
    askNotificationPermission: async () => (await attention?.askPermission?.()) ?? 'denied',
    notificationPermission: () => attention?.permission?.() ?? 'unsupported',
    connectHeadset: async () => (await attention?.connectHeadset?.()) ?? false,
    headsets: attention?.connectHeadset !== undefined,
    prepareDial: () => tabs.$leading.get() && control.prepare(),
    reconnect: () => run('reconnect'),
    dismissFailure: () => lastFailure.dismiss(),
    async pickNumber(text: string, record: CrmRecord | null = null) {
      if (targeting.$targeting.get()) {
        show();
        return run('pickTarget', text, record);
      }
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
      await host?.pop?.(record, urlOf(record));
    },
    recordUrl: urlOf,
    activities: async (ref, signal) => (await crm?.activities?.(ref, {}, signal)) ?? [],
    readCall: calls.read,
    loadOlder: recent.loadOlder,
    changeSettings: (change) => run('changeSettings', change),
  } satisfies Omit<Workspace, keyof EventTarget>);
  return workspace;

  /** An adapter that cannot say has no URL. */
  function urlOf(ref: RecordRef): string | null {
    try {
      return crm?.url?.(ref) ?? null;
    } catch {
      return null;
    }
  }
}
