import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MultiLineError, type Crm } from '../index.ts';
import { scriptedLine } from '@multiline/testing';
import { browser, desk, lucy, type Browser, type Desk } from '../../test/desk.ts';

const from = { address: lucy, correlation: 'call-1' };

/** The call rings again, is the same one, is answered, and is logged as it ended. */
async function answered(inside: Browser, { line, workspace, call }: Desk, id: string): Promise<void> {
  line.ring(from);
  await inside.clock.run(500);
  assert.equal(call().id, id);
  assert.equal(call().phase, 'ringing');
  assert.equal(workspace.$recentCalls.get().calls.length, 1);
  await workspace.answer(id);
  await workspace.saveNotes(id, 'Wants the renewal.');
  await inside.clock.run(7_000);
  await workspace.hangUp(id);
  await inside.clock.run(120_000);
  const [only, ...others] = workspace.$recentCalls.get().calls;
  assert.deepEqual(others, []);
  assert.equal(only?.reason, 'completed');
  assert.equal(only?.log.state, 'delivered');
  assert.equal(inside.crm.activitiesWritten.length, 1);
  const [written] = inside.crm.activitiesWritten;
  assert.equal(written?.outcome, 'completed');
  assert.equal(written?.durationMs, 7_000);
  assert.equal(written?.notes, 'Wants the renewal.');
  assert.deepEqual(workspace.$tray.get(), { items: [], waiting: 0 });
  await workspace.stop();
}

async function ringing(): Promise<{ inside: Browser; first: Desk; id: string }> {
  const inside = browser();
  const first = await desk(inside);
  const { id } = first.line.ring(from);
  await inside.clock.run(2_000);
  return { inside, first, id };
}

describe('a call that rings again', () => {
  it('after a reload is the call that rang before', async () => {
    const { inside, first, id } = await ringing();
    first.kill();
    await answered(inside, await desk(inside), id);
  });

  it('in another tab, when the ringing one is gone, is the call that rang there', async () => {
    const { inside, first, id } = await ringing();
    const other = await desk(inside);
    first.kill();
    await inside.clock.run(0);
    await answered(inside, other, id);
  });

  it('after it was logged as missed is logged anew as it ended', async () => {
    const { inside, first, id } = await ringing();
    first.kill();
    const after = await desk(inside);
    await inside.clock.run(5_000);
    assert.equal(inside.crm.activitiesWritten[0]?.outcome, 'missed');
    await answered(inside, after, id);
  });

  it('while its missed log is under way is logged as it ended all the same', async () => {
    const { inside, first, id } = await ringing();
    first.kill();
    inside.crm.hang(1, 'logActivity');
    await answered(inside, await desk(inside), id);
  });

  it('while nobody knows whether its missed log was written is written as the same activity all the same', async () => {
    const { inside, first, id } = await ringing();
    first.kill();
    const line = scriptedLine();
    // It looks before it creates only when it is told that it may be there.
    const uncertain: (boolean | undefined)[] = [];
    const { crm } = inside;
    const doubtful: Crm = {
      ...crm,
      logActivity(key, activity, options, signal) {
        uncertain.push(options?.uncertain);
        if (uncertain.length === 1) return Promise.reject(new MultiLineError('timeout'));
        return crm.logActivity(key, activity, options, signal);
      },
    };
    const after = await desk(inside, { line, crm: doubtful });
    await inside.clock.run(500);
    assert.equal(uncertain.length, 1);
    await answered(inside, after, id);
    assert.equal(uncertain[1], true);
  });

  it('long after is another call', async () => {
    const { inside, first, id } = await ringing();
    first.line.calls[0]?.signal({ type: 'ended', reason: 'missed', by: 'them' });
    await inside.clock.run(10 * 60_000);
    first.line.ring({ ...from });
    await inside.clock.run(0);
    assert.notEqual(first.call().id, id);
    await first.workspace.stop();
  });
});
