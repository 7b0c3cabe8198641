import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { presets, type Call } from '../index.ts';
import { browser, desk, lucy, recent } from '../../test/desk.ts';
import { activityOf, changedSince, decideLog } from './activity.ts';
import { loggedText } from './story.ts';
import { unknownMatch } from './match.ts';

const call = (change: Partial<Call> = {}): Call => ({
  id: 'a',
  correlation: 'a@x',
  direction: 'inbound',
  internal: false,
  device: 'here',
  phase: 'ended',
  number: lucy,
  called: '+14155550001',
  startedAt: 10_000,
  answeredAt: 12_000,
  endedAt: 200_000,
  reason: 'completed',
  muted: false,
  digits: '',
  pending: null,
  match: unknownMatch('nobody'),
  notes: { text: 'Wants a quote.', saved: 'Wants a quote.' },
  log: { state: 'pending', why: null },
  ...change,
});
const noNotes = { text: '', saved: '' };

describe('what the log says beside the notes', () => {
  it('nothing of a plain call', () => {
    assert.equal(loggedText(call()), 'Wants a quote.');
    assert.equal(loggedText(call({ notes: noNotes })), '');
  });

  it('[XB-08] transfers, consultations, redirections and conferences, with whom and when', () => {
    const legs = [
      { kind: 'redirected-by', number: '1009', name: 'Reception', at: 10_000 },
      { kind: 'consulted', number: '1002', name: 'Bob\nBaker', at: 70_000 },
      { kind: 'transferred-to', number: '1002', at: 135_000 },
    ] as const;
    assert.equal(
      loggedText(call({ legs, reason: 'transferred', redirectedBy: '1009' })),
      [
        'Wants a quote.',
        '',
        'Redirected by Reception (1009) after 0:00',
        'Consulted Bob Baker (1002) after 1:00',
        'Transferred to 1002 after 2:05',
      ].join('\n'),
    );
    const failure = { code: 'busy', message: 'Busy Here', retryable: true } as const;
    assert.equal(
      loggedText(call({ notes: noNotes, transfer: { target: '1002', state: 'failed', failure } })),
      'Transfer to 1002 failed: Busy Here',
    );
  });

  it('queue, number called and digits collected, where the system supplies them', () => {
    assert.equal(
      loggedText(call({ notes: noNotes, queue: 'Sales', collectedDigits: '4711' })),
      'Queue: Sales\nCalled number: +14155550001\nDigits collected: 4711',
    );
  });

  it('where the recording is, and how bad the audio was', () => {
    const recording = { state: 'done', url: 'https://pbx.example/r/1.wav' } as const;
    const quality = { mos: 2.41, rttMs: 310.4, jitterMs: 44, lossPercent: 7.25, problem: 'network' } as const;
    assert.equal(
      loggedText(call({ notes: noNotes, recording, quality })),
      [
        'Recording: https://pbx.example/r/1.wav',
        'Audio: poor, by the network (MOS 2.4, round trip 310 ms, jitter 44 ms, loss 7.3 %)',
      ].join('\n'),
    );
    const fine = { ...quality, mos: 4.3, problem: 'none' } as const;
    const anew = { ...recording, url: 'https://pbx.example/r/2.wav', earlier: [recording.url] };
    assert.equal(
      loggedText(call({ notes: noNotes, recording: anew })),
      'Recording: https://pbx.example/r/1.wav\nRecording: https://pbx.example/r/2.wav',
    );
    const script = { state: 'done', url: 'javascript:alert(1)' } as const;
    assert.equal(loggedText(call({ notes: noNotes, quality: fine, recording: script })), 'Recorded');
    const options = { subject: 'x', kinds: [] };
    assert.equal(activityOf(call({ quality: fine }), options).quality?.mos, 4.3, 'in figures it is always there');
    assert.equal('quality' in activityOf(call(), options), false);
  });

  it('nothing of a call on another phone without notes typed here: that phone may log it too', () => {
    assert.equal(loggedText(call({ notes: noNotes, queue: 'Sales', device: 'elsewhere' })), '');
  });

  it('a line that stands in the notes already is not said twice; a changed story is written again', () => {
    const written = loggedText(call({ queue: 'Sales' }));
    assert.equal(loggedText(call({ queue: 'Sales', notes: { text: written, saved: written } })), written);
    const log = { state: 'delivered', why: null, writtenNotes: written, writtenRecordId: null } as const;
    assert.equal(changedSince(call({ queue: 'Sales', log }), []), false);
    assert.equal(changedSince(call({ queue: 'Sales', log, recording: { state: 'done' } }), []), true);
  });

  it('reaches the CRM with the notes', async () => {
    const here = await desk();
    const ringing = here.line.ring({ address: lucy, queue: 'Sales' });
    await here.clock.run(0);
    await here.workspace.answer(ringing.id);
    await here.workspace.saveNotes(ringing.id, 'Hello.');
    ringing.signal({ type: 'ended', reason: 'completed', by: 'them' });
    await here.clock.run(0);
    assert.equal(here.crm.activitiesWritten[0]?.notes, 'Hello.\n\nQueue: Sales');
    assert.equal(here.crm.activitiesWritten.length, 1);
    await here.workspace.stop();
  });
});

describe('calls that others took', () => {
  it('[MV-34] a call that was sent on is not logged where the policy says so, and says why', async () => {
    const redirected = call({ reason: 'redirected' });
    assert.equal(decideLog(redirected, presets.default().log).why.code, 'unknown-number');
    const policy = presets.default({ log: { exclude: { redirected: true } } });
    assert.equal(decideLog(redirected, policy.log).why.code, 'excluded-redirected');
    const here = await desk(browser(), { policy });
    const ringing = here.line.ring({ address: lucy });
    await here.clock.run(0);
    ringing.signal({ type: 'ended', reason: 'redirected', by: 'us' });
    await here.clock.run(0);
    assert.deepEqual(recent(here, ringing.id).log, {
      state: 'excluded',
      why: { code: 'excluded-redirected', values: {} },
    });
    assert.equal(here.crm.activitiesWritten.length, 0);
    await here.workspace.stop();
  });

  it('answered elsewhere has a length only while we watched it, and no story of ours', () => {
    const options = { subject: 'x', kinds: [] };
    const unseen = call({ reason: 'answered-elsewhere', queue: 'Sales', notes: noNotes });
    const { answeredAt: _, ...never } = unseen;
    assert.deepEqual([activityOf(never, options).durationMs, activityOf(never, options).notes], [null, '']);
    assert.equal(activityOf(unseen, options).durationMs, 188_000);
  });
});
