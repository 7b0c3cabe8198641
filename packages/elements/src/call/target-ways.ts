import type { Call, Targeting } from '@multiline/core';
import { MlConferenceEvent, MlRedirectEvent, MlTransferEvent } from '../events/intents.ts';
import type { IntentEvent } from '../events/intents.ts';
import type { StringKey } from '../strings/english.ts';

/** What is done with a target: it is asked first, or it gets the caller at once. */
export type Way = 'ask' | 'now';

/** The ways of each purpose, the better one first. */
export const WAYS: Readonly<Record<Targeting['purpose'], readonly (readonly [Way, StringKey])[]>> = {
  transfer: [
    ['ask', 'action.ask-first'],
    ['now', 'action.transfer-now'],
  ],
  conference: [['ask', 'action.add-now']],
  redirect: [['now', 'action.redirect']],
};

/** Whether a text can be called as it is: it has a digit, or is an address. */
export const callable = (text: string): boolean =>
  /\d|^sips?:./i.test(text) && (!/\p{L}{2}/u.test(text) || text.includes(':'));

/** The intent of a way. */
export function intentOf(call: Call, purpose: Targeting['purpose'], way: Way, target: string): IntentEvent {
  switch (purpose) {
    case 'transfer':
      return new MlTransferEvent(call, way, target);
    case 'conference':
      return new MlConferenceEvent(call, 'add', target);
    case 'redirect':
      return new MlRedirectEvent(call, target);
  }
}
