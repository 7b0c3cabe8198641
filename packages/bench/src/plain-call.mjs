import { ask } from './ask.mjs';

/** A call to a page that has a phone and nothing else: it rings, is answered, and the caller hangs up. */
export async function plainCall(caller, called) {
  await Promise.all([ask(called, 'phone.ringing'), ask(caller, 'phone.dial')]);
  await ask(called, 'phone.answer');
  await ask(caller, 'phone.answered');
  await ask(caller, 'phone.hangUp');
}
