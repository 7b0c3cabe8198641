import type { DialRules } from '../numbers/index.ts';
import type { Clock } from '../ports/clock.ts';
import { asFailure, MultiLineError } from '../ports/errors.ts';
import type { EndReason, Line, LineCall, LineSignal } from '../ports/line.ts';
import type { Call, CallPending } from './call.ts';
import { orphanedReason, type CallSignal } from './call-machine.ts';
import type { Calls } from './calls.ts';
import { continues, goesOn } from './going-on.ts';
import { newCall, readParty, type NewCall } from './new-call.ts';

/** What the rest of the desk does when a call begins, is answered, becomes somebody else's, ends. */
export interface CallEvents {
  /** A call that is about to begin, with what is known of its other party. */
  recognized(call: Call): Call;
  began(call: Call): void;
  answered(call: Call): void;
  /** The other side was replaced by somebody else. */
  partyChanged(call: Call): void;
  ended(call: Call, before: Call): void;
  /** The line carries this one from now on. */
  carried(lineCall: LineCall): void;
  /** Another phone of the user's has taken a call; whether it goes on over there as the same call. */
  takenElsewhere(call: Call): boolean;
}

/** The calls the line has now, each with its state: what the line says moves the machine. */
export interface LineCalls {
  begin(lineCall: LineCall, known?: NewCall): Call;
  /** A call that is known goes on with this. */
  goOn(id: string, lineCall: LineCall): void;
  /** Throws `no-such-call` for what the line has not. */
  get(id: string): LineCall;
  find(id: string): LineCall | undefined;
  ids(): readonly string[];
  /** A call of the store that lives, by id. Throws `no-such-call`. */
  call(id: string): Call;
  /** A gesture: pending until the wire says more; what it fails of is kept and thrown. */
  attempt(id: string, what: Exclude<CallPending, 'transfer' | 'redirect'>, act: () => Promise<void>): Promise<void>;
  /** What the line will say of its end may mean something else here. */
  endsAs(id: string, meaning: (said: EndReason) => EndReason): void;
  /** The line is gone: what it did not end itself is over all the same. */
  abandon(): void;
}

/** @param known the calls of the lists, past ones too */
export function createLineCalls(
  line: Line,
  calls: Calls,
  clock: Clock,
  rules: DialRules,
  known: () => readonly Call[],
  events: CallEvents,
): LineCalls {
  const lineCalls = new Map<string, LineCall>();
  const meanings = new Map<string, (said: EndReason) => EndReason>();

  function listen(id: string, lineCall: LineCall): void {
    lineCalls.set(id, lineCall);
    events.carried(lineCall);
    const current = (): boolean => lineCalls.get(id) === lineCall;
    // A call may have ended before it was listened to: then it says so at once.
    const stop = lineCall.listen((signal) => {
      if (current()) hear(id, signal);
      if (!current()) queueMicrotask(() => stop());
    });
  }

  function hear(id: string, signal: LineSignal): void {
    const before = calls.get(id);
    if (before && signal.type === 'ended' && signal.reason === 'answered-elsewhere' && events.takenElsewhere(before))
      return;
    const after = calls.signal(id, read(id, signal));
    if (!before || !after || after === before) return;
    if (after.number !== before.number) events.partyChanged(after);
    if (after.phase === before.phase) return;
    if (after.phase === 'active') events.answered(after);
    if (after.phase !== 'ended') return;
    lineCalls.delete(id);
    meanings.delete(id);
    events.ended(after, before);
  }

  function read(id: string, signal: LineSignal): CallSignal {
    if (signal.type === 'party-changed') {
      const { number, internal, name } = readParty(signal.remote, rules);
      return { type: 'party-changed', number, internal, ...(name && { name }) };
    }
    const meaning = meanings.get(id);
    return signal.type === 'ended' && meaning ? { ...signal, reason: meaning(signal.reason) } : signal;
  }

  return {
    begin(lineCall, facts = {}) {
      const fresh = newCall(lineCall, line, rules, clock.now(), facts);
      const before = known().find((one) => !lineCalls.has(one.id) && continues(one, fresh));
      const call = events.recognized(before ? goesOn(fresh, before) : fresh);
      // Refused by rule, yet it was a call: nobody could take it, so it is missed and not declined.
      if (facts.refused) meanings.set(call.id, missedNotDeclined);
      calls.add(call);
      events.began(call);
      listen(call.id, lineCall);
      return call;
    },
    goOn: listen,
    get(id) {
      const found = lineCalls.get(id);
      if (!found) throw new MultiLineError('no-such-call');
      return found;
    },
    find: (id) => lineCalls.get(id),
    ids: () => [...lineCalls.keys()],
    call(id) {
      const found = calls.get(id);
      if (!found || !lineCalls.has(id)) throw new MultiLineError('no-such-call');
      return found;
    },
    async attempt(id, what, act) {
      calls.signal(id, { type: 'asked', what });
      try {
        await act();
      } catch (error) {
        calls.signal(id, { type: 'refused', failure: asFailure(error) });
        throw error;
      }
    },
    endsAs: (id, meaning) => void meanings.set(id, meaning),
    abandon() {
      for (const id of [...lineCalls.keys()]) {
        const call = calls.get(id);
        if (call) hear(id, { type: 'ended', by: 'us', reason: orphanedReason(call) });
      }
      lineCalls.clear();
    },
  };
}

const missedNotDeclined = (said: EndReason): EndReason => (said === 'declined' ? 'missed' : said);
