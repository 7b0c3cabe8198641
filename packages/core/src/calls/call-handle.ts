import { computed } from 'nanostores';
import { MultiLineError } from '../ports/errors.ts';
import type { CallHandle } from '../workspace.ts';
import type { Calls } from './calls.ts';

/** One call to act upon, wherever the phone is. */
export function callHandle(
  id: string,
  calls: Calls,
  run: (verb: string, ...args: unknown[]) => Promise<void>,
): CallHandle {
  const call = calls.get(id);
  if (!call) throw new MultiLineError('no-such-call');
  /** What a page holds after the user has gone is as it was last. */
  let last = call;
  return {
    id,
    $call: computed(calls.$calls, () => (last = calls.get(id) ?? last)),
    hangUp: () => run('hangUp', id),
    mute: () => run('mute', id, true),
    unmute: () => run('mute', id, false),
    sendDigits: (digits) => run('sendDigits', id, digits),
    saveNotes: (text) => run('saveNotes', id, text),
  };
}
