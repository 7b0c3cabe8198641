import { computed } from 'nanostores';
import { MultiLineError } from '../ports/errors.ts';
import type { CallHandle } from '../workspace.ts';
import type { Calls } from './calls.ts';

/** One call to act upon, wherever the phone is. */
export function callHandle(
  id: string,
  calls: Calls,
  run: (verb: string, ...args: unknown[]) => Promise<unknown>,
): CallHandle {
  const call = calls.get(id);
  if (!call) throw new MultiLineError('no-such-call');
  const act =
    (verb: string) =>
    async (...args: unknown[]): Promise<void> =>
      void (await run(verb, id, ...args));
  /** What a page holds after the user has gone is as it was last. */
  let last = call;
  return {
    id,
    $call: computed(calls.$calls, () => (last = calls.get(id) ?? last)),
    hangUp: act('hangUp'),
    hold: act('hold'),
    resume: act('resume'),
    mute: async () => void (await run('mute', id, true)),
    unmute: async () => void (await run('mute', id, false)),
    sendDigits: act('sendDigits'),
    transfer: act('transfer'),
    consult: async (target, purpose = 'transfer') =>
      callHandle((await run('consult', id, target, purpose)) as string, calls, run),
    completeTransfer: act('completeTransfer'),
    record: act('record'),
    saveNotes: act('saveNotes'),
  };
}
