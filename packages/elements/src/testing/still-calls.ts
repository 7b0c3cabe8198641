import type { Call, CallHandle, CrmRecord } from '@multiline/core';
import { atom } from 'nanostores';

/** Lucy Hall of Acme, a Contact. */
export const lucy: CrmRecord = { kind: 'Contact', id: '003000000000001', name: 'Lucy Hall', account: { name: 'Acme' } };

/** Larry Thomas of Globex, a Lead. */
export const larry: CrmRecord = {
  kind: 'Lead',
  id: '00Q000000000002',
  name: 'Larry Thomas',
  account: { name: 'Globex' },
};

/** A call as plain data: Lucy's incoming call in progress, unless told otherwise. `startedAt` 15:38 UTC on Nov 12, 2026. */
export function stillCall(change: Partial<Call> = {}): Call {
  const startedAt = Date.UTC(2026, 10, 12, 15, 38, 8);
  return {
    id: 'call-1',
    correlation: 'call-1@wire',
    direction: 'inbound',
    internal: false,
    device: 'here',
    phase: 'active',
    number: '+14155550101',
    startedAt,
    answeredAt: startedAt + 5000,
    muted: false,
    digits: '',
    pending: null,
    match: { state: 'matched', record: lucy, candidates: [], why: { code: 'only-match', values: {} } },
    notes: { text: '', saved: '' },
    log: { state: 'pending', why: null },
    ...change,
  };
}

/** `match` of a call whose number belongs to this record alone. */
export function matched(record: CrmRecord): Call['match'] {
  return { state: 'matched', record, candidates: [], why: { code: 'only-match', values: {} } };
}

/** A call that was dialed, to act upon: whatever is asked of it is done at once and changes nothing. */
export function stillHandle(number: string): CallHandle {
  const $call = atom(stillCall({ direction: 'outbound', phase: 'connecting', number }));
  const nothing = (): Promise<void> => Promise.resolve();
  const handle: CallHandle = {
    id: 'dialed',
    $call,
    hangUp: nothing,
    hold: nothing,
    resume: nothing,
    mute: nothing,
    unmute: nothing,
    sendDigits: nothing,
    transfer: nothing,
    consult: () => Promise.resolve(handle),
    completeTransfer: nothing,
    record: nothing,
    saveNotes: nothing,
  };
  return handle;
}
