import { computed, type ReadableAtom } from 'nanostores';
import type { Call } from '../calls/call.ts';
import { quietly } from '../deadline.ts';
import type { Policy } from '../policy/policy.ts';
import type { Line, Presence } from '../ports/line.ts';
import type { Availability } from '../workspace-state.ts';

/**
 * Publishes what everybody may see of the user (RFC 3903) while this tab leads: when it changes, and anew after each
 * registration, as a server that was restarted has forgotten it. Answers how to stop.
 */
export function publishPresence(
  line: Line,
  policy: Policy['availability'],
  $availability: ReadableAtom<Availability>,
  $calls: ReadableAtom<readonly Call[]>,
): () => void {
  if (!policy.publish || !line.publish) return () => undefined;
  let published = '';

  const $presence = computed([$availability, $calls], (availability, calls) => presenceOf(availability, calls, policy));
  const unsubscribe = computed([$presence, line.$status], (presence, { state }) => ({ presence, state })).subscribe(
    ({ presence, state }) => {
      const text = state === 'registered' ? JSON.stringify(presence) : '';
      if (text === published) return;
      published = text;
      // A server that takes none is no reason to disturb anybody.
      if (text) quietly(() => line.publish?.(presence));
    },
  );
  return unsubscribe;
}

/** In the words of PIDF (RFC 3863) and RPID (RFC 4480): what a person chose wins over what the phone does. */
export function presenceOf(
  { state, busyReason }: Availability,
  calls: readonly Call[],
  { reasons }: Policy['availability'],
): Presence {
  if (state === 'dnd') return { open: false, activity: 'busy', note: 'Do Not Disturb' };
  if (state === 'busy') {
    const label = reasons.find(({ code }) => code === busyReason)?.label;
    return { open: false, activity: 'busy', ...(label && { note: label }) };
  }
  const talking = calls.some(
    ({ phase, direction }) => phase === 'active' || (direction === 'outbound' && phase !== 'ended'),
  );
  return talking ? { open: true, activity: 'on-the-phone' } : { open: true };
}
