import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { searching } from '../records/match.ts';
import { durationMs, missed, type Call } from './call.ts';
import { next, type CallSignal } from './call-machine.ts';

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

const run = (call: Call, ...signals: CallSignal[]): Call =>
  signals.reduce((now, signal, index) => next(now, signal, 5_000 + index), call);
const us = (held: boolean): CallSignal => ({ type: 'held', by: 'us', held });
const them = (held: boolean): CallSignal => ({ type: 'held', by: 'them', held });

describe('next: who lets whom wait', () => {
  it('none ── held ──► us: since when, and the gesture no longer waits', () => {
    const call = run({ ...active, pending: 'hold', failure }, us(true));
    assert.deepEqual([call.hold, call.heldAt, call.pending, call.failure], ['us', 5_000, null, undefined]);
  });
  it('us ── held ──► none: nothing is left of it', () => {
    const call = run(active, us(true), { type: 'recalled' }, us(false));
    assert.deepEqual([call.hold, call.heldAt, call.recalled], [undefined, undefined, undefined]);
  });
  it('us ── held ──► both ── held ──► them: our clock stops', () => {
    const both = run(active, us(true), them(true));
    assert.deepEqual([both.hold, both.heldAt], ['both', 5_000]);
    const left = run(both, us(false));
    assert.deepEqual([left.hold, left.heldAt], ['them', undefined]);
  });
  it('none ── held ──► them ── held ──► both ── held ──► us', () => {
    assert.equal(run(active, them(true)).hold, 'them');
    assert.equal(run(active, them(true), us(true)).hold, 'both');
    assert.equal(run(active, them(true), us(true), them(false)).hold, 'us');
    assert.equal(run(active, them(true), them(false)).hold, undefined);
  });
  it('a transfer in vain asks to be taken back once; a later hold that lasts too long says so, not what failed before', () => {
    const failed = { type: 'transfer', state: 'failed' } as const;
    const back = run(active, us(true), failed);
    assert.equal(back.recalled, 'transfer');
    assert.equal(run(back, us(false)).recalled, undefined);
    assert.equal(run(back, us(false), us(true), { type: 'recalled' }).recalled, 'hold');
    assert.equal(run(active, failed).recalled, undefined, 'nobody has to be taken back');
  });

  it('us ── recalled: it has waited for too long', () => {
    assert.equal(run(active, us(true), { type: 'recalled' }).recalled, 'hold');
  });
  it('held again keeps since when', () => {
    assert.equal(run(active, us(true), us(true)).heldAt, 5_000);
  });
});

describe('next: audio, recorder, other phones', () => {
  it('flowing ── media ──► reconnecting ── media ──► flowing', () => {
    const away = run(active, { type: 'media', flowing: false });
    assert.equal(away.reconnecting, true);
    assert.equal('reconnecting' in run(away, { type: 'media', flowing: true }), false);
  });
  it('none ── recording ──► on ──► paused ──► done, with where it is', () => {
    const on = run({ ...active, pending: 'record' }, { type: 'recording', state: 'on' });
    assert.deepEqual([on.recording, on.pending], [{ state: 'on' }, null]);
    const paused = run(on, { type: 'recording', state: 'paused' });
    assert.equal(paused.recording?.state, 'paused');
    const done = run(paused, { type: 'recording', state: 'off', url: 'https://x/1.wav' });
    assert.deepEqual(done.recording, { state: 'done', url: 'https://x/1.wav' });
    assert.equal(run(active, { type: 'recording', state: 'off' }).recording, undefined);
    const [first, second] = ['https://x/1.wav', 'https://x/2.wav'];
    const again = run(
      done,
      { type: 'recording', state: 'on', url: first },
      { type: 'recording', state: 'on', url: second },
      { type: 'recording', state: 'off' },
    );
    assert.deepEqual(again.recording, { state: 'done', url: second, earlier: [first] });
  });
  it('on ── ended ──► done', () => {
    const over = run(active, { type: 'recording', state: 'on' }, { type: 'ended', reason: 'completed', by: 'us' });
    assert.deepEqual(over.recording, { state: 'done' });
  });
  it('stages of a call that another phone carries go on until it is answered', () => {
    const calling = run(outbound, { type: 'stage', stage: 'confirming' });
    assert.equal(calling.stage, 'confirming');
    assert.equal(run(calling, { type: 'answered' }).stage, undefined);
  });
  it('what it takes to take it back is kept while it lives', () => {
    assert.equal(run(active, { type: 'resumable', token: 't' }).resume, 't');
    assert.equal('resume' in run({ ...active, resume: 't' }, { type: 'resumable', token: '' }), false);
    assert.equal('resume' in run({ ...active, resume: 't' }, { type: 'ended', reason: 'completed', by: 'us' }), false);
  });
  it('quality and who speaks are as told last', () => {
    const quality = { mos: 3, rttMs: 1, jitterMs: 2, lossPercent: 3, problem: 'network' } as const;
    const call = run(active, { type: 'quality', quality }, { type: 'speaking', speaking: true });
    assert.deepEqual([call.quality, call.speaking], [quality, true]);
    const over = run(call, { type: 'ended', reason: 'completed', by: 'us' });
    assert.deepEqual([over.quality, over.speaking], [quality, undefined]);
  });
});

