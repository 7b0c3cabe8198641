import { computed } from 'nanostores';
import type { CallHandle } from '../workspace.ts';
import type { Call } from './call.ts';
import type { Calls } from './calls.ts';

/** One call to act upon, wherever the phone is. */
export function callHandle(
  id: string,
  calls: Calls,
  run: (verb: string, ...args: unknown[]) => Promise<void>,
): CallHandle {
  return {
    id,
    $call: computed(calls.$calls, () => calls.get(id) as Call),
    hangUp: () => run('hangUp', id),
    mute: () => run('mute', id, true),
    unmute: () => run('mute', id, false),
    sendDigits: (digits) => run('sendDigits', id, digits),
    saveNotes: (text) => run('saveNotes', id, text),
  };
}
