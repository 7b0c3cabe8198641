import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { filterCalls, presets, type Call, type EndReason, type RecentCallsFilter } from '../index.ts';
import { memoryStorage } from '@multiline/testing';
import { browser, desk, lucy, receiveCall, recent, stranger, type Desk } from '../../test/desk.ts';

const limits = { all: 30, missed: 10, received: 10, dialed: 10 };
const policy = presets.multiline({ lists: limits });

async function miss({ line, clock }: Desk, reason: EndReason = 'missed'): Promise<string> {
  const call = line.ring({ address: lucy });
  await clock.run(1_000);
  call.signal({ type: 'ended', reason, by: 'them' });
  await clock.run(1_000);
  return call.id;
}
async function dial({ line, workspace, clock }: Desk, answered: boolean): Promise<string> {
  const { id } = await workspace.dial(lucy);
  const call = line.dialed.at(-1);
  if (answered) call?.signal({ type: 'answered' });
  await clock.run(1_000);
  call?.signal({ type: 'ended', reason: answered ? 'completed' : 'no-answer', by: 'them' });
  await clock.run(1_000);
  return id;
}

const shown = ({ workspace }: Desk, filter: RecentCallsFilter): readonly Call[] =>
  filterCalls(workspace.$recentCalls.get().calls, filter, workspace.policy.lists);
const ids = (calls: readonly Call[]): string[] => calls.map(({ id }) => id);

