import { quietly } from '../deadline.ts';
import { formatNumber } from '../numbers/index.ts';
import type { Attention } from '../ports/attention.ts';
import type { Call } from './call.ts';
import type { Calls } from './calls.ts';

/**
 * Rings, notifies and marks the title while calls come in; stops when none does. A call that comes in during another one
 * does not ring into the conversation: it is notified and shown.
 *
 * `show` brings the panel to the front; called when a notification is clicked.
 */
export function createAlerting(
  attention: Attention,
  calls: Calls,
  country: string,
  show: () => void,
): { stop(): void } {
  let stopRinging: (() => void) | null = null;
  const notices = new Map<string, { title: string; close: () => void }>();

  /** A page that cannot ring is no reason to disturb a call. */
  function update(live: readonly Call[]): void {
    try {
      alert(live);
    } catch {
      // The call is on screen all the same.
    }
  }

  function alert(live: readonly Call[]): void {
    const ringing = live.filter((call) => call.direction === 'inbound' && call.phase === 'ringing' && !call.pending);
    const talking = live.some(({ phase }) => phase === 'active');

    if (ringing.length > 0 && !talking) stopRinging ??= attention.ring();
    else {
      stopRinging?.();
      stopRinging = null;
    }
    for (const [id, { close }] of notices) {
      if (ringing.some((call) => call.id === id)) continue;
      close();
      notices.delete(id);
    }
    for (const call of ringing) notify(call);
    const [first] = ringing;
    attention.badge?.(ringing.length, first && caller(first, country));
  }

  /** A name that arrives late takes the number's place in the same notification. */
  function notify(call: Call): void {
    const title = caller(call, country);
    if (!attention.notify || notices.get(call.id)?.title === title) return;
    const account = call.match.record?.account?.name;
    const body = ['Incoming call', ...(account ? [account] : [])].join(' · ');
    notices.set(call.id, { title, close: attention.notify({ title, body, tag: `ml-call-${call.id}`, onClick: show }) });
  }

  const unsubscribe = calls.$calls.subscribe(update);
  return {
    stop() {
      unsubscribe();
      update([]);
      quietly(() => attention.stop?.());
    },
  };
}

/** Who calls, as a person would say it: the CRM's name, else the number, else what the wire claims. */
function caller({ match, number, displayName }: Call, country: string): string {
  return match.record?.name ?? (number ? formatNumber(number, { country }).text : (displayName ?? 'Unknown caller'));
}
