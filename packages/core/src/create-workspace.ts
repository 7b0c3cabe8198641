import { atom, computed } from 'nanostores';
import { createCallControl } from './calls/call-control.ts';
import { callHandle } from './calls/call-handle.ts';
import { createCalls } from './calls/calls.ts';
import { createFavorites } from './calls/favorites.ts';
import { createLastFailure } from './calls/last-failure.ts';
import { createCallerIds } from './calls/caller-ids.ts';
import { createQuiet } from './calls/quiet.ts';
import { createRecentCalls } from './calls/recent-calls.ts';
import { quietly } from './deadline.ts';
import { createDialField } from './calls/dial-field.ts';
import { unsettled } from './calls/unsettled.ts';
import { createNumberClicks } from './calls/number-clicks.ts';
import { activityKey } from './journal/activity-key.ts';
import { createCapabilities } from './capabilities.ts';
import { createDeskLog } from './doctor/desk-log.ts';
import { createTroubleshooting } from './doctor/troubleshooting.ts';
import { createPermissions } from './permissions.ts';
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
import { createLineStatus } from './line-status.ts';
import { createLeaderCommands } from './leader-commands.ts';
import { createSigningOut } from './signing-out.ts';
import { createSession, type Session } from './session.ts';
import { presets } from './policy/presets.ts';
import { systemClock } from './ports/clock.ts';
import type { CrmUser } from './ports/crm.ts';
import { activityOf } from './records/activity.ts';
import { createCrmAccess } from './records/crm-access.ts';
import { createIdentify } from './records/identify.ts';
import { createRecordKeeping } from './records/record-keeping.ts';
import { followDevices } from './settings/device-choice.ts';
import { createSettings } from './settings/settings-store.ts';
import { alone } from './tabs/alone.ts';
import { createCommands } from './tabs/commands.ts';
import { createMirror } from './tabs/mirror.ts';
import { createTelling } from './telling.ts';
import { userOf } from './user.ts';
import { createVerbs } from './verbs.ts';
import type { Workspace, WorkspaceParts } from './workspace.ts';

/**
 * Makes a desk of its parts. Nothing runs before `start()`. Runs in Node and in browsers.
 *
 * `const workspace = createWorkspace({ line: sipLine(account), crm: salesforce(…), policy: presets.multiline() })`
 */
