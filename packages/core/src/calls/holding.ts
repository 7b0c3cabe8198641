import { MultiLineError } from '../ports/errors.ts';
import type { Call } from './call.ts';
import type { Calls } from './calls.ts';
import type { LineCalls } from './line-calls.ts';

/** Who waits and who speaks. Outside a conference exactly one call has the audio of this browser. */
export interface Holding {
  hold(id: string): Promise<void>;
  resume(id: string): Promise<void>;
  swap(id: string): Promise<void>;
  /** Lets everybody wait but these calls and their conferences. Rejects `in-call` where somebody cannot wait. */
  makeWay(...ids: readonly string[]): Promise<void>;
  /** A call and whoever is in one conference with it. */
  group(id: string): readonly Call[];
}

/** @param dialing whether a call is on its way out that has not begun yet */
export function createHolding(calls: Calls, lineCalls: LineCalls, dialing: () => boolean): Holding {
  const live = (): readonly Call[] => calls.$calls.get().filter(({ phase }) => phase !== 'ended');

  function group(id: string): readonly Call[] {
    const call = lineCalls.call(id);
    return call.conference ? live().filter(({ conference }) => conference === call.conference) : [call];
  }

  async function ask(id: string, held: boolean): Promise<void> {
    const lineCall = lineCalls.get(id);
    if (!lineCall.hold) throw new MultiLineError('unsupported');
    await lineCall.hold(held);
  }

  const setAside = (id: string): Promise<void> => lineCalls.attempt(id, 'hold', () => ask(id, true));

  async function makeWay(...ids: readonly string[]): Promise<void> {
    const own = ids.flatMap((id) => group(id).map((call) => call.id));
    const speaking = live().filter((call) => !own.includes(call.id) && speaks(call));
    // Two conversations at once would hear each other's caller: who cannot wait has to end first.
    if (dialing() || speaking.some((call) => call.phase !== 'active' || !lineCalls.find(call.id)?.hold))
      throw new MultiLineError('in-call');
    await Promise.all(speaking.map((call) => setAside(call.id)));
  }

  async function resume(id: string): Promise<void> {
    active(lineCalls.call(id));
    // Two that are taken back at once would both find the way free.
    if (live().some(({ pending }) => pending === 'resume')) throw new MultiLineError('in-call');
    let free: Promise<void> | undefined;
    await Promise.all(
      group(id)
        .filter(waits)
        .map((call) =>
          lineCalls.attempt(call.id, 'resume', async () => {
            await (free ??= makeWay(id));
            await ask(call.id, false);
          }),
        ),
    );
  }

  return {
    group,
    makeWay,
    resume,
    async hold(id) {
      active(lineCalls.call(id));
      await Promise.all(group(id).map(async (call) => !waits(call) && setAside(call.id)));
    },
    async swap(id) {
      const call = lineCalls.call(id);
      const other = waits(call) ? call : live().findLast((one) => waits(one) && one.device === 'here');
      if (!other) throw new MultiLineError('no-such-call');
      await resume(other.id);
    },
  };
}

/** Whether we let it wait. */
export const waits = ({ hold }: Call): boolean => hold === 'us' || hold === 'both';

/** Has the audio of this browser, or is about to: all but what is over, what waits and what only rings here. */
export const speaks = (call: Call): boolean =>
  call.device === 'here' &&
  call.phase !== 'ended' &&
  call.pending !== 'hang-up' &&
  (call.direction === 'outbound' || call.phase === 'active' || call.pending === 'answer') &&
  !(waits(call) && call.pending !== 'resume');

/** Throws unless both sides can speak. */
export function active({ phase }: Call): void {
  if (phase !== 'active') throw new MultiLineError('unsupported', { message: 'The call is not connected.' });
}
