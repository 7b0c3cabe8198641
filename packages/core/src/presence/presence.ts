import { atom, type ReadableAtom } from 'nanostores';
import type { Reason } from '../calls/call.ts';
import { attempt, within } from '../deadline.ts';
import type { Journal } from '../journal/journal.ts';
import { dialTarget, parseNumber } from '../numbers/index.ts';
import type { Policy } from '../policy/policy.ts';
import type { Clock } from '../ports/clock.ts';
import { asError, asFailure, MultiLineError } from '../ports/errors.ts';
import type { Line } from '../ports/line.ts';
import type { Storage } from '../ports/storage.ts';
import { reason } from '../records/match.ts';
import type { Availability, AvailabilityChoice } from '../workspace-state.ts';
import { afterChoice, availabilityOf, nothingChosen, understood, type ChosenAvailability } from './availability.ts';

/** How long a server may take to accept a feature code (ms). */
const CODE_MS = 20_000;

/** Whether the user wants calls, why not, and where they go instead. */
export interface Presence {
  readonly $availability: ReadableAtom<Availability>;
  load(): Promise<void>;
  setAvailability(choice: AvailabilityChoice): Promise<void>;
  setForwarding(target: string | null): Promise<void>;
  /** Why a call that comes in now is refused by rule; null: it rings. */
  refuses(): Reason | null;
  /** Takes over what another tab has. */
  mirror(availability: Availability): void;
  /** Nobody waits for the server any more: the tab that asked it is gone. */
  takeOver(): void;
  clear(): void;
}

export interface PresenceParts {
  line: Line;
  policy: Policy;
  storage: Storage;
  journal: Journal;
  clock: Clock;
}

export function createPresence({ line, policy, storage, journal, clock }: PresenceParts): Presence {
  const $availability = atom<Availability>(availabilityOf(nothingChosen));
  const { dnd: byWhom, codes } = policy.availability;
  /** One change after the other: each begins with what the last one came to. */
  let turn: Promise<unknown> = Promise.resolve();

  const chosen = (): ChosenAvailability => {
    const { dnd, busyReason, forwardTo } = $availability.get();
    return { dnd, busyReason, forwardTo };
  };

  /** Has the server agree first where it takes part (`code`), then keeps what was chosen. */
  function change(plan: () => { wanted: ChosenAvailability; code?: string }): Promise<void> {
    const done = turn.then(async () => {
      const { wanted, code } = plan();
      if (code !== undefined) {
        $availability.set(availabilityOf(chosen(), true));
        await dialCode(code);
      }
      $availability.set(availabilityOf(wanted));
      await journal.put({ table: 'settings', key: 'availability', at: clock.now(), value: wanted });
    });
    turn = done.catch((error: unknown) => $availability.set(availabilityOf(chosen(), false, asFailure(error))));
    return done.catch((error: unknown) => Promise.reject(asError(error)));
  }

  async function dialCode(code: string): Promise<void> {
    if (!line.dialFeatureCode || code === '') throw new MultiLineError('unsupported');
    await within(clock, CODE_MS, async () => line.dialFeatureCode?.(code));
  }

  /** A number as the server is to have it, and as a person reads it. */
  function destination(text: string): { user: string; shown: string } {
    const rules = { ...policy.dialing, country: policy.country };
    const number = parseNumber(text, rules);
    const target = number.error || number.kind === 'emergency' ? undefined : dialTarget(number, rules);
    if (number.error || !target || target.uri) throw new MultiLineError('invalid-number');
    return { user: target.user, shown: number.e164 ?? number.digits };
  }

  return {
    $availability,
    async load() {
      const row = await attempt(() => storage.read('settings', 'availability')).catch(() => undefined);
      $availability.set(availabilityOf(understood(row?.value, policy)));
    },
    setAvailability: (choice) =>
      change(() => {
        const before = chosen();
        const wanted = afterChoice(before, choice, policy);
        if (byWhom !== 'server' || wanted.dnd === before.dnd) return { wanted };
        return { wanted, code: wanted.dnd ? codes.dndOn : codes.dndOff };
      }),
    setForwarding: (target) =>
      change(() => {
        if (target === null) return { wanted: { ...chosen(), forwardTo: null }, code: codes.forwardOff };
        const { user, shown } = destination(target);
        return { wanted: { ...chosen(), forwardTo: shown }, code: codes.forwardOn.replace('{number}', () => user) };
      }),
    refuses: () => (byWhom === 'decline' && $availability.get().dnd ? reason('dnd') : null),
    mirror: (availability) => $availability.set(availability),
    takeOver() {
      if ($availability.get().pending) $availability.set(availabilityOf(chosen()));
    },
    clear: () => $availability.set(availabilityOf(nothingChosen)),
  };
}
