import type { CallControl } from './calls/call-control.ts';
import type { Calls } from './calls/calls.ts';
import type { FavoritesStore } from './calls/favorites.ts';
import type { TargetingStore } from './calls/targeting.ts';
import type { Delivery } from './journal/delivery.ts';
import type { Outbox } from './journal/outbox.ts';
import type { Policy } from './policy/policy.ts';
import { MultiLineError } from './ports/errors.ts';
import type { Line } from './ports/line.ts';
import type { Presence } from './presence/presence.ts';
import type { SignIn } from './presence/sign-in.ts';
import type { Logging } from './records/logging.ts';
import type { SettingsStore } from './settings/settings-store.ts';

export interface VerbParts {
  line: Line;
  policy: Policy;
  calls: Calls;
  control: CallControl;
  logging: Logging;
  settings: SettingsStore;
  favorites: FavoritesStore;
  presence: Presence;
  signIn: SignIn;
  targeting: TargetingStore;
  outbox: Outbox;
  delivery: Delivery | null;
  /** Tries what waits for the CRM now. */
  wake(asked: boolean): void;
  /** Resolves once it is known whether the line has this call. */
  settled(callId: string): Promise<void>;
  /** The user has signed out: every tab stops and forgets. */
  goodbye(): void;
}

/** What only the tab with the phone can do, by name: the others send it there as plain data. */
export function createVerbs(parts: VerbParts): (verb: string, args: readonly unknown[]) => Promise<unknown> {
  const {
    line,
    policy,
    calls,
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
  } = parts;

  /** What is done with a call of a tab that has just gone is done once the call is here. */
  const once =
    <Args extends readonly unknown[]>(verb: (id: string, ...args: Args) => Promise<unknown>) =>
    async (id: string, ...args: Args): Promise<unknown> => {
      await parts.settled(id);
      return verb(id, ...args);
    };

  /** What waited for a target has one, whoever asked for it. */
  const toTarget = <Args extends readonly unknown[]>(verb: (id: string, ...args: Args) => Promise<unknown>) =>
    once(async (id: string, ...args: Args) => {
      const done = await verb(id, ...args);
      targeting.filled(id);
      return done;
    });

  const verbs = {
    dial: control.dial,
    answer: once(control.answer),
    decline: once(control.decline),
    hangUp: once(control.hangUp),
    mute: once(control.mute),
    sendDigits: once(control.sendDigits),
    hold: once(control.hold),
    resume: once(control.resume),
    swap: once(control.swap),
    transfer: toTarget(control.transfer),
    consult: toTarget(control.consult),
    completeTransfer: once(control.completeTransfer),
    cancelConsult: once(control.cancelConsult),
    merge: once(control.merge),
    removeParticipant: once(control.removeParticipant),
    silence: once(control.silence),
    redirect: toTarget(control.redirect),
    replyWithText: once(control.decline),
    sendToVoicemail: once(control.sendToVoicemail),
    record: once(control.record),
    askTarget: targeting.ask,
    setTarget: targeting.set,
    pickTarget: targeting.pick,
    cancelTarget: targeting.cancel,
    draftNotes: logging.draftNotes,
    saveNotes: logging.saveNotes,
    associate: logging.associate,
    rematch: logging.rematch,
    resolveConflict: logging.resolveConflict,
    async retryLog(callId: string) {
      await logging.retry(callId);
      wake(true);
    },
    async wrapUp(callId: string) {
      const call = calls.get(callId);
      if (policy.notes.autoSave && call && call.notes.text !== call.notes.saved)
        await logging.saveNotes(callId, call.notes.text);
      calls.putAway(callId);
    },
    addFavorite: favorites.add,
    removeFavorite: favorites.remove,
    changeSettings: settings.change,
    setAvailability: presence.setAvailability,
    setForwarding: presence.setForwarding,
    logIn: signIn.logIn,
    logOut: signIn.logOut,
    async reconnect() {
      line.reconnect?.();
    },
    async signOut(force: boolean) {
      notInCall();
      if (!force) await nothingLeft();
      // Somebody may have called meanwhile.
      notInCall();
      parts.goodbye();
    },
  };

  function notInCall(): void {
    if (calls.$calls.get().some(({ phase }) => phase !== 'ended')) throw new MultiLineError('in-call');
  }

  async function nothingLeft(): Promise<void> {
    wake(true);
    await delivery?.idle();
    const left = outbox.$entries.get();
    if (left.length === 0) return;
    const callIds = left.map(({ callId }) => callId);
    throw new MultiLineError('refused', { message: `${left.length} calls are not logged yet.`, details: { callIds } });
  }

  return async (verb, args) => {
    if (!Object.hasOwn(verbs, verb)) throw new MultiLineError('unsupported', { message: `No verb "${verb}".` });
    return (verbs as unknown as Record<string, (...args: readonly unknown[]) => Promise<unknown>>)[verb]?.(...args);
  };
}
