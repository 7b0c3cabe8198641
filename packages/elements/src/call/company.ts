import type { Call } from '@multiline/core';
import { ringsHere } from './view.ts';

/** The calls that belong on the stage with one of them. */
export interface Company {
  /** Those in one conference with it, itself among them; only itself if it is in none. */
  readonly members: readonly Call[];
  /** Called for the conference and not in it yet. */
  readonly invited: readonly Call[];
  /** Live ones beside it that are not in its conference; of another conference the first alone. */
  readonly others: readonly Call[];
  /** The one that asks somebody on behalf of the other, if one of them does. */
  readonly consultation: Call | null;
}

/** Live, on this phone, and not merely ringing at it. */
const onStage = (call: Call): boolean => call.phase !== 'ended' && call.device === 'here' && !ringsHere(call);

/** Whether the stage of one call shows the other one too. */
export const standsWith = (call: Call, other: Call): boolean => onStage(call) && onStage(other);

export function companyOf(call: Call, calls: readonly Call[]): Company {
  const live = calls.filter(onStage);
  if (!live.includes(call)) return { members: [call], invited: [], others: [], consultation: null };
  const members = call.conference ? live.filter(({ conference }) => conference === call.conference) : [call];
  const rest = live.filter((one) => !members.includes(one));
  const invited = members.length > 1 ? rest.filter((one) => one.phase !== 'active' && isFor(one, members)) : [];
  const others = rest.filter(
    (one, index) =>
      !invited.includes(one) &&
      (!one.conference || rest.findIndex(({ conference }) => conference === one.conference) === index),
  );
  const consultation = isFor(call, others) ? call : (others.find((one) => isFor(one, members)) ?? null);
  return { members, invited, others, consultation };
}

/** Whether this call was made on behalf of one of those. */
const isFor = ({ consultFor }: Call, calls: readonly Call[]): boolean =>
  calls.some(
    ({ id, conference }) =>
      id === consultFor?.callId || (conference !== undefined && conference === consultFor?.callId),
  );
