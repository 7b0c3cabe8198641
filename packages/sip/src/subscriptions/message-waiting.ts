import type { MessageWaiting } from '@multiline/core';
import { atom, onMount, type ReadableAtom } from 'nanostores';
import type { AccountLink } from '../account-link.ts';
import { phoneSystem } from '../on-demand.ts';
import { startedLate } from '../started-late.ts';
import { readMessageSummary } from './message-summary.ts';

/**
 * How many messages wait in the account's mailbox (RFC 3842): by subscription as long as somebody listens, and as servers tell
 * it that were never asked. null until somebody says, and after the account has stopped.
 */
export function messageWaiting(link: AccountLink): ReadableAtom<MessageWaiting | null> {
  const $messageWaiting = atom<MessageWaiting | null>(null);
  const take = (body: string): void => {
    const summary = readMessageSummary(body);
    if (summary) $messageWaiting.set(summary);
  };
  link.onNotify('message-summary', take);
  onMount($messageWaiting, () =>
    startedLate(phoneSystem, link.clock, ({ keepSubscribed }) => {
      const subscription = keepSubscribed(link, {
        event: 'message-summary',
        accept: 'application/simple-message-summary',
        onNotify: take,
      });
      return () => {
        subscription.stop();
      };
    }),
  );
  link.$status.listen(({ state }) => {
    if (state === 'off') $messageWaiting.set(null);
  });
  return $messageWaiting;
}
