import { quietly } from '../deadline.ts';
import type { Journal } from '../journal/journal.ts';
import type { DialRules } from '../numbers/index.ts';
import type { Policy } from '../policy/policy.ts';
import type { Clock } from '../ports/clock.ts';
import { asFailure, MultiLineError } from '../ports/errors.ts';
import type { CrmRecord } from '../ports/crm.ts';
import type { AudioLevels, Line, LineCall } from '../ports/line.ts';
import type { Storage } from '../ports/storage.ts';
import { reason } from '../records/match.ts';
import type { Call, Reason } from './call.ts';
import type { CallerIds } from './caller-ids.ts';
import type { Calls } from './calls.ts';
import { createConference, type Conference } from './conference.ts';
import { createDialing } from './dialing.ts';
import { createHolding, speaks, type Holding } from './holding.ts';
import { createLineCalls, type CallEvents } from './line-calls.ts';
import { createRecording, type Recording } from './recording.ts';
import { createRingingAgain } from './ringing-again.ts';
import { createTakingBack } from './taking-back.ts';
import { createTransferring, type Transferring } from './transferring.ts';
import { createWatchedCalls } from './watched-calls.ts';

/** The verbs of a phone, carried out on the line; every change of a call comes back as its signal. */
export interface CallControl
  extends
    Pick<Holding, 'hold' | 'resume' | 'swap'>,
    Pick<Transferring, 'transfer' | 'consult' | 'completeTransfer' | 'cancelConsult'>,
    Pick<Conference, 'merge' | 'removeParticipant' | 'silence'>,
    Pick<Recording, 'record'> {
  /** Hears the line. Answers how to stop. */
  attach(): () => void;
  /** Whether the line has this call now. */
  has(id: string): boolean;
  /** The line is gone: what it did not end itself is over all the same. */
  abandon(): void;
  /** Takes back calls that another page or tab had; resolves with the ids of those that need no other end. */
  takeBack(orphans: readonly Call[]): Promise<readonly string[]>;
  dial(text: string, record?: CrmRecord | null, callerId?: string | null): Promise<string>;
  answer(id: string): Promise<void>;
  decline(id: string): Promise<void>;
  hangUp(id: string): Promise<void>;
  mute(id: string, muted: boolean): Promise<void>;
  sendDigits(id: string, digits: string): Promise<void>;
  redirect(id: string, target: string): Promise<void>;
  sendToVoicemail(id: string): Promise<void>;
  /** Levels of a call that this tab carries. Answers how to stop. */
  watchLevels(id: string, listener: (levels: AudioLevels) => void): () => void;
  prepare(): void;
}

export interface CallControlParts {
  line: Line;
  calls: Calls;
  clock: Clock;
  policy: Policy;
  storage: Storage;
  journal: Journal;
  /** The calls of the lists, past ones too. */
  known(): readonly Call[];
  /** What the rest of the desk does when a call begins, is answered, ends. */
  events: Omit<CallEvents, 'carried' | 'takenElsewhere'> & {
    /** A call that rang in a tab which is gone rings on here. */
    rangOn(call: Call): void;
  };
  /** Which further devices ring where another device carries the call (ML-26). */
  alsoRing(): readonly string[];
  callerIds: CallerIds;
  /** Why a call that comes in now is refused by rule; null: it rings. */
  refuses(): Reason | null;
  /** Something failed that nobody waits for. */
  failed(error: unknown): void;
  /** What a call of the line can do has become known. */
  learn(lineCall: LineCall): void;
}

