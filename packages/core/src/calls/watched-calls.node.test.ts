import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MultiLineError } from '../index.ts';
import { scriptedLine } from '@multiline/testing';
import { browser, desk, lucy, newDesk, recent, stranger, type Browser, type Desk } from '../../test/desk.ts';

const elsewhere = { type: 'ended', reason: 'answered-elsewhere', by: 'them' } as const;
const over = { type: 'ended', reason: 'completed', by: 'them' } as const;

describe('a call of the user’s other phone', () => {
  it('[ML-24] is shown, identified and popped; its notes are kept, its controls stay on the phone', async () => {
    const popped: string[] = [];
    const host = { name: 'test', pop: ({ name }: { name: string }) => void popped.push(name) };
    const here = await desk(browser(), { host });
    const call = here.line.watch({ address: lucy });
    await here.clock.run(0);
    assert.deepEqual(
      [here.call().device, here.call().phase, here.call().match.record?.name],
      ['elsewhere', 'ringing', 'Lucy Hall'],
    );
    assert.deepEqual(popped, ['Lucy Hall']);
    call.signal({ type: 'answered' });
    await here.workspace.saveNotes(call.id, 'Wants the renewal.');
    for (const attempt of [
      here.workspace.hold(call.id),
      here.workspace.hangUp(call.id),
      here.workspace.sendDigits(call.id, '1'),
    ])
      await assert.rejects(attempt, { code: 'unsupported' });
    assert.equal(here.call().phase, 'active');
    await here.workspace.stop();
  });

  it('may be ended from here where its line says so, until it is answered', async () => {
    const here = await desk();
    const call = here.line.watch({ address: lucy, direction: 'outbound' });
    call.signal({ type: 'revocable', revocable: true });
    assert.equal(here.call().revocable, true);
    call.signal({ type: 'answered' });
    assert.equal(here.call().revocable, undefined);
    call.signal({ type: 'revocable', revocable: true });
    call.signal(over);
    assert.equal('revocable' in here.call(), false);
    await here.workspace.stop();
  });

  it('[ML-37] [XB-07] is logged with how long it was, made or received there', async () => {
    for (const direction of ['inbound', 'outbound'] as const) {
      const here = await desk();
      const call = here.line.watch({ address: lucy, direction });
      await here.clock.run(1_000);
      call.signal({ type: 'answered' });
      await here.clock.run(7_000);
      call.signal(over);
      await here.clock.run(0);
      const [written] = here.crm.activitiesWritten;
      assert.deepEqual([written?.direction, written?.durationMs, written?.outcome], [direction, 7_000, 'completed']);
      await here.workspace.stop();
    }
  });

  it('is no hindrance to ours, and ours is not seen twice', async () => {
    const here = await desk();
    here.line.watch({ address: stranger }).signal({ type: 'answered' });
    const { id } = await here.workspace.dial(lucy);
    const own = here.line.dialed[0]!;
    here.line.watch({ address: lucy, direction: 'outbound', correlation: own.correlation });
    own.signal({ type: 'answered' });
    await here.clock.run(0);
    assert.deepEqual(
      here.workspace.$calls.get().map(({ number, device }) => [number, device]),
      [
        [stranger, 'elsewhere'],
        [lucy, 'here'],
      ],
    );
    await here.workspace.hold(id);
    await here.workspace.stop();
  });

  for (const [title, correlation] of [
    ['by the same correlation', 'one-call'],
    ['by number and moment where a server stands between', 'another-leg'],
  ] as const) {
    it(`[ML-36] rang here and is answered there, seen ${title}: one call that goes on there, never missed, logged once`, async () => {
      const here = await desk();
      const call = here.line.ring({ address: lucy, correlation: 'one-call' });
      await here.clock.run(0);
      const there = here.line.watch({ address: lucy, correlation });
      there.signal({ type: 'answered' });
      call.signal(elsewhere);
      await here.clock.run(0);
      assert.deepEqual([here.call().id, here.call().phase, here.call().device], [call.id, 'active', 'elsewhere']);
      await here.workspace.saveNotes(call.id, 'Typed here.');
      await here.clock.run(5_000);
      there.signal(over);
      await here.clock.run(0);
      assert.equal(here.workspace.$recentCalls.get().calls.length, 1);
      const [written, ...more] = here.crm.activitiesWritten;
      assert.deepEqual([written?.outcome, written?.durationMs, more.length], ['completed', 5_000, 0]);
      assert.match(written?.notes ?? '', /Typed here\./);
      await here.workspace.stop();
    });

    it(`seen there only after it ended here, ${title}, is the same call`, async () => {
      const here = await desk();
      const call = here.line.ring({ address: lucy, correlation: 'one-call' });
      await here.clock.run(1_000);
      call.signal(elsewhere);
      await here.clock.run(1_000);
      const there = here.line.watch({ address: lucy, correlation });
      there.signal({ type: 'answered' });
      await here.clock.run(3_000);
      there.signal(over);
      await here.clock.run(60_000);
      assert.deepEqual(
        [recent(here, call.id).reason, here.workspace.$recentCalls.get().calls.length],
        ['completed', 1],
      );
      assert.equal(here.crm.activitiesWritten.length, 1);
      assert.equal(here.crm.activitiesWritten[0]?.outcome, 'completed');
      await here.workspace.stop();
    });
  }

  it('rang here too and ended unanswered there: missed, once', async () => {
    const here = await desk();
    const call = here.line.ring({ address: lucy, correlation: 'one-call' });
    here.line.watch({ address: lucy, correlation: 'one-call' }).signal({ ...over, reason: 'missed' });
    call.signal({ ...over, reason: 'missed' });
    await here.clock.run(0);
    assert.deepEqual([recent(here, call.id).reason, here.workspace.$recentCalls.get().calls.length], ['missed', 1]);
    await here.workspace.stop();
  });

  it('is the same one in the tab that leads next', async () => {
    const inside = browser();
    const first = await desk(inside);
    const call = first.line.watch({ address: lucy, correlation: 'there' });
    call.signal({ type: 'answered' });
    await inside.clock.run(10_000);
    first.kill();
    const after = await desk(inside);
    const again = after.line.watch({ address: lucy, correlation: 'there' });
    again.signal({ type: 'answered' });
    await inside.clock.run(5_000);
    again.signal(over);
    await inside.clock.run(60_000);
    assert.deepEqual(
      [recent(after, call.id).reason, after.workspace.$recentCalls.get().calls.length],
      ['completed', 1],
    );
    assert.ok((inside.crm.activitiesWritten[0]?.durationMs ?? 0) >= 15_000);
    assert.equal(inside.crm.activitiesWritten.length, 1);
    await after.workspace.stop();
  });
});

