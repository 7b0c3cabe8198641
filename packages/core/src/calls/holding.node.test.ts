import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { atom } from 'nanostores';
import { MultiLineError, presets, type Call } from '../index.ts';
import { scriptedLine, type ScriptedCall } from '@multiline/testing';
import { browser, desk, lucy, stranger, type Browser, type Desk } from '../../test/desk.ts';

const ended = { type: 'ended', reason: 'completed', by: 'them' } as const;

const states = ({ workspace }: Desk): (string | undefined)[] =>
  workspace.$calls.get().map(({ phase, hold }) => (phase === 'active' ? (hold ?? 'speaks') : phase));
const byId = ({ workspace }: Desk, id: string): Call | undefined =>
  workspace.$calls.get().find((call) => call.id === id);

async function talking(here: Desk, address: string): Promise<ScriptedCall> {
  const call = here.line.ring({ address });
  await here.clock.run(0);
  await here.workspace.answer(call.id);
  return call;
}

describe('several calls', () => {
  it('answering the second lets the first wait; swap changes who speaks; one ends, the other goes on waiting', async () => {
    const here = await desk();
    const first = await talking(here, lucy);
    const second = await talking(here, stranger);
    assert.deepEqual(states(here), ['us', 'speaks']);
    assert.deepEqual(first.asked, ['answer', 'hold']);
    await here.workspace.swap(first.id);
    assert.deepEqual(states(here), ['speaks', 'us']);
    await here.workspace.swap(first.id);
    assert.deepEqual(states(here), ['us', 'speaks']);
    second.signal(ended);
    assert.equal(byId(here, first.id)?.hold, 'us');
    await here.workspace.resume(first.id);
    assert.equal(byId(here, first.id)?.hold, undefined);
    await here.workspace.stop();
  });

  it('a further call may be dialed once everybody waits', async () => {
    const here = await desk();
    const first = await talking(here, lucy);
    await assert.rejects(here.workspace.dial(stranger), { code: 'in-call' });
    await here.workspace.hold(first.id);
    const call = await here.workspace.dial(stranger);
    assert.equal(call.$call.get().phase, 'connecting');
    await assert.rejects(here.workspace.resume(first.id), { code: 'in-call' });
    assert.equal(byId(here, first.id)?.failure?.code, 'in-call');
    await here.workspace.stop();
  });

  it('who waits for the line’s word is pending and still speaks; what it refuses is said', async () => {
    const line = scriptedLine({ obliging: false });
    const here = await desk(browser(), { line });
    line.status({ state: 'registered' });
    const call = await talking(here, lucy);
    call.signal({ type: 'answered' });
    await here.workspace.hold(call.id);
    assert.deepEqual([here.call().pending, here.call().hold], ['hold', undefined]);
    call.signal({ type: 'held', by: 'us', held: true });
    assert.deepEqual([here.call().pending, here.call().hold], [null, 'us']);
    call.hold = () => Promise.reject(new MultiLineError('server'));
    await assert.rejects(here.workspace.resume(call.id), { code: 'server' });
    assert.deepEqual([here.call().pending, here.call().hold, here.call().failure?.code], [null, 'us', 'server']);
    await here.workspace.stop();
  });

  it('of two that are taken back at once, one speaks', async () => {
    const here = await desk();
    const [first, second] = [await talking(here, lucy), await talking(here, stranger)];
    await here.workspace.hold(second.id);
    const both = await Promise.allSettled([here.workspace.resume(first.id), here.workspace.resume(second.id)]);
    assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    assert.deepEqual(states(here).sort(), ['speaks', 'us']);
    await here.workspace.stop();
  });

  it('more than the policy allows are neither dialed nor let ring', async () => {
    const policy = presets.default({ calls: { max: 2 } });
    const here = await desk(browser(), { policy });
    const [, second] = [await talking(here, lucy), await talking(here, '+14155550102')];
    await here.workspace.hold(second.id);
    await assert.rejects(here.workspace.dial(stranger), { code: 'too-many-calls' });
    const third = here.line.ring({ address: stranger });
    await here.clock.run(0);
    assert.deepEqual(third.asked, ['decline busy']);
    await here.workspace.stop();
  });

  it('what the line cannot do is not offered and says so', async () => {
    const here = await desk(browser(), {
      line: scriptedLine({ without: ['hold', 'transfer', 'redirect', 'record', 'mix'] }),
    });
    const call = await talking(here, lucy);
    for (const attempt of [
      here.workspace.hold(call.id),
      here.workspace.transfer(call.id, '1002'),
      here.workspace.record(call.id, 'start'),
    ])
      await assert.rejects(attempt, { code: 'unsupported' });
    const { hold, transfer, conference, redirect, record, digits } = here.workspace.$capabilities.get();
    assert.deepEqual([hold, transfer, conference, redirect, record, digits], [false, false, false, false, false, true]);
    await here.workspace.stop();
  });

  it('a recorder that is asked for is offered from its yes on, in every tab, and not before', async () => {
    const $records = atom(false);
    const inside: Browser = browser();
    const first = await desk(inside, { line: { ...scriptedLine(), $records } });
    const other = await desk(inside);
    await talking(first, lucy);
    const offered = (): boolean[] => [first, other].map(({ workspace }) => workspace.$capabilities.get().record);
    const seen: boolean[] = [];
    other.workspace.$capabilities.listen(({ record }) => seen.push(record));
    await inside.clock.run(0);
    assert.deepEqual(offered(), [false, false]);
    $records.set(true);
    await inside.clock.run(0);
    assert.deepEqual(offered(), [true, true]);
    await talking(first, stranger);
    assert.equal(seen.lastIndexOf(false) < seen.indexOf(true), true);
    await other.workspace.stop();
    await first.workspace.stop();
  });

  it('what it can is known in every tab', async () => {
    const inside: Browser = browser();
    const first = await desk(inside);
    const other = await desk(inside);
    await talking(first, lucy);
    await inside.clock.run(0);
    const { hold, transfer, conference, redirect, record } = other.workspace.$capabilities.get();
    assert.deepEqual([hold, transfer, conference, redirect, record], [true, true, true, true, true]);
    await other.workspace.hold(first.call().id);
    assert.equal(first.call().hold, 'us');
    await other.workspace.stop();
    await first.workspace.stop();
  });
});

