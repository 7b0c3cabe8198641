import { atom } from 'nanostores';
import type { Policy } from '../policy/policy.ts';
import type { Line } from '../ports/line.ts';
import type { Availability } from '../workspace.ts';

/** What everybody sees of the user, and who is signed in at the phone. */
export function createPresence(_line: Line, _policy: Policy) {
  const $availability = atom<Availability>({
    state: 'available',
    dnd: false,
    busyReason: null,
    forwardTo: null,
    pending: false,
  });
  const $loggedIn = atom(true);
  return { $availability, $loggedIn };
}
