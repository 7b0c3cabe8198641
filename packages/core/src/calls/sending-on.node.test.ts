import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MlErrorEvent, MultiLineError, presets } from '../index.ts';
import { scriptedLine } from '@multiline/testing';
import { browser, desk, lucy, receiveCall, recent } from '../../test/desk.ts';

describe('a ringing call sent on', () => {
  it('[MV-34] rings at the target, we are out of it, and it is not logged where the policy says so', async () => {
    const here = await desk(browser(), { policy: presets.default({ log: { exclude: { redirected: true } } }) });
    const call = here.line.ring({ address: lucy });
    await here.clock.run(0);
    await here.workspace.redirect(call.id, '1002');
    await here.clock.run(0);
    const { reason, legs, log } = recent(here, call.id);
    assert.deepEqual(call.asked, ['redirect 1002']);
    assert.deepEqual([reason, legs?.at(-1)?.kind, log.state], ['redirected', 'redirected-to', 'excluded']);
    assert.deepEqual(here.crm.activitiesWritten, []);
    await here.workspace.stop();
  });

  it('is logged as such by itself', async () => {
    const here = await desk();
    const call = here.line.ring({ address: lucy });
    await here.clock.run(0);
    await here.workspace.redirect(call.id, '1002');
    await here.clock.run(0);
    assert.equal(here.crm.activitiesWritten[0]?.outcome, 'redirected');
    await here.workspace.stop();
  });

  it('that cannot be sent on rings on', async () => {
    const here = await desk();
    const call = here.line.ring({ address: lucy });
    await assert.rejects(here.workspace.redirect(call.id, 'nobody'), { code: 'invalid-number' });
    here.line.calls[0]!.redirect = () => Promise.reject(new MultiLineError('refused'));
    await assert.rejects(here.workspace.redirect(call.id, '1002'), { code: 'refused' });
    assert.deepEqual([here.call().phase, here.call().pending, here.call().failure?.code], ['ringing', null, 'refused']);
    await here.workspace.stop();
  });

  it('to voicemail is declined by us, and logged; without an address it is refused as busy', async () => {
    const here = await desk(browser(), { policy: presets.default({ calls: { voicemail: '*98' } }) });
    const call = here.line.ring({ address: lucy });
    await here.clock.run(0);
    await here.workspace.sendToVoicemail(call.id);
    await here.clock.run(0);
    assert.deepEqual([call.asked, recent(here, call.id).reason], [['redirect *98'], 'declined']);
    assert.equal(here.crm.activitiesWritten[0]?.outcome, 'declined');
    const there = await desk();
    const other = there.line.ring({ address: lucy });
    await there.workspace.sendToVoicemail(other.id);
    assert.deepEqual(other.asked, ['decline busy']);
    await there.workspace.stop();
    await here.workspace.stop();
  });

  it('answered with a text is declined', async () => {
    const here = await desk();
    const call = here.line.ring({ address: lucy });
    await here.workspace.replyWithText(call.id);
    assert.deepEqual([call.asked, here.call().reason], [['decline declined'], 'declined']);
    await here.workspace.stop();
  });
});

describe('what waits for a target', () => {
  it('is filled by a click on a number, in any tab, instead of a call; it goes with its call', async () => {
    const inside = browser();
    const here = await desk(inside, { policy: presets.default({ dialing: { mode: 'immediate' } }) });
    const other = await desk(inside, { policy: presets.default({ dialing: { mode: 'immediate' } }) });
    const call = here.line.ring({ address: lucy });
    await inside.clock.run(0);
    await here.workspace.askTarget(call.id, 'redirect');
    await inside.clock.run(0);
    await other.workspace.pickNumber('+14155550103');
    await inside.clock.run(0);
    const waiting = { callId: call.id, purpose: 'redirect', text: '(415) 555-0103', record: null, clicks: 1 };
    for (const { workspace } of [here, other]) assert.deepEqual(workspace.$targeting.get(), waiting);
    assert.deepEqual(here.line.dialed, []);
    await other.workspace.setTarget('1002');
    assert.deepEqual([here.workspace.$targeting.get()?.text, here.workspace.$targeting.get()?.clicks], ['1002', 1]);
    call.signal({ type: 'ended', reason: 'missed', by: 'them' });
    await inside.clock.run(0);
    for (const { workspace } of [here, other]) assert.equal(workspace.$targeting.get(), null);
    await assert.rejects(here.workspace.askTarget(call.id, 'redirect'), { code: 'no-such-call' });
    await here.workspace.pickNumber('+14155550103');
    assert.equal(here.line.dialed.length, 1);
    await other.workspace.stop();
    await here.workspace.stop();
  });

  it('has it once the call is sent there, whoever asked for that', async () => {
    const here = await desk();
    const call = here.line.ring({ address: lucy });
    await here.clock.run(0);
    await here.workspace.answer(call.id);
    await here.clock.run(0);
    await here.workspace.askTarget(call.id, 'transfer');
    await here.workspace.transfer(call.id, 'nobody').catch(() => undefined);
    assert.equal(here.workspace.$targeting.get()?.callId, call.id, 'what was refused still waits');
    await here.workspace.consult(call.id, '1002', 'transfer');
    assert.equal(here.workspace.$targeting.get(), null);
    await here.workspace.stop();
  });

  it('can be given up', async () => {
    const here = await desk();
    const call = here.line.ring({ address: lucy });
    await here.workspace.askTarget(call.id, 'redirect');
    await here.workspace.cancelTarget();
    assert.equal(here.workspace.$targeting.get(), null);
    await here.workspace.stop();
  });
});