describe('next: sent on, brought together, replaced', () => {
  const asked: CallSignal = { type: 'asked', what: 'transfer', target: '1002' };
  it('none ── asked ──► asked ── transfer ──► trying ──► ringing ──► ended (transferred): to whom stays', () => {
    const call = run(active, asked);
    assert.deepEqual([call.pending, call.transfer], ['transfer', { target: '1002', state: 'asked' }]);
    const trying = run(call, { type: 'transfer', state: 'trying' });
    assert.deepEqual([trying.pending, trying.transfer?.state], [null, 'trying']);
    const ringing = run(trying, { type: 'transfer', state: 'ringing' });
    const over = run(ringing, { type: 'ended', reason: 'transferred', by: 'them' });
    assert.deepEqual(over.legs, [{ kind: 'transferred-to', number: '1002', at: 5_000 }]);
    assert.equal(over.transfer, undefined);
  });
  it('trying ── failed: the call goes on, with the reason, and may be sent on again', () => {
    const failed = run(active, asked, { type: 'transfer', state: 'failed', failure });
    assert.deepEqual([failed.phase, failed.transfer], ['active', { target: '1002', state: 'failed', failure }]);
    assert.equal(run(failed, asked).transfer?.state, 'asked');
  });
  it('who was asked does not take it: the call is offered back with the reason', () => {
    for (const purpose of ['transfer', 'conference'] as const) {
      const call = run(
        { ...active, hold: 'us', heldAt: 1 },
        { type: 'not-consulted', target: '1002', purpose, failure },
      );
      const transfer = { target: '1002', state: 'failed', failure, ...(purpose === 'conference' && { purpose }) };
      assert.deepEqual([call.hold, call.transfer], ['us', transfer]);
    }
  });
  it('ringing ── ended (redirected): to whom stays', () => {
    const over = run(
      inbound,
      { type: 'asked', what: 'redirect', target: '1003' },
      { type: 'ended', reason: 'redirected', by: 'us' },
    );
    assert.deepEqual(over.legs, [{ kind: 'redirected-to', number: '1003', at: 5_001 }]);
  });
  it('a redirection that was refused rings on', () => {
    const call = run(inbound, { type: 'asked', what: 'redirect', target: '1003' }, { type: 'refused', failure });
    assert.deepEqual([call.phase, call.pending, call.transfer, call.failure], ['ringing', null, undefined, failure]);
  });
  it('none ── joined ──► joined ── left ──► none', () => {
    const consulting: Call = { ...active, pending: 'merge', consultFor: { callId: 'b', purpose: 'conference' } };
    const joined = run(consulting, { type: 'joined', conference: 'c' }, { type: 'silenced', silenced: true });
    assert.deepEqual(
      [joined.conference, joined.pending, joined.consultFor, joined.silenced],
      ['c', null, undefined, true],
    );
    const left = run(joined, { type: 'left' });
    assert.deepEqual([left.conference, left.silenced], [undefined, undefined]);
  });
  it('the other side is replaced: the former one stays in the story', () => {
    const call = run(active, { type: 'party-changed', number: '1002', internal: true, name: 'Bob' });
    assert.deepEqual([call.number, call.displayName, call.internal], ['1002', 'Bob', true]);
    assert.deepEqual(call.legs, [{ kind: 'transferred-by', number: '+14155550101', at: 5_000 }]);
    assert.equal(run(active, { type: 'party-changed', number: active.number, internal: false }), active);
  });
});