export function createCallControl(parts: CallControlParts): CallControl {
  const { line, calls, clock, policy, known, events, refuses, learn } = parts;
  const rules: DialRules = { ...policy.dialing, country: policy.country };

  const lineCalls = createLineCalls(line, calls, clock, rules, known, {
    recognized: events.recognized,
    began: events.began,
    carried: learn,
    answered(call) {
      events.answered(call);
      recording.answered(call);
      transferring.answered(call);
    },
    partyChanged: events.partyChanged,
    ended(call, before) {
      events.ended(call, before);
      transferring.ended(call, before);
      conference.ended(before);
    },
    takenElsewhere: (call) => watched.takesOver(call),
  });
  const dialing = createDialing({ ...parts, rules, lineCalls });
  const holding = createHolding(calls, lineCalls, () => dialing.under);
  const transferring = createTransferring(calls, lineCalls, holding, dialing, clock);
  const conference = createConference({ ...parts, lineCalls, holding, dialing, transferring });
  const recording = createRecording({ ...parts, lineCalls, policy: policy.calls });
  const watched = createWatchedCalls(line, calls, lineCalls, rules, known);
  const ringingAgain = createRingingAgain({ calls, lineCalls, known, rangOn: events.rangOn });
  const takeBack = createTakingBack(line, clock, calls, lineCalls, ringingAgain, recording);
  /** Ends what the line is heard for; null while it is not. */
  let stops: (() => void)[] | null = null;

  /** Calls of this phone that live: what other phones of the user do is no hindrance. */
  const own = (): readonly Call[] =>
    calls.$calls.get().filter(({ phase, device }) => phase !== 'ended' && device === line.device);

  /** Nobody is dialed into a conversation, nor while somebody rings or is being reached. */
  const occupied = (): boolean =>
    dialing.under ||
    own().some((call) => (call.device === 'here' ? speaks(call) || call.phase === 'ringing' : call.phase !== 'active'));

  function incoming(lineCall: LineCall): void {
    if (ringingAgain.offered(lineCall)) return;
    const { busy, max } = policy.calls;
    const full = (busy === 'refuse' && (dialing.under || own().length > 0)) || own().length >= max;
    const refused = refuses() ?? (full ? reason('busy') : null);
    const { id } = lineCalls.begin(lineCall, { refused });
    if (!refused) return;
    quietly(async () => {
      await lineCall.decline('busy');
      // Nobody has to wrap up what nobody heard of.
      calls.putAway(id);
    });
  }

  async function redirect(id: string, text: string): Promise<void> {
    const lineCall = lineCalls.get(id);
    if (!lineCall.redirect) throw new MultiLineError('unsupported');
    const { user } = dialing.target(text);
    calls.signal(id, { type: 'asked', what: 'redirect', target: text });
    try {
      await lineCall.redirect(user);
    } catch (error) {
      calls.signal(id, { type: 'refused', failure: asFailure(error) });
      throw error;
    }
  }

  return {
    ...holding,
    ...transferring,
    ...conference,
    record: recording.record,
    redirect,
    attach() {
      const begun = [line.onIncoming(incoming)];
      stops = begun;
      return () => {
        stops = null;
        begun.splice(0).forEach((stop) => stop());
      };
    },
    has: (id) => lineCalls.find(id) !== undefined,
    abandon: lineCalls.abandon,
    async takeBack(orphans) {
      const goesOn = async (call: Call): Promise<boolean> => (await takeBack(call)) || watched.takesOver(call);
      const asked = orphans.map(async (call) => ((await goesOn(call)) ? [call.id] : []));
      // By now the line knows which calls were this phone's: what the server tells of them is nothing new.
      stops?.push(watched.attach());
      const taken = await Promise.all(asked);
      conference.restore();
      return taken.flat();
    },
    async dial(text, record = null, callerId) {
      const target = dialing.target(text);
      if (occupied()) throw new MultiLineError('in-call');
      return dialing.place(target, { record, callerId });
    },
    answer: async (id) =>
      lineCalls.attempt(id, 'answer', async () => {
        await holding.makeWay(id);
        await lineCalls.get(id).answer();
      }),
    decline: async (id) => lineCalls.attempt(id, 'decline', () => lineCalls.get(id).decline(policy.calls.decline)),
    hangUp: async (id) => lineCalls.attempt(id, 'hang-up', () => lineCalls.get(id).hangUp()),
    async mute(id, muted) {
      lineCalls.get(id).mute(muted);
    },
    async sendDigits(id, digits) {
      const call = lineCalls.get(id);
      if (!call.sendDigits) throw new MultiLineError('unsupported');
      await call.sendDigits(digits);
    },
    async sendToVoicemail(id) {
      const { voicemail } = policy.calls;
      if (!voicemail || !lineCalls.get(id).redirect)
        return lineCalls.attempt(id, 'decline', () => lineCalls.get(id).decline('busy'));
      // It is no call of somebody else's now: we declined it.
      lineCalls.endsAs(id, (said) => (said === 'redirected' ? 'declined' : said));
      await redirect(id, voicemail);
    },
    watchLevels: (id, listener) => lineCalls.find(id)?.watchLevels?.(listener) ?? (() => undefined),
    prepare: () => quietly(() => line.prepare?.()),
  };
}
