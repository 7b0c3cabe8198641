import type { Call } from '@multiline/core';
import { standsWith } from '../call/company.ts';
import { carriedElsewhere, ringsHere, waits } from '../call/view.ts';

/** Which calls the phone shows, and where. */
export interface Arrangement {
  /** Calls that ring while another one has the stage: head and answer, above it. */
  readonly waiting: readonly Call[];
  /** The call on the stage: the live one, else the one that ended last. */
  readonly main: Call | null;
  /** Ended calls that wait behind the stage to be wrapped up. */
  readonly folded: readonly Call[];
}

/** Who speaks first, then who is called, who waits, who calls; what another device carries comes last. */
function rank(call: Call): number {
  const elsewhere = call.device === 'elsewhere' ? 4 : 0;
  if (call.phase === 'active') return elsewhere + (waits(call) ? 2 : 0);
  return elsewhere + (call.direction === 'outbound' ? 1 : 3);
}

/**
 * A live call has the stage, the speaking one first; without one, the call that ended last, answered before unanswered. Calls
 * we let wait and those in a conference stand with the one on the stage.
 */
export function arrange(calls: readonly Call[]): Arrangement {
  const live = calls
    .filter(({ phase }) => phase !== 'ended')
    .sort((a, b) => rank(a) - rank(b) || a.startedAt - b.startedAt);
  const ended = calls
    .filter(({ phase }) => phase === 'ended')
    .sort((a, b) => Number(answered(b)) - Number(answered(a)) || (b.endedAt ?? 0) - (a.endedAt ?? 0));
  const [main] = live;
  if (!main) return { main: ended[0] ?? null, waiting: [], folded: ended.slice(1) };
  return { main, waiting: live.filter((call) => call !== main && !standsWith(main, call)), folded: ended };
}

export const answered = (call: Call): boolean => call.answeredAt !== undefined;

/** Something was said or will be noted: answered calls, those we placed ourselves, and those another device carries. */
export const notable = (call: Call): boolean =>
  answered(call) || call.direction === 'outbound' || carriedElsewhere(call);

/** What CSS sees of it. */
export function statesOf({ main, waiting }: Arrangement): Readonly<Record<string, boolean>> {
  return {
    ringing: [main, ...waiting].some((call) => call?.phase === 'ringing' && call.direction === 'inbound'),
    'in-call': main !== null && main.phase !== 'ended',
    'after-call': main?.phase === 'ended',
  };
}

/** Whether a call takes the place of the panel that is open: not while it only rings and somebody is at work there. */
export function takesPlace(main: Call, before: Call | null, busy: Element | null): boolean {
  const comes = main.id !== before?.id;
  if (ringsHere(main)) return comes && !busy;
  return comes || (before !== null && ringsHere(before) && main.phase === 'active');
}