describe('recording', () => {
  it('on demand: begins, rests and ends by the line’s word, and the call keeps where it is', async () => {
    const here = await desk();
    const call = here.line.ring({ address: lucy });
    await here.clock.run(0);
    await here.workspace.answer(call.id);
    assert.deepEqual(call.asked, ['answer']);
    await here.workspace.record(call.id, 'start');
    assert.equal(here.call().recording?.state, 'on');
    await here.workspace.record(call.id, 'pause');
    assert.equal(here.call().recording?.state, 'paused');
    await here.workspace.record(call.id, 'stop');
    assert.equal(here.call().recording?.state, 'done');
    assert.match(here.call().recording?.url ?? '', /^https:/);
    await here.workspace.stop();
  });

  it('always: from the answer, may rest and not end; off: not at all', async () => {
    for (const recording of ['always', 'off'] as const) {
      const here = await desk(browser(), { policy: presets.default({ calls: { recording } }) });
      const call = here.line.ring({ address: lucy });
      await here.clock.run(0);
      await here.workspace.answer(call.id);
      await here.clock.run(0);
      assert.deepEqual(call.asked.includes('record start'), recording === 'always');
      const code = recording === 'always' ? 'forbidden' : 'unsupported';
      await assert.rejects(here.workspace.record(call.id, 'stop'), { code });
      assert.equal(here.workspace.$capabilities.get().record, recording === 'always');
      await here.workspace.stop();
    }
  });

  it('always: a phone system without a recorder is told of once, in the call and to the page; the calls go on', async () => {
    const policy = presets.default({ calls: { recording: 'always' } });
    const here = await desk(browser(), { line: scriptedLine({ without: ['record'] }), policy });
    const told: string[] = [];
    here.workspace.addEventListener('ml-error', (event) => event instanceof MlErrorEvent && told.push(event.code));
    // What another phone of the user's carries is recorded over there, or not.
    here.line.watch({ address: lucy }).signal({ type: 'answered' });
    assert.deepEqual(told, []);
    for (const failure of ['not-recorded', undefined]) {
      const call = await receiveCall(here, lucy);
      assert.deepEqual([recent(here, call.id).failure?.code, recent(here, call.id).reason], [failure, 'completed']);
    }
    assert.deepEqual(told, ['not-recorded']);
    await here.workspace.stop();
  });

  it('always: a recorder that refuses is told of, each time, with its reason', async () => {
    const here = await desk(browser(), { policy: presets.default({ calls: { recording: 'always' } }) });
    const told: string[] = [];
    here.workspace.addEventListener('ml-error', (event) => {
      if (event instanceof MlErrorEvent) told.push(`${event.code} ${event.error.message}`);
    });
    for (const _ of [1, 2]) {
      const call = here.line.ring({ address: lucy });
      Object.assign(call, { record: () => Promise.reject(new MultiLineError('server', { message: '503 Disk full' })) });
      await here.clock.run(0);
      await here.workspace.answer(call.id);
      await here.clock.run(0);
      assert.deepEqual([here.call().phase, here.call().pending], ['active', null]);
      assert.deepEqual(here.call().failure, { code: 'not-recorded', message: '503 Disk full', retryable: false });
      call.signal({ type: 'ended', reason: 'completed', by: 'them' });
      await here.clock.run(0);
    }
    assert.deepEqual(told, ['not-recorded 503 Disk full', 'not-recorded 503 Disk full']);
    await here.workspace.stop();
  });
});