describe('holding', () => {
  it('[MV-27] lets the other side wait and takes it back; a waiting call can be sent on as it is', async () => {
    const here = await desk();
    const call = await talking(here, lucy);
    await here.workspace.hold(call.id);
    assert.equal(here.call().hold, 'us');
    call.signal({ type: 'held', by: 'them', held: true });
    assert.equal(here.call().hold, 'both');
    call.signal({ type: 'held', by: 'them', held: false });
    await here.workspace.resume(call.id);
    assert.equal(here.call().hold, undefined);
    await here.workspace.hold(call.id);
    await here.workspace.transfer(call.id, '1002');
    assert.equal(here.call().reason, 'transferred');
    assert.deepEqual(call.asked, ['answer', 'hold', 'resume', 'hold', 'transfer 1002']);
    await here.workspace.stop();
  });

  it('[MV-28] a call that waits for too long rings for us, also in the tab that leads next; taking it back ends that', async () => {
    const inside = browser();
    const policy = presets.default({ calls: { holdRecallMs: 60_000 } });
    const first = await desk(inside, { policy, line: scriptedLine({ resumable: true }) });
    const call = await talking(first, lucy);
    await first.workspace.hold(call.id);
    await inside.clock.run(30_000);
    first.kill();
    const after = await desk(inside, { policy, line: scriptedLine({ resumable: true }) });
    await inside.clock.run(29_000);
    assert.deepEqual([after.call().recalled, after.attention.ringing], [undefined, false]);
    await inside.clock.run(2_000);
    assert.deepEqual([after.call().recalled, after.attention.ringing], ['hold', true]);
    await after.workspace.resume(call.id);
    assert.deepEqual([after.call().recalled, after.attention.ringing], [undefined, false]);
    await after.workspace.stop();
  });
});
