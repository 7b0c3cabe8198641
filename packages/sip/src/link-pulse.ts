import type { AccountLinkOptions } from './link-user.ts';
import { pageHidden } from './page-watch.ts';
import { createPulse, type Pulse, type PulseOptions } from './pulse.ts';

/** How long a sign of life may take; seen or in a call, a dead link is so noticed within five seconds. */
const SIGN_MS = { attentive: 2_400, hidden: 5_000 };
/** A server that never answers OPTIONS has to answer a registration; that often is enough. */
const MUTE_PULSE_MS = 15_000;

export interface LinkPulseOptions
  extends Pick<AccountLinkOptions, 'clock' | 'pulseMs'>, Pick<PulseOptions, 'ask' | 'onDead'> {
  readonly inCall: () => boolean;
  /** Whether the server has ever answered. */
  readonly answersOptions: () => boolean;
}

/** The pulse of a phone: quick while the page is seen or has a call, at leisure else. */
export function linkPulse({ clock, pulseMs, inCall, answersOptions, ask, onDead }: LinkPulseOptions): Pulse {
  const kind = (): 'hidden' | 'attentive' => (pageHidden() && !inCall() ? 'hidden' : 'attentive');
  return createPulse({
    clock,
    intervalMs: () => Math.max(pulseMs[kind()], answersOptions() ? 0 : MUTE_PULSE_MS),
    deadlineMs: () => SIGN_MS[kind()],
    ask,
    onDead,
  });
}
