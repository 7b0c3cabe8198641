import type { Line } from '@multiline/core';
import { audible, featureCode, reached, spoken } from './phones.ts';

/** Somebody is not to be disturbed, their mailbox takes the call of this phone, and a message of three seconds is left in it. */
export async function leaveMessage(from: Line, whose: Line, number: string): Promise<void> {
  await featureCode(whose, '*90');
  await featureCode(whose, '*78');
  const { call, signals } = await reached(from, number);
  await audible(call);
  // What is spoken to the greeting is not recorded.
  await call.sendDigits?.('#');
  await spoken(call, 3);
  await call.hangUp();
  await signals.next('ended');
  await featureCode(whose, '*79');
  await featureCode(whose, '*91');
}
