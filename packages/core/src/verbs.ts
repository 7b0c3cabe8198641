import type { CallControl } from './calls/call-control.ts';
import type { Calls } from './calls/calls.ts';
import type { TargetingStore } from './calls/targeting.ts';
import type { Delivery } from './journal/delivery.ts';
import type { Outbox } from './journal/outbox.ts';
import type { Policy } from './policy/policy.ts';
import type { CrmRecord } from './ports/crm.ts';
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
  presence: Presence;
  signIn: SignIn;
  targeting: TargetingStore;
  outbox: Outbox;
  delivery: Delivery | null;
  /** Tries what waits for the CRM now. */
  wake(asked: boolean): void;
  /** The user has signed out: every tab stops and forgets. */
  goodbye(): void;
}

/** What only the tab with the phone can do, by name: the others send it there as plain data. */
export function createVerbs(parts: VerbParts): (verb: string, args: readonly unknown[]) => Promise<unknown> {
  const { line, policy, calls, control, logging, settings, presence, signIn, targeting, outbox, delivery, wake } =
    parts;

  const verbs = {
    dial: (text: string, record: CrmRecord | null, callerId: string | null) =>
      control.dial(text, record, callerId ?? undefined),
    answer: control.answer,
    decline: control.decline,
    hangUp: control.hangUp,
    mute: control.mute,
    sendDigits: control.sendDigits,
    hold: control.hold,
    resume: control.resume,
    swap: control.swap,
    transfer: control.transfer,
    consult: control.consult,
    completeTransfer: control.completeTransfer,
    cancelConsult: control.cancelConsult,
    merge: control.merge,
    removeParticipant: control.removeParticipant,
    silence: control.silence,
    redirect: control.redirect,
    replyWithText: control.decline,
    sendToVoicemail: control.sendToVoicemail,
    record: control.record,
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
    changeSettings: settings.change,
    setAvailability: presence.setAvailability,
    setForwarding: presence.setForwarding,
    logIn: signIn.logIn,
    logOut: signIn.logOut,
    async reconnect() {
      line.reconnect?.();
    },
    async signOut(force: boolean) {
      if (!force) await nothingLeft();
      parts.goodbye();
    },
  };

  async function nothingLeft(): Promise<void> {
    if (calls.$calls.get().some(({ phase }) => phase !== 'ended')) throw new MultiLineError('in-call');
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
