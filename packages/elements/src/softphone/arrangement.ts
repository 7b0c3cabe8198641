import type { Call } from '@multiline/core';

/** Which calls the phone shows, and where. */
export interface Arrangement {
  /** Calls that ring while another one has the stage: head and answer, above it. */
  readonly waiting: readonly Call[];
  /** The call on the stage: the live one, else the one that ended last. */
  readonly main: Call | null;
  /** Ended calls that wait behind the stage to be wrapped up. */
  readonly folded: readonly Call[];
}

const rank = (call: Call): number =>
  call.phase === 'active' ? 0 : call.phase === 'connecting' || call.direction === 'outbound' ? 1 : 2;

/** A live call has the stage, the speaking one first; without one, the call that ended last, answered before unanswered. */
export function arrange(calls: readonly Call[]): Arrangement {
  const live = calls
    .filter(({ phase }) => phase !== 'ended')
    .sort((a, b) => rank(a) - rank(b) || a.startedAt - b.startedAt);
  const ended = calls
    .filter(({ phase }) => phase === 'ended')
    .sort((a, b) => Number(answered(b)) - Number(answered(a)) || (b.endedAt ?? 0) - (a.endedAt ?? 0));
  const [speaking, ...waiting] = live;
  if (speaking) return { main: speaking, waiting, folded: ended };
  return { main: ended[0] ?? null, waiting: [], folded: ended.slice(1) };
}

export const answered = (call: Call): boolean => call.answeredAt !== undefined;

/** Something was said or will be noted: answered calls, and those we placed ourselves. */
export const notable = (call: Call): boolean => answered(call) || call.direction === 'outbound';
