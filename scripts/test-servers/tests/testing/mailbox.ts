import type { Line } from '@multiline/core';
import { audible, featureCode, reached, spoken } from './phones.ts';

/** Bob (1002) is not to be disturbed, his mailbox takes the call of this phone, and a message of three seconds is left in it. */
export async function leaveMessage(from: Line, bob: Line): Promise<void> {
  await featureCode(bob, '*90');
  await featureCode(bob, '*78');
  const { call, signals } = await reached(from, '1002');
  await audible(call);
  // What is spoken to the greeting is not recorded.
  await call.sendDigits?.('#');
  await spoken(call, 3);
  await call.hangUp();
  await signals.next('ended');
  await featureCode(bob, '*79');
  await featureCode(bob, '*91');
}
