import { quietly } from '../deadline.ts';
import { dialTarget, parseNumber, type DialRules, type PhoneNumber } from '../numbers/index.ts';
import type { Clock } from '../ports/clock.ts';
import { asFailure, MultiLineError } from '../ports/errors.ts';
import type { AudioLevels, Line, LineCall, LineSignal } from '../ports/line.ts';
import type { Policy } from '../policy/policy.ts';
import type { CrmRecord } from '../ports/crm.ts';
import { chosenMatch, reason, searching } from '../records/match.ts';
import type { Call, Reason } from './call.ts';
import type { Calls } from './calls.ts';
import { rangBefore, ringsAgain } from './ringing-again.ts';

/** What the rest of the desk does when a call begins, is answered, ends. */
export interface CallEvents {
  began(call: Call): void;
  answered(call: Call): void;
  ended(call: Call): void;
  /** Why a call that comes in now is refused by rule; null: it rings. */
  refuses(): Reason | null;
}

/** The verbs of a phone, carried out on the line; every change of a call comes back as its signal. */
export interface CallControl {
  /** Hears the line. Answers how to stop. */
  attach(): () => void;
  /** Whether the line has this call now. */
  has(id: string): boolean;
  /** The line is gone: what it did not end itself is over all the same. */
  abandon(): void;
  dial(text: string, record?: CrmRecord | null): Promise<string>;
  answer(id: string): Promise<void>;
  decline(id: string): Promise<void>;
  hangUp(id: string): Promise<void>;
  mute(id: string, muted: boolean): Promise<void>;
  sendDigits(id: string, digits: string): Promise<void>;
  /** Levels of a call that this tab carries. Answers how to stop. */
  watchLevels(id: string, listener: (levels: AudioLevels) => void): () => void;
  prepare(): void;
}

/** @param known the calls of the lists, past ones too */
export function createCallControl(
  line: Line,
  calls: Calls,
  clock: Clock,
  policy: Policy,
  known: () => readonly Call[],
  events: CallEvents,
): CallControl {
  const lineCalls = new Map<string, LineCall>();
  const rules: DialRules = { ...policy.dialing, country: policy.country };
  /** A call is on its way out that has not begun yet. */
  let dialing = false;
  const lives = (): boolean => dialing || calls.$calls.get().some(({ phase }) => phase !== 'ended');

  function lineCall(id: string): LineCall {
    const found = lineCalls.get(id);
    if (!found) throw new MultiLineError('no-such-call');
    return found;
  }

  function begin(
    lineCall: LineCall,
    number: PhoneNumber | null,
    record: CrmRecord | null,
    refused: Reason | null = null,
  ): Call {
    const made = newCall(lineCall, number, record, line, rules, clock.now());
    const fresh: Call = refused ? { ...made, refused, pending: 'decline' } : made;
    const before = fresh.direction === 'inbound' ? rangBefore(fresh, known()) : undefined;
    const call = before && !lineCalls.has(before.id) ? ringsAgain(fresh, before) : fresh;
    lineCalls.set(call.id, lineCall);
    calls.add(call);
    events.began(call);
    // A call may have ended before it was listened to: then it says so at once.
    const stop = lineCall.listen((signal) => {
      hear(call.id, refused ? missedNotDeclined(signal) : signal);
      if (!lineCalls.has(call.id)) queueMicrotask(() => stop());
    });
    return call;
  }

  function hear(id: string, signal: LineSignal): void {
    const before = calls.get(id);
    const after = calls.signal(id, signal);
    if (!after || after.phase === before?.phase) return;
    if (after.phase === 'active') events.answered(after);
    if (after.phase !== 'ended') return;
    lineCalls.delete(id);
    events.ended(after);
  }

  function incoming(lineCall: LineCall): void {
    const parsed = parseNumber(lineCall.remote.address, rules);
    const number = parsed.error ? null : parsed;
    const refused = events.refuses() ?? (policy.calls.busy === 'refuse' && lives() ? reason('busy') : null);
    const { id } = begin(lineCall, number, null, refused);
    if (!refused) return;
    // Refused by rule, yet it was a call: nobody could take it, so it stands among the missed ones and is logged.
    quietly(async () => {
      await lineCall.decline('busy');
      // Nobody has to wrap up what nobody heard of.
      calls.putAway(id);
    });
  }

  async function attempt(
    id: string,
    pending: 'answering' | 'declining' | 'hanging-up',
    act: () => Promise<void>,
  ): Promise<void> {
    calls.signal(id, { type: pending });
    try {
      await act();
    } catch (error) {
      calls.signal(id, { type: 'refused', failure: asFailure(error) });
      throw error;
    }
  }

  return {
    attach: () => line.onIncoming(incoming),
    has: (id) => lineCalls.has(id),
    abandon() {
      for (const id of [...lineCalls.keys()]) {
        const call = calls.get(id);
        if (call) hear(id, { type: 'ended', by: 'us', reason: orphanedReason(call) });
      }
      lineCalls.clear();
    },
    async dial(text, record = null) {
      const number = parseNumber(text, rules);
      const target = number.error ? undefined : dialTarget(number, rules);
      if (number.error || !target) throw new MultiLineError('invalid-number');
      if (lives()) throw new MultiLineError('in-call');
      dialing = true;
      try {
        return begin(await line.dial(target.user), number, record).id;
      } finally {
        dialing = false;
      }
    },
    answer: async (id) =>
      attempt(id, 'answering', async () => {
        // Two conversations at once would hear each other's caller: one has to end first.
        if (dialing || calls.$calls.get().some((other) => other.id !== id && talksSoon(other)))
          throw new MultiLineError('in-call');
        await lineCall(id).answer();
      }),
    decline: async (id) => attempt(id, 'declining', () => lineCall(id).decline(policy.calls.decline)),
    hangUp: async (id) => attempt(id, 'hanging-up', () => lineCall(id).hangUp()),
    async mute(id, muted) {
      lineCall(id).mute(muted);
    },
    async sendDigits(id, digits) {
      const call = lineCall(id);
      if (!call.sendDigits) throw new MultiLineError('unsupported');
      await call.sendDigits(digits);
    },
    watchLevels: (id, listener) => lineCalls.get(id)?.watchLevels?.(listener) ?? (() => undefined),
    prepare: () => quietly(() => line.prepare?.()),
  };
}

