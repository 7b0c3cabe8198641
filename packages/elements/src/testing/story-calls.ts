import type { Call, CrmRecord } from '@multiline/core';
import { larry, lucy, matched, stillCall } from './still-calls.ts';

/** 10:41 AM on Thursday, Nov 12, 2026 in New York: what the still clock shows. */
export const NOW = Date.UTC(2026, 10, 12, 15, 41);
const MINUTE = 60_000;
const DAY = 86_400_000;

const record = (kind: string, id: string, name: string, account?: string): CrmRecord => ({
  kind,
  id,
  name,
  ...(account && { account: { name: account } }),
});

export const joan = record('Contact', '003000000000003', 'Joan Bearish', 'Initech');
export const petra = record('PersonAccount', '001000000000004', 'Petra Person');
export const newest = { ...record('Lead', '00Q000000000005', 'Newest Ng', 'Umbrella'), createdAt: NOW - 3 * DAY };
export const nadia = { ...record('Lead', '00Q000000000006', 'Nadia Ng', 'Umbrella'), createdAt: NOW - 250 * DAY };
export const third = { ...record('Lead', '00Q000000000007', 'N. Ng'), createdAt: NOW - 400 * DAY };

/** A past call: began so many ms ago, lasted so many seconds (0: never answered). */
export function pastCall(id: string, agoMs: number, seconds: number, change: Partial<Call> = {}): Call {
  const startedAt = NOW - agoMs;
  const { answeredAt: _, ...call } = stillCall({ id, startedAt });
  const answered = seconds ? { answeredAt: startedAt + 4000, endedAt: startedAt + 4000 + seconds * 1000 } : {};
  return {
    ...call,
    phase: 'ended',
    endedAt: startedAt + 20_000,
    reason: seconds ? 'completed' : change.direction === 'outbound' ? 'no-answer' : 'missed',
    endedBy: 'us',
    log: {
      state: 'delivered',
      why: { code: 'only-match', values: {} },
      ref: { kind: 'Task', id: `00T-${id}` },
    },
    ...answered,
    ...change,
  };
}

const notes = (text: string): Call['notes'] => ({ text, saved: text, savedAt: NOW });
const unknown: Call['match'] = {
  state: 'unknown',
  record: null,
  candidates: [],
  why: { code: 'nobody', values: {} },
};

export const lucysCall: Call = pastCall('lucy', 17 * MINUTE, 252, {
  notes: notes('Wants the Q1 renewal at 40 seats. Send quote by Monday.'),
});

export const strangersCall: Call = pastCall('stranger', 70 * MINUTE, 48, {
  direction: 'outbound',
  number: '+14155550199',
  match: unknown,
  log: { state: 'held', why: { code: 'unknown-number', values: {} } },
});

/** The list of the pictures. */
export const callsOfADesk: readonly Call[] = [
  lucysCall,
  pastCall('larry', 43 * MINUTE, 0, { match: matched(larry), number: '+14155550102' }),
  strangersCall,
  pastCall('joan', 96 * MINUTE, 760, {
    direction: 'outbound',
    number: '+14155550103',
    match: matched(joan),
    notes: notes('Call back in March.'),
  }),
  pastCall('petra', 2 * DAY, 139, { number: '+442079460105', match: matched(petra), notes: notes('Moved house.') }),
  pastCall('newest', 3 * DAY, 0, { number: '+14155550104', match: matched(newest) }),
  pastCall('elsewhere', 4 * DAY, 0, {
    number: '+14155550106',
    extension: '12',
    match: unknown,
    reason: 'answered-elsewhere',
    log: { state: 'excluded', why: { code: 'excluded-elsewhere', values: {} } },
  }),
  pastCall('busy', 5 * DAY, 0, {
    direction: 'outbound',
    reason: 'busy',
    number: '+14155550107',
    match: matched(record('Contact', '003000000000008', 'Bob Marsh')),
  }),
  pastCall('long', 20 * DAY, 3965, { notes: notes('Long talk.') }),
];

/** Three leads share the number. */
export const ambiguousCall: Call = pastCall('ambiguous', 39 * MINUTE, 75, {
  number: '+14155550104',
  match: {
    state: 'ambiguous',
    record: null,
    candidates: [newest, nadia, third],
    why: { code: 'several', values: { count: 3, kind: 'Lead' } },
  },
  log: { state: 'held', why: { code: 'several', values: { count: 3, kind: 'Lead' } } },
});

/** The call that is under way: Lucy's. */
export const liveCall: Call = stillCall({ id: 'live', match: matched(lucy), startedAt: NOW - 3 * MINUTE });

/** Names as long as they come. */
export const longName: CrmRecord = record(
  'Contact',
  '003000000000009',
  'Wolfgang Adalbert von Hohenlohe-Schillingsfürst zu Waldenburg',
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbau GmbH & Co. KG',
);
export const longCall: Call = pastCall('long-name', 50 * MINUTE, 4000, {
  match: matched(longName),
  number: '+4915112345678901',
  notes: notes(`${'Wants a quote for everything and by tomorrow. '.repeat(6)}https://example.com/${'a'.repeat(80)}`),
});