describe('next: what changes no phase', () => {
  it('muted and digits are kept', () => {
    assert.equal(next(active, { type: 'muted', muted: true }, 0).muted, true);
    assert.equal(next(active, { type: 'muted', muted: false }, 0), active);
    assert.equal(next({ ...active, digits: '1' }, { type: 'digits-sent', digits: '2#' }, 0).digits, '12#');
  });
  it('a gesture is only pending until the wire answers or refuses', () => {
    const answering = next(inbound, { type: 'asked', what: 'answer' }, 0);
    assert.deepEqual([answering.phase, answering.pending], ['ringing', 'answer']);
    const refused = next(answering, { type: 'refused', failure }, 0);
    assert.deepEqual([refused.phase, refused.pending, refused.failure], ['ringing', null, failure]);
    assert.equal(next(inbound, { type: 'asked', what: 'decline' }, 0).pending, 'decline');
    assert.equal(next(inbound, { type: 'asked', what: 'redirect', target: '1002' }, 0).pending, 'redirect');
    for (const what of ['hold', 'resume', 'merge', 'record', 'hang-up'] as const)
      assert.equal(next(active, { type: 'asked', what }, 0).pending, what);
  });
  it('a gesture that does not fit changes nothing', () => {
    const pending: Call = { ...inbound, pending: 'decline' };
    assert.equal(next(pending, { type: 'asked', what: 'answer' }, 0), pending);
    assert.equal(next(outbound, { type: 'asked', what: 'answer' }, 0), outbound);
    assert.equal(next(active, { type: 'asked', what: 'decline' }, 0), active);
    assert.equal(next(active, { type: 'asked', what: 'redirect', target: '1002' }, 0), active);
    assert.equal(next(inbound, { type: 'asked', what: 'transfer', target: '1002' }, 0), inbound);
    assert.equal(next(outbound, { type: 'asked', what: 'hold' }, 0), outbound);
  });
  it('signals that do not fit the phase change nothing', () => {
    assert.equal(next(inbound, { type: 'ringing' }, 0), inbound);
    assert.equal(next(active, { type: 'ringing' }, 0), active);
    assert.equal(next(active, { type: 'answered' }, 9_000), active);
    assert.equal(next(inbound, { type: 'held', by: 'us', held: true }, 0), inbound);
    assert.equal(next(outbound, { type: 'media', flowing: false }, 0), outbound);
    assert.equal(next(active, { type: 'stage', stage: 'calling' }, 0), active);
    assert.equal(next(active, { type: 'recalled' }, 0), active);
  });
  it('nothing brings an ended call back', () => {
    const signals: CallSignal[] = [
      { type: 'ringing' },
      { type: 'answered' },
      { type: 'ended', reason: 'failed', by: 'us' },
      { type: 'muted', muted: true },
      { type: 'digits-sent', digits: '1' },
      { type: 'media', flowing: true },
      { type: 'asked', what: 'hang-up' },
      { type: 'refused', failure },
      { type: 'held', by: 'us', held: true },
      { type: 'resumable', token: 't' },
      { type: 'taken-over', device: 'elsewhere' },
      { type: 'leg', leg: { kind: 'joined', number: '1002', at: 1 } },
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