describe('an own call of a page that is gone, seen through the server', () => {
  /** Ann talks, or is being rung, and her page is gone; the next one sees the dialog there. */
  async function reloaded(
    inside: Browser,
    answered: boolean,
    mayTakeBack: boolean,
  ): Promise<{ after: Desk; id: string }> {
    const first = await desk(inside, { line: scriptedLine({ resumable: true }) });
    const { id } = first.line.ring({ address: lucy, correlation: 'one-call' });
    await inside.clock.run(1_000);
    if (answered) await first.workspace.answer(id);
    await inside.clock.run(6_000);
    first.kill();
    const line = scriptedLine({ resumable: true });
    if (!mayTakeBack) line.resume = () => Promise.reject(new MultiLineError('refused'));
    const after = newDesk(inside, { line });
    await after.workspace.start();
    return { after, id };
  }

  for (const mayTakeBack of [true, false])
    it(`stands there once, ${mayTakeBack ? 'taken back' : 'interrupted'}, whenever it is seen`, async () => {
      const inside = browser();
      const { after, id } = await reloaded(inside, true, mayTakeBack);
      for (const ms of [0, 1_000, 5_000]) {
        const seen = after.line.watch({ address: lucy, correlation: 'one-call' });
        seen.signal({ type: 'answered' });
        await inside.clock.run(ms);
      }
      const { calls } = after.workspace.$recentCalls.get();
      assert.deepEqual(
        calls.map(({ id: one, device, reason }) => [one, device, reason]),
        [[id, 'here', mayTakeBack ? undefined : 'interrupted']],
      );
      await after.workspace.stop();
    });

  it('that rang and is answered on another phone goes on there, and was never missed', async () => {
    const inside = browser();
    const { after, id } = await reloaded(inside, false, false);
    await inside.clock.run(1_000);
    const there = after.line.watch({ address: lucy, correlation: 'one-call' });
    there.signal({ type: 'answered' });
    await inside.clock.run(5_000);
    there.signal(over);
    await inside.clock.run(60_000);
    const { calls } = after.workspace.$recentCalls.get();
    assert.deepEqual(
      calls.map(({ id: one, reason }) => [one, reason]),
      [[id, 'completed']],
    );
    assert.deepEqual(
      inside.crm.activitiesWritten.map(({ outcome }) => outcome),
      ['completed'],
    );
    await after.workspace.stop();
  });

  it('nobody is watched before this phone has said which calls are its own', async () => {
    const inside = browser();
    const asked: string[] = [];
    const first = await desk(inside, { line: scriptedLine({ resumable: true }) });
    first.line.ring({ address: lucy });
    await inside.clock.run(6_000);
    first.kill();
    const line = scriptedLine({ resumable: true });
    const { resume, onWatched } = line;
    line.resume = (token) => {
      asked.push('resume');
      return resume!(token);
    };
    line.onWatched = (listener) => {
      asked.push('watch');
      return onWatched!(listener);
    };
    const after = await desk(inside, { line });
    assert.deepEqual(asked, ['resume', 'watch']);
    await after.workspace.stop();
  });
});

describe('a call that another device carries', () => {
  it('tells how far it is, and more than one is not asked for at a time', async () => {
    const line = scriptedLine({ device: 'elsewhere' });
    const here = await desk(browser(), { line });
    const { $call } = await here.workspace.dial(lucy);
    for (const stage of ['calling-device', 'confirming', 'calling'] as const) {
      line.dialed[0]?.signal({ type: 'stage', stage });
      assert.equal($call.get().stage, stage);
    }
    await assert.rejects(here.workspace.dial(stranger), { code: 'in-call' });
    line.dialed[0]?.signal({ type: 'answered' });
    assert.deepEqual([$call.get().stage, $call.get().device], [undefined, 'elsewhere']);
    await here.workspace.stop();
  });
});
