import type { EndReason } from '@multiline/core';
import { endingOf } from '../end-reason.ts';
import type { DialogInfo } from './dialog-info.ts';

/** How a call of another device ended, as far as the server says (RFC 4235 §3.7.1); `undefined`: it only disappeared. */
export function dialogEnd(
  direction: 'inbound' | 'outbound',
  answered: boolean,
  last: DialogInfo | undefined,
): { readonly reason: EndReason; readonly by: 'us' | 'them' } {
  const event = last?.event;
  if (answered) {
    if (event === 'replaced') return { reason: 'transferred', by: 'us' };
    return { reason: 'completed', by: event === 'local-bye' ? 'us' : 'them' };
  }
  if (direction === 'inbound')
    return event === 'rejected' ? { reason: 'declined', by: 'us' } : { reason: 'missed', by: 'them' };
  if (event === 'cancelled' || event === 'local-bye') return { reason: 'cancelled', by: 'us' };
  return { reason: last?.code === undefined ? 'no-answer' : endingOf(last.code, '').reason, by: 'them' };
}