/** A conversation, or about to be one: all but what is over and what only rings here. */
const talksSoon = ({ phase, direction, pending }: Call): boolean =>
  phase !== 'ended' && (direction === 'outbound' || phase === 'active' || pending === 'answer');

/** A call we refuse by rule: nobody declined it, so it is missed. */
const missedNotDeclined = (signal: LineSignal): LineSignal =>
  signal.type === 'ended' && signal.reason === 'declined' ? { ...signal, reason: 'missed' } : signal;

/** How a call ended whose line went away. */
export function orphanedReason({ direction, phase }: Call): 'missed' | 'interrupted' {
  return direction === 'inbound' && phase === 'ringing' ? 'missed' : 'interrupted';
}

function newCall(
  lineCall: LineCall,
  number: PhoneNumber | null,
  record: CrmRecord | null,
  line: Line,
  rules: DialRules,
  now: number,
): Call {
  const { id, correlation, direction, remote, called, queue } = lineCall;
  const extension = number?.extension;
  return {
    id,
    correlation,
    direction,
    internal: number !== null && colleague(number, rules),
    device: line.device,
    phase: direction === 'inbound' ? 'ringing' : 'connecting',
    number: number ? (number.e164 ?? number.uri ?? number.digits) : withheld(remote.address) ? '' : remote.address,
    ...(extension && { extension }),
    ...(remote.name && { displayName: remote.name }),
    ...(called && { called }),
    ...(queue && { queue }),
    startedAt: now,
    muted: false,
    digits: '',
    pending: null,
    match: record ? chosenMatch(searching, record) : searching,
    notes: { text: '', saved: '' },
    log: { state: 'pending', why: null },
  };
}

/** RFC 3323 §4.1.1.3: a caller who withholds the number is called `anonymous`. */
const withheld = (address: string): boolean => /^(anonymous|restricted|unavailable|unknown)?$/i.test(address);

function colleague(number: PhoneNumber, { internalPattern }: DialRules): boolean {
  if (number.kind === 'extension') return true;
  if (!internalPattern || !number.e164) return false;
  try {
    return new RegExp(`^(?:${internalPattern})$`).test(number.e164);
  } catch {
    return false;
  }
}
