import { quietly } from '../deadline.ts';
import { dialTarget, parseNumber, type DialRules, type PhoneNumber } from '../numbers/index.ts';
import type { Policy } from '../policy/policy.ts';
import { MultiLineError } from '../ports/errors.ts';
import type { DialOptions, Line, LineCall } from '../ports/line.ts';
import type { CallerIds } from './caller-ids.ts';
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
  callerIds: CallerIds;
  /** Which further devices ring where another device carries the call (ML-26). */
  alsoRing(): readonly string[];
}

export function createDialing(parts: DialingParts): Dialing {
  const { line, policy, rules, calls, lineCalls, callerIds, alsoRing } = parts;
  const numbers = line.identity.numbers ?? [];
  let under = false;

  return {
    get under() {
      return under;
    },
    target(text) {
      const target = readTarget(text, rules);
      if (!target) throw new MultiLineError('invalid-number');
      return target;
    },
    async place({ number, user, extension }, known = {}) {
      if (known.callerId && numbers.length > 1 && !numbers.includes(known.callerId))
        throw new MultiLineError('refused', { message: 'This is none of your numbers.' });
      if (under) throw new MultiLineError('in-call');
      if (
        calls.$calls.get().filter((call) => call.phase !== 'ended' && call.device === line.device).length >=
        policy.calls.max
      )
        throw new MultiLineError('too-many-calls');
      under = true;
      try {
        const chosen = numbers.length > 1 ? known.callerId : undefined;
        const id = chosen === undefined ? await callerIds.of({ number, user }, known.record ?? null) : chosen;
        const rung = line.device === 'elsewhere' ? alsoRing() : [];
        const options: DialOptions = {
          ...(id && { callerId: { number: id, as: policy.calls.callerId } }),
          ...(rung.length > 0 && { alsoRing: rung }),
        };
        const lineCall = await line.dial(user, options);
        if (extension) sendOnceAnswered(lineCall, extension);
        const call = lineCalls.begin(lineCall, { ...known, number, callerId: id });
        if (chosen !== undefined) callerIds.chose(call, { number, user }, chosen);
        return call.id;
      } finally {
        under = false;
      }
    },
  };
}

/** What a person wrote, as the line dials it; null for what is no number. */
export function readTarget(text: string, rules: DialRules): Target | null {
  const number = parseNumber(text, rules);
  const dialed = number.error ? undefined : dialTarget(number, rules);
  return number.error || !dialed ? null : { number, ...dialed };
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
