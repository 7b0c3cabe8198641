import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dayOf, presets, type Call, type CallMatch, type PolicyChange } from '../index.ts';
import { seedKinds } from '@multiline/testing';
import { activityOf, changedSince, decideLog } from './activity.ts';
import { failedMatch, searching, unknownMatch } from './match.ts';

const record = { kind: 'Contact', id: 'lucy', name: 'Lucy Hall' };
const matched: CallMatch = { state: 'matched', record, candidates: [], why: { code: 'only-match', values: {} } };
const several: CallMatch = {
  state: 'ambiguous',
  record: null,
  candidates: [record],
  why: { code: 'several', values: {} },
};
const call = (change: Partial<Call> = {}): Call => ({
  id: 'a',
  correlation: 'a@x',
  direction: 'inbound',
  internal: false,
  device: 'here',
  phase: 'ended',
  number: '+14155550101',
  startedAt: 10_000,
  answeredAt: 12_000,
  endedAt: 20_000,
  reason: 'completed',
  muted: false,
  digits: '',
  pending: null,
  match: matched,
  notes: { text: 'Notes', saved: 'Notes' },
  log: { state: 'pending', why: null },
  ...change,
});
const decide = (change: Partial<Call>, log: PolicyChange['log'] = {}) => {
  const { log: decision, why } = decideLog(call(change), presets.default({ log }).log);
  return [decision, why.code];
};
const cancelled = (afterMs: number): Partial<Call> => ({
  direction: 'outbound',
  reason: 'cancelled',
  endedAt: 10_000 + afterMs,
});

describe('decideLog', () => {
  it('logs whom the policy matched, and why', () => assert.deepEqual(decide({}), ['now', 'only-match']));
  it('holds several and unknown for a person', () => {
    assert.deepEqual(decide({ match: several }), ['held', 'several']);
    assert.deepEqual(decide({ match: unknownMatch('nobody') }), ['held', 'unknown-number']);
  });
  it('logs unknown without a record where the policy says so', () => {
    assert.deepEqual(decide({ match: unknownMatch('nobody') }, { unknown: 'without-record' }), [
      'now',
      'without-record',
    ]);
  });
  it('lets delivery ask the CRM when it has not answered', () => {
    assert.deepEqual(decide({ match: searching }), ['now', 'not-identified']);
    assert.deepEqual(decide({ match: failedMatch({ code: 'server', message: '', retryable: true }) }), [
      'now',
      'not-identified',
    ]);
  });
  it('[XB-09] leaves out received and missed calls of an unknown number, not the dialed ones', () => {
    const log = { exclude: { unknownNumber: true } };
    assert.deepEqual(decide({ match: unknownMatch('nobody') }, log), ['excluded', 'excluded-unknown']);
    assert.deepEqual(decide({ match: unknownMatch('no-number'), reason: 'missed' }, log), [
      'excluded',
      'excluded-unknown',
    ]);
    assert.deepEqual(decide({ match: unknownMatch('nobody'), direction: 'outbound' }, log), ['held', 'unknown-number']);
    assert.deepEqual(decide({}, log), ['now', 'only-match']);
  });
  it('[XB-10] leaves out calls made and cancelled within 5 seconds', () => {
    const log = { exclude: { cancelledWithinMs: 5_000 } };
    assert.deepEqual(decide(cancelled(4_999), log), ['excluded', 'excluded-cancelled']);
    assert.deepEqual(decide(cancelled(5_000), log), ['now', 'only-match']);
    assert.deepEqual(decide({ ...cancelled(100), reason: 'busy' }, log), ['now', 'only-match']);
    assert.deepEqual(decide({ ...cancelled(100), direction: 'inbound' }, log), ['now', 'only-match']);
    assert.deepEqual(decide(cancelled(100)), ['now', 'only-match']);
    const { why } = decideLog(call(cancelled(1)), presets.default({ log }).log);
    assert.deepEqual(why.values, { seconds: 5 });
  });
  it('[XB-11] leaves out calls between colleagues', () => {
    assert.deepEqual(decide({ internal: true }, { exclude: { internal: true } }), ['excluded', 'excluded-internal']);
    assert.deepEqual(decide({ internal: true }), ['now', 'only-match']);
  });
  it('leaves to another device what was answered there', () => {
    const elsewhere: Partial<Call> = { reason: 'answered-elsewhere' };
    assert.deepEqual(decide(elsewhere, { exclude: { answeredElsewhere: true } }), ['excluded', 'excluded-elsewhere']);
    assert.deepEqual(decide(elsewhere), ['now', 'only-match']);
  });
});

