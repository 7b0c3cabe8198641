import { quietly } from '../deadline.ts';
import type { Journal } from '../journal/journal.ts';
import { dialTarget, parseNumber, type DialRules, type PhoneNumber } from '../numbers/index.ts';
import type { Policy } from '../policy/policy.ts';
import type { Clock } from '../ports/clock.ts';
import { MultiLineError } from '../ports/errors.ts';
import type { DialOptions, Line, LineCall } from '../ports/line.ts';
import type { Storage } from '../ports/storage.ts';
import type { Calls } from './calls.ts';
import type { LineCalls } from './line-calls.ts';
import type { NewCall } from './new-call.ts';

/** Whom a person means, and what the line dials to reach them. */
export interface Target {
  readonly number: PhoneNumber;
  readonly user: string;
  /** Digits for whoever answers, e.g. an extension behind a company's number. */
  readonly extension?: string;
}

export interface Dialing {
  /** Reads what a person wrote. Throws `invalid-number`. */
  target(text: string): Target;
  /** Calls; resolves with the call's id. Rejects when nothing went out. */
  place(target: Target, known?: NewCall): Promise<string>;
  /** Whether a call is on its way out that has not begun yet. */
  readonly under: boolean;
}

export interface DialingParts {
  line: Line;
  policy: Policy;
  rules: DialRules;
  calls: Calls;
  lineCalls: LineCalls;
  storage: Storage;
  journal: Journal;
  clock: Clock;
  /** Which further devices ring where another device carries the call (ML-26). */
  alsoRing(): readonly string[];
}

export function createDialing(parts: DialingParts): Dialing {
  const { line, policy, rules, calls, lineCalls, storage, journal, clock, alsoRing } = parts;
  const numbers = line.identity.numbers ?? [];
  let under = false;

  /** As chosen now, else as this contact was called with last; none where there is no choice. */
  async function callerId(contact: string, chosen: string | undefined): Promise<string | undefined> {
    if (numbers.length < 2) return undefined;
    const key = `caller-id ${contact}`;
    if (chosen !== undefined) {
      quietly(() => journal.put({ table: 'settings', key, at: clock.now(), value: chosen }));
      return chosen;
    }
    const row = await storage.read('settings', key).catch(() => undefined);
    return numbers.find((number) => number === row?.value);
  }

  return {
    get under() {
      return under;
    },
    target(text) {
      const number = parseNumber(text, rules);
      const dialed = number.error ? undefined : dialTarget(number, rules);
      if (number.error || !dialed) throw new MultiLineError('invalid-number');
      return { number, ...dialed };
    },
    async place({ number, user, extension }, known = {}) {
      if (known.callerId !== undefined && numbers.length > 1 && !numbers.includes(known.callerId))
        throw new MultiLineError('refused', { message: 'This is none of your numbers.' });
      if (under) throw new MultiLineError('in-call');
      if (
        calls.$calls.get().filter((call) => call.phase !== 'ended' && call.device === line.device).length >=
        policy.calls.max
      )
        throw new MultiLineError('too-many-calls');
      under = true;
      try {
        const id = await callerId(number.e164 ?? user, known.callerId);
        const rung = line.device === 'elsewhere' ? alsoRing() : [];
        const options: DialOptions = {
          ...(id && { callerId: { number: id, as: policy.calls.callerId } }),
          ...(rung.length > 0 && { alsoRing: rung }),
        };
        const call = await line.dial(user, options);
        if (extension) sendOnceAnswered(call, extension);
        return lineCalls.begin(call, { ...known, number, callerId: id }).id;
      } finally {
        under = false;
      }
    },
  };
}

/** Whoever answers listens a moment later than they answer: a pause goes first. */
function sendOnceAnswered(call: LineCall, digits: string): void {
  let open = true;
  const stop = call.listen(({ type }) => {
    if (!open || (type !== 'answered' && type !== 'ended')) return;
    open = false;
    // A call may say what it has to say before it is known how to stop it.
    queueMicrotask(() => stop());
    if (type === 'answered') quietly(() => call.sendDigits?.(`,${digits}`));
  });
}
