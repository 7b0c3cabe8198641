import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { searching } from '../records/match.ts';
import { durationMs, missed, next, type Call, type CallSignal } from './call.ts';

const inbound: Call = {
  id: 'a',
  correlation: 'a@x',
  direction: 'inbound',
  internal: false,
  device: 'here',
  phase: 'ringing',
  number: '+14155550101',
  startedAt: 1_000,
  muted: false,
  digits: '',
  pending: null,
  match: searching,
  notes: { text: '', saved: '' },
  log: { state: 'pending', why: null },
};
const outbound: Call = { ...inbound, direction: 'outbound', phase: 'connecting' };
const active: Call = { ...inbound, phase: 'active', answeredAt: 2_000 };
const ended: Call = { ...active, phase: 'ended', endedAt: 3_000, reason: 'completed', endedBy: 'them' };
const failure = { code: 'mic-denied', message: 'no', retryable: false } as const;

describe('next: the arrows of a call', () => {
  it('connecting ── ringing ──► ringing: their phone rings', () => {
    assert.equal(next(outbound, { type: 'ringing' }, 1_500).phase, 'ringing');
  });
  it('connecting ── answered ──► active', () => {
    const call = next(outbound, { type: 'answered' }, 1_500);
    assert.deepEqual([call.phase, call.answeredAt], ['active', 1_500]);
  });
  it('ringing (outbound) ── answered ──► active', () => {
    assert.equal(next({ ...outbound, phase: 'ringing' }, { type: 'answered' }, 1_500).phase, 'active');
  });
  it('ringing (inbound) ── answered ──► active: the gesture no longer waits, what failed before is forgotten', () => {
    const call = next({ ...inbound, pending: 'answer', failure }, { type: 'answered' }, 1_500);
    assert.deepEqual([call.phase, call.pending, 'failure' in call], ['active', null, false]);
  });
  for (const reason of ['cancelled', 'busy', 'no-answer', 'declined', 'failed'] as const) {
    it(`connecting ── ended (${reason}) ──► ended`, () => {
      const call = next(outbound, { type: 'ended', reason, by: 'them' }, 4_000);
      assert.deepEqual([call.phase, call.reason, call.endedBy, call.endedAt], ['ended', reason, 'them', 4_000]);
    });
  }
  for (const reason of ['missed', 'declined', 'answered-elsewhere'] as const) {
    it(`ringing (inbound) ── ended (${reason}) ──► ended`, () => {
      const call = next({ ...inbound, pending: 'decline' }, { type: 'ended', reason, by: 'us' }, 4_000);
      assert.deepEqual([call.phase, call.reason, call.pending], ['ended', reason, null]);
      assert.equal(missed(call), reason === 'missed');
    });
  }
  for (const reason of ['completed', 'interrupted', 'failed'] as const) {
    it(`active ── ended (${reason}) ──► ended: unmuted, with what went wrong`, () => {
      const call = next({ ...active, muted: true }, { type: 'ended', reason, by: 'us', failure }, 9_000);
      assert.deepEqual([call.phase, call.reason, call.muted, call.failure], ['ended', reason, false, failure]);
    });
  }
});

describe('next: what changes no phase', () => {
  it('muted and digits are kept', () => {
    assert.equal(next(active, { type: 'muted', muted: true }, 0).muted, true);
    assert.equal(next(active, { type: 'muted', muted: false }, 0), active);
    assert.equal(next({ ...active, digits: '1' }, { type: 'digits-sent', digits: '2#' }, 0).digits, '12#');
  });
  it('a gesture is only pending until the wire answers or refuses', () => {
    const answering = next(inbound, { type: 'answering' }, 0);
    assert.deepEqual([answering.phase, answering.pending], ['ringing', 'answer']);
    const refused = next(answering, { type: 'refused', failure }, 0);
    assert.deepEqual([refused.phase, refused.pending, refused.failure], ['ringing', null, failure]);
    assert.equal(next(inbound, { type: 'declining' }, 0).pending, 'decline');
    assert.equal(next(active, { type: 'hanging-up' }, 0).pending, 'hang-up');
  });
  it('a gesture that does not fit changes nothing', () => {
    const pending: Call = { ...inbound, pending: 'decline' };
    assert.equal(next(pending, { type: 'answering' }, 0), pending);
    assert.equal(next(outbound, { type: 'answering' }, 0), outbound);
    assert.equal(next(active, { type: 'declining' }, 0), active);
  });
  it('signals that do not fit the phase change nothing', () => {
    assert.equal(next(inbound, { type: 'ringing' }, 0), inbound);
    assert.equal(next(active, { type: 'ringing' }, 0), active);
    assert.equal(next(active, { type: 'answered' }, 9_000), active);
    assert.equal(next(active, { type: 'media', flowing: false }, 0), active);
  });
  it('nothing brings an ended call back', () => {
    const signals: CallSignal[] = [
      { type: 'ringing' },
      { type: 'answered' },
      { type: 'ended', reason: 'failed', by: 'us' },
      { type: 'muted', muted: true },
      { type: 'digits-sent', digits: '1' },
      { type: 'media', flowing: true },
      { type: 'answering' },
      { type: 'declining' },
      { type: 'hanging-up' },
      { type: 'refused', failure },
    ];
    for (const signal of signals) assert.equal(next(ended, signal, 9_000), ended, signal.type);
  });
});

describe('the times of a call', () => {
  it('a clock set back in mid-call makes neither an answer before its beginning nor an end before its answer', () => {
    const answered = next(inbound, { type: 'answered' }, 400);
    assert.equal(answered.answeredAt, 1_000);
    const over = next(answered, { type: 'ended', reason: 'completed', by: 'us' }, 200);
    assert.equal(over.endedAt, 1_000);
    assert.equal(durationMs(over, 0), 0);
  });
  it('lasts from answer to end, or until now, and not at all unanswered', () => {
    assert.equal(durationMs(ended, 99_000), 1_000);
    assert.equal(durationMs(active, 7_000), 5_000);
    assert.equal(durationMs(active, 500), 0);
    assert.equal(durationMs(inbound, 7_000), 0);
  });
});