export function createWorkspace(parts: WorkspaceParts): Workspace {
  const { line, crm = null, host = null, attention = null, words = () => undefined } = parts;
  const policy = parts.policy ?? presets.default();
  const clock = parts.clock ?? systemClock();
  const storage = parts.storage ?? volatileStorage();
  const tabs = parts.tabs ?? alone();

  const $crmUser = atom<CrmUser | null>(null);
  const log = createDeskLog(clock);
  const { facts, tell, tellHere, failed } = createTelling({
    log,
    $leading: tabs.$leading,
    matched(call) {
      favorites.learn(call.number, call.match);
      callerIds.learn(call);
    },
    publish: (fact) => mirror.publish(fact),
  });
  const lastFailure = createLastFailure();
  /** Ends what holds the devices to the settings. */
  let leaveDevices = (): void => undefined;
  // Who reaches the phone server probably reaches the CRM again too.
  const lineStatus = createLineStatus({ log, tell, registered: () => wake() });
  const { $line, $follows, $signedOut } = lineStatus;

  const journal = createJournal(storage);
  const calls = createCalls(storage, journal, clock);
  const base = { line, policy, clock, storage, journal, calls };
  const recent = createRecentCalls(storage, calls);
  const settings = createSettings(storage, journal, clock, policy);
  const outbox = createOutbox(storage, journal, calls, clock, (call) => activityKey(call, line.identity.uri));
  const tray = createTray(outbox, calls);
  const identify = crm && createIdentify(crm, storage, journal, clock, policy.country);
  const favorites = createFavorites({ ...base, crm, identify });
  const callerIds = createCallerIds({ ...base, crm, identify });
  const { logging, events } = createRecordKeeping({
    ...base,
    crm,
    host,
    identify,
    outbox,
    popAt: () => settings.$settings.get().popAt,
    tell,
    failed,
  });
  const presence = createPresence(base);
  const signIn = createSignIn(line, policy, () => calls.$calls.get().some(({ phase }) => phase !== 'ended'));
  const voicemail = createVoicemail(line, clock);
  const capabilities = createCapabilities(line, policy);
  const control = createCallControl({
    ...base,
    callerIds,
    known: () => recent.$recentCalls.get().calls,
    refuses: presence.refuses,
    alsoRing: () => (settings.$settings.get().alsoRingDeskPhone ? ['desk'] : []),
    learn: capabilities.learn,
    events,
    failed,
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
    ...base,
    control,
    outbox,
    delivery,
    attention,
    presence,
    signIn,
    voicemail,
    $settings: settings.$settings,
    logging,
    ended: (call) => tell({ type: 'ml-call-ended', call }),
    words,
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
    favorites,
    tell: tellHere,
    signedOut: () => void session.signOut().catch(failed),
  });
  const dialField = createDialField({ ...policy.dialing, country: policy.country }, identify, callerIds);

  /** The network is back or a person wants it: the CRM is asked now. */
  function wake(asked = false): void {
    session.hurry();
    delivery?.wake(asked);
  }

  const verbs = createVerbs({
    ...base,
    control,
    logging,
    settings,
    favorites,
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
  const { pickNumber, clicked } = createNumberClicks({
    $settings: settings.$settings,
    $targeting: targeting.$targeting,
    policy,
    pickTarget: (...picked) => commands.run('pickTarget', picked),
    pick: dialField.pick,
    dial: (text, request) => workspace.dial(text, request),
    show,
  });

  const session: Session = createSession({
    ...base,
    crm,
    host,
    tabs,
    lead,
    $crmUser,
    $line,
    $signedOut,
    lineChanged: lineStatus.changed,
    failed,
    settled: journal.settled,
    async load() {
      await settings.load();
      leaveDevices();
      leaveDevices = followDevices(line.audio, settings.$settings);
      await Promise.all([presence.load(), favorites.load(), recent.load()]);
    },
    forget() {
      for (const store of [calls, outbox, recent, favorites, presence, signIn, voicemail]) store.clear();
      identify?.clear();
      settings.mirror({});
      dialField.set('');
      lastFailure.dismiss();
      log.clear();
    },
    joined(leading) {
      $follows.set(!leading);
      if (leading) commands.lead();
      if (leading) void favorites.lookUp();
      mirror.hello();
    },
    left() {
      leaveDevices();
      $follows.set(false);
    },
    confirmed: wake,
    clicked,
  });

  const workspace: Workspace = Object.assign(facts, {
    policy,
    crm,
    host,
    clock,
    $phone: lineStatus.phone(quiet.$awaited),
    $user: computed($crmUser, (crmUser) => userOf(crmUser, line.identity)),
    $calls: calls.$calls,
    $unsettled: computed(calls.$calls, unsettled),
    $recentCalls: recent.$recentCalls,
    $favorites: favorites.$favorites,
    $tray: tray.$tray,
    $dialField: dialField.$dialField,
    $settings: settings.$settings,
    $failure: lastFailure.$failure,
    $storageFailure: storage.$failure,
    $ringSilenced: attention?.$silenced ?? atom(false),
    $availability: presence.$availability,
    $capabilities: capabilities.$capabilities,
    $targeting: targeting.$targeting,
    $voicemail: voicemail.$voicemail,
    $loggedIn: signIn.$loggedIn,
    audio: line.audio ?? null,
    start: session.start,
    stop: session.stop,
    kept: session.kept,
    whenQuiet: quiet.whenQuiet,
    signOut: createSigningOut({ session, $signedOut, lead: (force) => commands.run('signOut', [force]) }),
    ...createLeaderCommands({
      ask: commands.run,
      handle: (id) => callHandle(id, calls, (verb, ...args) => commands.run(verb, args)),
      keepFailure: lastFailure.of,
    }),
    ...createCrmAccess(crm, host),
    ...createTroubleshooting({ ...base, crm, attention, log, phone: lineStatus.now }),
    watchLevels: control.watchLevels,
    loadVoicemail: voicemail.load,
    voicemailAudio: voicemail.audio,
    markVoicemail: voicemail.mark,
    deleteVoicemail: voicemail.remove,
    ...createPermissions(attention),
    prepareDial: () => tabs.$leading.get() && control.prepare(),
    dismissFailure: () => lastFailure.dismiss(),
    pickNumber,
    setDialField: dialField.set,
    favoriteOf: favorites.of,
    readCall: calls.read,
    loadOlder: recent.loadOlder,
  } satisfies Omit<Workspace, keyof EventTarget>);
  return workspace;
}