const activity = (change: Partial<Call>, subject = '{direction} call: {name}', timeZone?: string) =>
  activityOf(call(change), { subject, kinds: seedKinds, timeZone });

describe('activityOf', () => {
  it('carries participants, type, duration, time, outcome and notes', () => {
    assert.deepEqual(activity({}, 'Call', 'UTC'), {
      type: 'call',
      record: { kind: 'Contact', id: 'lucy' },
      subject: 'Call',
      direction: 'inbound',
      number: '+14155550101',
      startedAt: 10_000,
      durationMs: 8_000,
      day: '1970-01-01',
      outcome: 'completed',
      notes: 'Notes',
      correlation: 'a@x',
    });
  });
  it('[MV-54] fills the places of the subject, and leaves what is none of them', () => {
    assert.equal(activity({}).subject, 'Inbound call: Lucy Hall');
    assert.equal(
      activity({ match: unknownMatch('nobody'), direction: 'outbound' }).subject,
      'Outbound call: +14155550101',
    );
    assert.equal(activity({}, '{outcome} {number} {x} {{name}}').subject, 'completed +14155550101 {x} {Lucy Hall}');
    assert.equal(activity({}, '$& {name}').subject, '$& Lucy Hall');
  });
  it('takes a name with places, markup and emoji letter for letter', () => {
    const name = '<img onerror=x> {number} $1 👩‍🚀';
    assert.equal(activity({ match: { ...matched, record: { ...record, name } } }).subject, `Inbound call: ${name}`);
  });
  it('is never empty: a withheld number without a name', () => {
    assert.equal(activity({ number: '', match: unknownMatch('no-number') }, '{name}').subject, '{name}');
  });
  it('lasts 0 unanswered, and never less', () => {
    const { answeredAt: _, ...missed } = call({ reason: 'missed' });
    assert.equal(activityOf(missed, { subject: 'x', kinds: seedKinds }).durationMs, 0);
    assert.equal(activity({ answeredAt: 30_000 }).durationMs, 0);
  });
  it('is written under no record of a kind that takes no activities, and under one of a kind nobody declared', () => {
    const user = { ...matched, record: { kind: 'User', id: 'bob', name: 'Bob' } };
    assert.equal(activity({ match: user }).record, null);
    const log = { state: 'delivered', why: null, writtenNotes: 'Notes', writtenRecordId: null } as const;
    assert.equal(changedSince(call({ match: user, log }), seedKinds), false);
    assert.equal(changedSince(call({ log }), seedKinds), true);
    assert.deepEqual(activity({ match: { ...matched, record: { kind: 'Deal', id: 'd', name: 'D' } } }).record, {
      kind: 'Deal',
      id: 'd',
    });
  });
});

describe('dayOf: the day where the user lives', () => {
  const at = (iso: string): number => Date.parse(iso);
  it('is the user’s on both sides of midnight', () => {
    assert.equal(dayOf(at('2026-03-02T07:59:59.999Z'), 'America/Los_Angeles'), '2026-03-01');
    assert.equal(dayOf(at('2026-03-02T08:00:00Z'), 'America/Los_Angeles'), '2026-03-02');
    assert.equal(dayOf(at('2026-12-31T11:00:00Z'), 'Pacific/Kiritimati'), '2027-01-01');
    assert.equal(dayOf(at('2026-03-02T18:29:59Z'), 'Asia/Kolkata'), '2026-03-02');
    assert.equal(dayOf(at('2026-03-02T18:30:00Z'), 'Asia/Kolkata'), '2026-03-03');
  });
  it('holds when summer time begins and ends', () => {
    assert.equal(dayOf(at('2026-03-08T07:59:59Z'), 'America/Los_Angeles'), '2026-03-07');
    assert.equal(dayOf(at('2026-03-09T06:59:59Z'), 'America/Los_Angeles'), '2026-03-08');
    assert.equal(dayOf(at('2026-03-09T07:00:00Z'), 'America/Los_Angeles'), '2026-03-09');
    assert.equal(dayOf(at('2026-11-02T07:59:59Z'), 'America/Los_Angeles'), '2026-11-01');
    assert.equal(dayOf(at('2026-11-02T08:00:00Z'), 'America/Los_Angeles'), '2026-11-02');
  });
  it('falls back to the machine’s own zone', () => {
    const here = dayOf(at('2026-03-02T12:00:00Z'));
    assert.match(here, /^2026-03-0[123]$/);
    assert.equal(dayOf(at('2026-03-02T12:00:00Z'), 'Mars/Olympus'), here);
  });
});
