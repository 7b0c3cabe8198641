import type { Clock } from '@multiline/core';
import { Core, type Invitation } from 'sip.js';
import type { Deadlines } from '../deadlines.ts';

/** Phone systems stop ringing after 15 to 30 s unless told otherwise; counted from the moment the call came first (ms). */
const RINGS_MS = 30_000;
/** Somebody who has just come to this tab has this long to answer all the same (ms). */
const AT_LEAST_MS = 10_000;
/** When the caller's side is asked first, and how often then (ms): by the first its phone knows our ringing. */
const ASK_FIRST_MS = 300;
const ASK_EVERY_MS = 3_000;

export interface BorrowedRingingParts {
  readonly clock: Clock;
  readonly deadlines: Deadlines;
  /** When the call came first, elsewhere (epoch ms). */
  readonly since: number;
  /** The caller has given up, or so long ago that it must have. */
  readonly onOver: () => void;
}

/**
 * Ends a call that rings over a connection it did not come by: the CANCEL of a caller who gives up goes to the one that is gone.
 * So the caller's side is asked whether it still knows the call, by OPTIONS within it (RFC 3261 §11, §12.2.2): a 481 says no. A
 * server that always says yes is believed for as long as phones usually ring.
 */
export function watchBorrowedRinging(invitation: Invitation, parts: BorrowedRingingParts): void {
  const { clock, deadlines, since, onOver } = parts;
  deadlines.in('ring', Math.max(since + RINGS_MS - clock.now(), AT_LEAST_MS), onOver);
  const ask = (): void => {
    deadlines.in('ask', ASK_EVERY_MS, ask);
    const { dialog } = invitation;
    if (!(dialog instanceof Core.SessionDialog)) return;
    invitation.userAgent.userAgentCore.request(dialog.createOutgoingRequestMessage('OPTIONS'), {
      onReject: ({ message }) => {
        // It may have been answered meanwhile, or be over: then nobody waits any more.
        if (message.statusCode === 481 && deadlines.has('ask')) onOver();
      },
    });
  };
  deadlines.in('ask', ASK_FIRST_MS, ask);
}

/** It is being answered: from now on the answer tells. */
export function forgetBorrowedRinging(deadlines: Deadlines): void {
  deadlines.forget('ring');
  deadlines.forget('ask');
}
