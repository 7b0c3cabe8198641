import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MultiLineError, type FactType, type LineCall } from '../index.ts';
import { scriptedLine, type ScriptedLine } from '@multiline/testing';
import { browser, desk, lucy, recent, stranger, type Browser, type Desk } from '../../test/desk.ts';

const resumable = (): ScriptedLine => scriptedLine({ resumable: true });
const over = { type: 'ended', reason: 'completed', by: 'them' } as const;

async function talking(inside: Browser): Promise<{ first: Desk; id: string }> {
  const first = await desk(inside, { line: resumable() });
  const { id } = first.line.ring({ address: lucy });
  await inside.clock.run(2_000);
  await first.workspace.answer(id);
  await first.workspace.draftNotes(id, 'Wants the ren');
  await inside.clock.run(10_000);
  return { first, id };
}

function count(facts: readonly FactType[], type: FactType): number {
  return facts.filter((one) => one === type).length;
}

describe('a call whose tab is gone', () => {
  for (const [title, mirrored] of [
    ['after a reload', false],
    ['in the tab that leads next', true],
  ] as const) {
    it(`${title} is taken back: the same call, its answer, notes and match; its one log tells all of it`, async () => {
      const inside = browser();
      const { first, id } = await talking(inside);
      const { answeredAt } = first.call();
      const line = resumable();
      const other = mirrored ? await desk(inside, { line }) : null;
      await inside.clock.run(0);
      first.kill();
      const after = other ?? (await desk(inside, { line }));
      await inside.clock.run(1_000);
      const { phase, device, reconnecting, notes, match, answeredAt: then } = after.call();
      assert.deepEqual(
        [after.call().id, phase, device, reconnecting, then],
        [id, 'active', 'here', undefined, answeredAt],
      );
      assert.deepEqual([notes.text, match.record?.name], ['Wants the ren', 'Lucy Hall']);
      assert.equal(count(after.facts, 'ml-call-ended'), 0);
      await inside.clock.run(5_000);
      await after.workspace.hangUp(id);
      await inside.clock.run(60_000);
      const [written, ...more] = inside.crm.activitiesWritten;
      assert.deepEqual([written?.outcome, written?.durationMs, more.length], ['completed', 16_000, 0]);
      await after.workspace.stop();
    });
  }

  it('is hung up where the line takes it back after that was given up', async () => {
    const inside = browser();
    const { first, id } = await talking(inside);
    first.kill();
    const scripted = resumable();
    const slow = (token: string): Promise<LineCall> =>
      new Promise((resolve) => inside.clock.at(inside.clock.now() + 9_000, () => resolve(scripted.resume!(token))));
    const after = await desk(inside, { line: { ...scripted, resume: slow } });
    await inside.clock.run(10_000);
    assert.deepEqual([recent(after, id).reason, scripted.calls.at(-1)?.asked.at(-1)], ['interrupted', 'hang-up']);
    await after.workspace.stop();
  });

  it('with one on hold: it waits on, the other speaks, muted as it was', async () => {
    const inside = browser();
    const { first, id } = await talking(inside);
    const second = first.line.ring({ address: stranger });
    await inside.clock.run(0);
    await first.workspace.answer(second.id);
    await first.workspace.mute(second.id);
    first.kill();
    const line = resumable();
    const after = await desk(inside, { line });
    await inside.clock.run(0);
    const calls = after.workspace.$calls.get();
    const held = calls.find((call) => call.id === id);
    const spoken = calls.find((call) => call.id === second.id);
    assert.deepEqual([held?.hold, spoken?.hold, spoken?.muted], ['us', undefined, true]);
    assert.deepEqual(line.calls.map(({ asked }) => asked.join()).sort(), ['hold', 'mute']);
    await after.workspace.swap(id);
    await after.workspace.stop();
  });

  for (const [state, refusal] of [
    ['on', undefined],
    ['paused', undefined],
    ['on', new MultiLineError('server', { message: '404 Not Found' })],
  ] as const) {
    it(`that was recorded (${state}) is recorded on${refusal ? ', or says that it is not' : ''}`, async () => {
      const inside = browser();
      const { first, id } = await talking(inside);
      await first.workspace.record(id, 'start');
      if (state === 'paused') await first.workspace.record(id, 'pause');
      await inside.clock.run(0);
      first.kill();
      const line = resumable();
      const { resume } = line;
      line.resume = async (token) => {
        const call = await resume!.call(line, token);
        return refusal ? { ...call, record: () => Promise.reject(refusal) } : call;
      };
      const after = await desk(inside, { line });
      await inside.clock.run(0);
      const { recording, failure } = after.call();
      assert.deepEqual([recording?.state, failure?.code], refusal ? ['done', 'not-recorded'] : [state, undefined]);
      const asked = line.calls.flatMap((call) => call.asked.filter((what) => what.startsWith('record')));
      assert.deepEqual(asked, refusal ? [] : [`record ${state === 'on' ? 'start' : 'pause'}`]);
      await after.workspace.stop();
    });
  }

  it('in a conference goes on in it, and its log tells of before and after', async () => {
    const inside = browser();
    const { first, id } = await talking(inside);
    await first.workspace.consult(id, '1002', 'conference');
    await inside.clock.run(0);
    first.line.dialed[0]?.signal({ type: 'answered' });
    await first.workspace.merge(id);
    first.kill();
    const line = resumable();
    const after = await desk(inside, { line });
    await inside.clock.run(0);
    assert.equal(new Set(after.workspace.$calls.get().map(({ conference }) => conference)).size, 1);
    assert.equal(line.asked.findLast((what) => what.startsWith('mix'))?.split(' ').length, 3);
    await inside.clock.run(20_000);
    await after.workspace.transfer(id, '1003');
    await inside.clock.run(60_000);
    const written = inside.crm.activitiesWritten.filter(({ record }) => record?.id === 'contact-lucy');
    assert.deepEqual(
      written.map(({ notes }) => notes.split('\n')),
      [
        [
          'Wants the ren',
          '',
          'Consulted Bob Agent (1002) after 0:12',
          'Conference with Bob Agent (1002) after 0:12',
          'Transferred to 1003 after 0:32',
        ],
      ],
    );
    await after.workspace.stop();
  });

  it('says that its audio is away meanwhile', async () => {
    const inside = browser();
    const { first } = await talking(inside);
    const line = resumable();
    let refuse: (error: Error) => void = () => undefined;
    line.resume = () => new Promise((_, reject) => (refuse = reject));
    first.kill();
    const after = await desk(inside, { line });
    await inside.clock.run(0);
    assert.deepEqual([after.call().phase, after.call().reconnecting], ['active', true]);
    refuse(new MultiLineError('refused'));
    await inside.clock.run(0);
    assert.equal(after.call().reason, 'interrupted');
    await after.workspace.stop();
  });

  it('that cannot be taken back is interrupted and logged, never lost', async () => {
    const inside = browser();
    const { first, id } = await talking(inside);
    first.kill();
    const line = resumable();
    line.resume = () => new Promise(() => undefined);
    const after = await desk(inside, { line });
    await inside.clock.run(60_000);
    assert.deepEqual([recent(after, id).reason, recent(after, id).log.state], ['interrupted', 'delivered']);
    assert.equal(inside.crm.activitiesWritten.length, 1);
    await after.workspace.stop();
  });

  it('is not asked for after a minute', async () => {
    const inside = browser();
    const { first, id } = await talking(inside);
    first.kill();
    await inside.clock.run(70_000);
    const line = resumable();
    const after = await desk(inside, { line });
    await inside.clock.run(0);
    assert.deepEqual([recent(after, id).reason, line.asked.includes('resume')], ['interrupted', false]);
    await after.workspace.stop();
  });

  it('while it rang rings on, as the same row, and was missed at no moment', async () => {
    const inside = browser();
    const first = await desk(inside, { line: resumable() });
    const { id } = first.line.ring({ address: lucy });
    await inside.clock.run(2_000);
    const line = resumable();
    const other = await desk(inside, { line });
    await inside.clock.run(0);
    const reasons: (string | undefined)[] = [];
    other.workspace.$recentCalls.listen(({ calls }) => reasons.push(calls[0]?.reason));
    first.kill();
    await inside.clock.run(1_000);
    assert.deepEqual([other.call().id, other.call().phase, other.attention.ringing], [id, 'ringing', true]);
    await other.workspace.answer(id);
    line.calls[0]?.signal(over);
    await inside.clock.run(0);
    assert.deepEqual(new Set(reasons), new Set([undefined, 'completed']));
    assert.equal(other.workspace.$recentCalls.get().calls.length, 1);
    await other.workspace.stop();
  });
});
