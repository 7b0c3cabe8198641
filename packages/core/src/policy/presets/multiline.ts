import type { Policy } from '../policy.ts';
import { defaultPolicy } from './default.ts';

/** As MultiLine for Salesforce does it: a click fills the keypad and lets choose, every call of a known person is an activity. */
export const multilinePolicy: Policy = {
  ...defaultPolicy,
  name: 'multiline',
  log: { ...defaultPolicy.log, subject: '{direction} call: {name}' },
};
