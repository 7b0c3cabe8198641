import type { Line } from '@multiline/core';
import { audible, featureCode, reached, server, spoken } from './phones.ts';

/** Somebody is not to be disturbed, their mailbox takes the call of this phone, and a message of three seconds is left in it. */
export async function leaveMessage(from: Line, whose: Line, number: string): Promise<void> {
  await featureCode(whose, '*90');
  await featureCode(whose, '*78');
  await speak(from, number);
  await featureCode(whose, '*79');
  await featureCode(whose, '*91');
}

/** Leaves a message of three seconds in the mailbox of this extension, whatever its person wants of their calls. */
export async function depositMessage(from: Line, extension: string): Promise<void> {
  await speak(from, `*99${extension}`);
}

async function speak(from: Line, number: string): Promise<void> {
  const { call, signals } = await reached(from, number);
  await audible(call);
  // What is spoken to the greeting is not recorded. In the sandbox # ends the message.
  if (server.pbx) await call.sendDigits?.('#');
  await spoken(call, 3);
  await call.hangUp();
  await signals.next('ended');
}
