import { MultiLineError, type Failure } from '../ports/errors.ts';
import type { Policy } from '../policy/policy.ts';
import type { Availability, AvailabilityChoice } from '../workspace-state.ts';

/** What a person has chosen for everybody to see; kept under their name. */
export interface ChosenAvailability {
  readonly dnd: boolean;
  readonly busyReason: string | null;
  readonly forwardTo: string | null;
}

export const nothingChosen: ChosenAvailability = { dnd: false, busyReason: null, forwardTo: null };

/** Do Not Disturb wins over Make Busy, whose reason stays the active one under it (MV-26). */
export function availabilityOf(chosen: ChosenAvailability, pending = false, failure?: Failure): Availability {
  const { dnd, busyReason, forwardTo } = chosen;
  const state = dnd ? 'dnd' : busyReason === null ? 'available' : 'busy';
  return { state, dnd, busyReason, forwardTo, pending, ...(failure && { failure }) };
}

/**
 * What is chosen after a choice; forwarding stays as it is.
 * @throws `forbidden` for a reason of somebody who is no agent, `refused` for one the administrator does not know
 */
export function afterChoice(
  before: ChosenAvailability,
  choice: AvailabilityChoice,
  policy: Policy,
): ChosenAvailability {
  if (choice === 'available') return { ...before, dnd: false, busyReason: null };
  if (choice === 'dnd') return { ...before, dnd: true };
  const { dnd = before.dnd, busyReason = before.busyReason } = choice;
  if (busyReason !== null && busyReason !== before.busyReason) {
    if (policy.profile !== 'agent') throw new MultiLineError('forbidden');
    if (!hasReason(policy, busyReason))
      throw new MultiLineError('refused', { message: `The policy has no reason "${busyReason}".` });
  }
  return { ...before, dnd, busyReason };
}

/** Kept by another version or under another policy: what is not understood any more is not chosen. */
export function understood(value: unknown, policy: Policy): ChosenAvailability {
  const { dnd, busyReason, forwardTo } = (value ?? {}) as Partial<Record<keyof ChosenAvailability, unknown>>;
  const known = typeof busyReason === 'string' && policy.profile === 'agent' && hasReason(policy, busyReason);
  return {
    dnd: dnd === true,
    busyReason: known ? busyReason : null,
    forwardTo: typeof forwardTo === 'string' ? forwardTo : null,
  };
}

const hasReason = ({ availability }: Policy, code: string): boolean =>
  availability.reasons.some((reason) => reason.code === code);