describe('recent calls', () => {
  it('[MV-05] lists the last 30 calls of every kind, newest first; the store keeps more', async () => {
    const here = await desk(browser(), { policy });
    const made: string[] = [];
    for (let i = 0; i < 12; i++) {
      made.unshift(await miss(here));
      made.unshift(await dial(here, i % 2 === 0));
      made.unshift((await receiveCall(here, lucy, 1_000)).id);
    }
    assert.deepEqual(ids(shown(here, 'all')), made.slice(0, 30));
    assert.equal(here.workspace.$recentCalls.get().calls.length, 36);
    await here.workspace.stop();
  });

  it('[MV-06] lists the last 10 incoming calls nobody answered, newest first', async () => {
    const here = await desk(browser(), { policy });
    const made: string[] = [];
    for (let i = 0; i < 12; i++) made.unshift(await miss(here));
    await miss(here, 'declined');
    await miss(here, 'answered-elsewhere');
    await receiveCall(here, lucy);
    await dial(here, false);
    assert.deepEqual(ids(shown(here, 'missed')), made.slice(0, 10));
    await here.workspace.stop();
  });

  it('[MV-07] lists the last 10 calls made, completed or not, newest first', async () => {
    const here = await desk(browser(), { policy });
    const made: string[] = [];
    for (let i = 0; i < 12; i++) made.unshift(await dial(here, i % 3 === 0));
    await miss(here);
    assert.deepEqual(ids(shown(here, 'dialed')), made.slice(0, 10));
    await here.workspace.stop();
  });

  it('[MV-08] lists the last 10 answered calls, newest first, also those answered on another device', async () => {
    const here = await desk(browser(), { policy });
    const made: string[] = [];
    for (let i = 0; i < 11; i++) made.unshift((await receiveCall(here, lucy, 1_000)).id);
    made.unshift(await miss(here, 'answered-elsewhere'));
    await miss(here);
    assert.deepEqual(ids(shown(here, 'received')), made.slice(0, 10));
    await here.workspace.stop();
  });

  it('[ML-52] lists a call of a number nobody knows, in and out', async () => {
    const here = await desk();
    await receiveCall(here, stranger);
    await here.workspace.dial('+14155550198');
    assert.deepEqual(
      shown(here, 'all').map(({ number }) => number),
      ['+14155550198', stranger],
    );
    await here.workspace.stop();
  });

  it('lists without a limit where the policy has none', () => {
    const calls = Array.from({ length: 60 }, (_, id) => ({ id: String(id), direction: 'outbound' }) as Call);
    assert.equal(filterCalls(calls, 'all', presets.default().lists).length, 60);
  });

  it('are there after a reload, live state and notes included', async () => {
    const inside = browser();
    const first = await desk(inside);
    const { id } = await receiveCall(first, lucy);
    await first.workspace.saveNotes(id, 'Kept.');
    await first.workspace.stop();
    const second = await desk(inside);
    assert.equal(second.workspace.$recentCalls.get().state, 'ready');
    assert.equal(recent(second, id).notes.saved, 'Kept.');
    assert.equal(recent(second, id).match.record?.name, 'Lucy Hall');
    await second.workspace.stop();
  });

  it('page back through all of storage, also when a call of long ago has just changed', async () => {
    const inside = browser();
    const first = await desk(inside);
    const made: string[] = [];
    for (let i = 0; i < 230; i++) made.unshift(await miss(first));
    await first.workspace.stop();
    const second = await desk(inside);
    await second.workspace.saveNotes(made.at(-1)!, 'Of long ago.');
    assert.equal(second.workspace.$recentCalls.get().calls.length, 101);
    assert.equal(await second.workspace.loadOlder(), true);
    assert.equal(await second.workspace.loadOlder(), true);
    assert.equal(await second.workspace.loadOlder(), false);
    assert.deepEqual(ids(second.workspace.$recentCalls.get().calls), made);
    await second.workspace.stop();
  });

  it('let the oldest of a long shift go from memory, not from storage', async () => {
    const here = await desk();
    const made: string[] = [];
    for (let i = 0; i < 250; i++) made.unshift(await miss(here));
    assert.deepEqual(ids(here.workspace.$recentCalls.get().calls), made.slice(0, 200));
    await here.workspace.saveNotes(made.at(-1)!, 'Of this morning.');
    assert.equal(await here.workspace.loadOlder(), true);
    assert.deepEqual(ids(here.workspace.$recentCalls.get().calls), made);
    assert.equal(recent(here, made.at(-1)!).notes.saved, 'Of this morning.');
    // Who has gone back so far keeps what was asked for.
    made.unshift(await miss(here));
    assert.deepEqual(ids(here.workspace.$recentCalls.get().calls), made);
    await here.workspace.stop();
  });

  it('keep a call in view that lives longer than many others', async () => {
    const here = await desk();
    const long = here.line.ring({ address: lucy });
    await here.clock.run(0);
    await here.workspace.answer(long.id);
    await here.workspace.hold(long.id);
    for (let i = 0; i < 210; i++) await miss(here);
    assert.equal(recent(here, long.id).phase, 'active');
    await here.workspace.stop();
  });

  it('say that they cannot be read, and show what comes in all the same', async () => {
    const inside = browser();
    const storage = (await desk(inside)).storage;
    const broken = {
      ...storage,
      open: async () => undefined,
      list: () => Promise.reject(new Error('gone')),
      close: async () => undefined,
    };
    const here = await desk(browser(), { storage: broken });
    assert.equal(here.workspace.$recentCalls.get().state, 'failed');
    const { id } = await receiveCall(here, lucy);
    assert.equal(recent(here, id).phase, 'ended');
    await here.workspace.stop();
  });

  it('shows the log of a call that was delivered while a new tab read its list', async () => {
    const inside = browser();
    const here = await desk(inside);
    const { id } = await receiveCall(here, lucy, 1_000);
    const row = await here.storage.read('calls', id);
    const { call } = row?.value as { call: Call };
    // What the new tab reads is a moment older than what the leading one tells it.
    const older = { ...call, log: { state: 'pending', why: null } };
    const storage = memoryStorage({ disk: inside.disk });
    const { list } = storage;
    storage.list = async (table, options) =>
      table === 'calls'
        ? [{ key: id, at: call.startedAt, value: { call: older } }]
        : list.call(storage, table, options);
    const other = await desk(inside, { storage });
    assert.deepEqual(
      other.workspace.$recentCalls.get().calls.map(({ log }) => log.state),
      ['delivered'],
    );
    await other.workspace.stop();
    await here.workspace.stop();
  });
});
