import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MultiLineError, presets, type Crm } from '../index.ts';
import { memoryCrm } from '@multiline/testing';
import { browser, desk, lucy, newDesk, receiveCall, recent, stranger, type Desk } from '../../test/desk.ts';

const logOf = (here: Desk, id: string) => recent(here, id).log;
const writes = ({ crm }: Desk): number => crm.served.filter((verb) => verb.startsWith('logActivit')).length;

describe('delivery', () => {
  it('[ML-12] logs every call by itself, once, and says why this record', async () => {
    const here = await desk();
    const { id } = await receiveCall(here, lucy);
    assert.equal(logOf(here, id).state, 'delivered');
    assert.equal(logOf(here, id).why?.code, 'only-match');
    assert.deepEqual(here.workspace.$tray.get(), { items: [], waiting: 0 });
    assert.equal(here.crm.activitiesWritten.length, 1);
    assert.equal(here.crm.activitiesWritten[0]?.record?.id, 'contact-lucy');
    assert.equal(here.crm.activitiesWritten[0]?.correlation, 'tab1-scripted-1@sandbox.test');
    await here.workspace.stop();
  });

  it('needs two requests from ring to log, notes saved in mid-call included (P5)', async () => {
    const here = await desk();
    const before = here.crm.requests;
    const call = here.line.ring({ address: lucy });
    await here.workspace.answer(call.id);
    await here.workspace.saveNotes(call.id, 'One.');
    await here.workspace.saveNotes(call.id, 'Two.');
    call.signal({ type: 'ended', reason: 'completed', by: 'them' });
    await here.clock.run(0);
    assert.deepEqual(here.crm.served.slice(before), ['identify', 'logActivity']);
    assert.equal(here.crm.activitiesWritten[0]?.notes, 'Two.');
    await here.workspace.stop();
  });

  it('remembers that a write may have been done while a person has to decide', async () => {
    const inside = browser();
    const doubts: unknown[] = [];
    const crm = Object.assign(Object.create(inside.crm) as typeof inside.crm, {
      logActivity: (...[key, activity, options, signal]: Parameters<Crm['logActivity']>) => {
        doubts.push(options?.uncertain);
        return inside.crm.logActivity(key, activity, options, signal);
      },
    });
    const here = await desk(inside, { crm });
    here.crm.cutAfterWrite(1, 'logActivity');
    const { id } = await receiveCall(here, lucy);
    assert.equal(logOf(here, id).state, 'waiting');
    here.crm.remove({ kind: 'Contact', id: 'contact-lucy' });
    await here.workspace.rematch(id);
    await here.clock.run(60_000);
    assert.equal(logOf(here, id).state, 'held');
    await here.workspace.saveNotes(id, 'About the anvil.');
    await here.workspace.associate(id, { kind: 'Lead', id: 'lead-larry', name: 'Larry Thomas' });
    await here.clock.run(60_000);
    assert.deepEqual(doubts.slice(0, 2), [undefined, true]);
    assert.deepEqual(
      here.crm.activitiesWritten.map(({ record, notes }) => [record?.id, notes]),
      [['lead-larry', 'About the anvil.']],
    );
    await here.workspace.stop();
  });

  it('writes once though the connection was cut after the write was done', async () => {
    const here = await desk();
    here.crm.cutAfterWrite(1, 'logActivity');
    const { id } = await receiveCall(here, lucy);
    assert.equal(logOf(here, id).state, 'waiting');
    assert.equal(logOf(here, id).failure?.code, 'network');
    assert.equal(here.workspace.$tray.get().items[0]?.reason, 'not-logged');
    await here.clock.run(1_000);
    assert.equal(logOf(here, id).state, 'delivered');
    assert.equal(logOf(here, id).failure, undefined);
    assert.equal(here.crm.activitiesWritten.length, 1);
    await here.workspace.stop();
  });

  it('gives a CRM that hangs half a minute, then tries again; also one that does not listen to the signal', async () => {
    const inside = browser();
    const deaf: Crm = {
      ...inside.crm,
      logActivity: (key, activity, options) => inside.crm.logActivity(key, activity, options),
    };
    for (const crm of [inside.crm, deaf]) {
      const here = await desk(inside, { crm });
      inside.crm.hang(1, 'logActivity');
      const { id } = await receiveCall(here, lucy);
      assert.equal(logOf(here, id).state, 'delivering');
      await here.clock.run(29_000);
      assert.equal(logOf(here, id).state, 'delivering');
      await here.clock.run(2_500);
      assert.equal(logOf(here, id).state, 'delivered');
      await here.workspace.stop();
    }
    assert.equal(inside.crm.activitiesWritten.length, 2);
  });

  it('tries a CRM that fails twice as late each time, never the same for everybody, a minute at most', async () => {
    const inside = browser();
    const times: number[] = [];
    const crm: Crm = {
      ...inside.crm,
      logActivity() {
        times.push(inside.clock.now());
        return Promise.reject(new MultiLineError('server'));
      },
    };
    const here = await desk(inside, { crm });
    await receiveCall(here, lucy);
    await here.clock.run(20 * 60_000);
    const waits = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    for (const [index, wait] of waits.entries()) {
      const longest = Math.min(60_000, 1_000 * 2 ** index);
      assert.ok(wait >= longest / 2 && wait <= longest, `wait ${index}: ${wait}`);
    }
    assert.ok(waits.length >= 20 && new Set(waits.slice(7)).size > 1);
    await here.workspace.stop();
  });

  it('backs off as well while the CRM cannot say who called', async () => {
    const here = await desk();
    here.crm.fail(1_000, new MultiLineError('network'), 'identify');
    await receiveCall(here, lucy);
    const before = here.crm.requests;
    await here.clock.run(10 * 60_000);
    assert.ok(here.crm.requests - before < 25, `${here.crm.requests - before} requests`);
    here.crm.clear();
    await here.clock.run(61_000);
    assert.equal(here.crm.activitiesWritten.length, 1);
    await here.workspace.stop();
  });

  it('waits as long as a limit says, for all, and says when it goes on', async () => {
    const inside = browser();
    const here = await desk(inside);
    const retryAt = inside.clock.now() + 10 * 60_000;
    here.crm.fail(1, new MultiLineError('limit', { retryAt }), 'logActivity');
    const first = await receiveCall(here, lucy);
    const second = await receiveCall(here, '+14155550102');
    assert.equal(logOf(here, first.id).retryAt, retryAt);
    here.line.status({ state: 'reconnecting', failure: { code: 'network', message: '', retryable: true } });
    here.line.status({ state: 'registered' });
    await here.clock.run(9 * 60_000);
    assert.equal(writes(here), 1);
    await here.clock.run(61_000);
    assert.deepEqual([logOf(here, first.id).state, logOf(here, second.id).state], ['delivered', 'delivered']);
    await here.workspace.stop();
  });

  it('keeps to the limit over a reload; a person may try all the same', async () => {
    const inside = browser();
    const first = await desk(inside);
    first.crm.fail(1, new MultiLineError('limit', { retryAt: inside.clock.now() + 3_600_000 }), 'logActivity');
    const { id } = await receiveCall(first, lucy);
    await first.workspace.stop();
    const here = await desk(inside);
    await here.clock.run(60_000);
    assert.equal(writes(here), 1);
    await here.workspace.retryLog(id);
    await here.clock.run(0);
    assert.equal(logOf(here, id).state, 'delivered');
    await here.workspace.stop();
  });

  it('a limit that names a time in the past does not become a storm', async () => {
    const here = await desk();
    here.crm.fail(1_000, new MultiLineError('limit', { retryAt: 1 }), 'logActivity');
    await receiveCall(here, lucy);
    await here.clock.run(30_000);
    assert.ok(writes(here) <= 40, `${writes(here)} requests`);
    await here.workspace.stop();
  });

  it('401 in mid-call: an ended session is tried again, a refused sign-in waits for a person, then all goes out', async () => {
    const here = await desk();
    here.crm.fail(1, new MultiLineError('auth-expired'), 'logActivity');
    const { id } = await receiveCall(here, lucy);
    await here.clock.run(1_000);
    assert.equal(logOf(here, id).state, 'delivered');

    here.crm.fail(1, new MultiLineError('auth-failed'), 'logActivity');
    const refused = await receiveCall(here, lucy);
    assert.equal(logOf(here, refused.id).state, 'attention');
    const later = await receiveCall(here, lucy);
    await here.clock.run(61_000);
    assert.deepEqual([logOf(here, refused.id).state, logOf(here, later.id).state], ['delivered', 'delivered']);
    assert.equal(here.crm.activitiesWritten.length, 3);
    await here.workspace.stop();
  });

  it('a clock set back by a day delays nothing', async () => {
    const here = await desk();
    here.crm.fail(3, new MultiLineError('server'), 'logActivity');
    await receiveCall(here, lucy);
    here.clock.shift(-24 * 3_600_000);
    const second = await receiveCall(here, '+14155550102');
    await here.clock.run(120_000);
    assert.equal(here.crm.activitiesWritten.length, 2);
    assert.equal(logOf(here, second.id).state, 'delivered');
    await here.workspace.stop();
  });

  it('a colleague is no record to log under: the call is logged, once, under none', async () => {
    const here = await desk();
    const { id } = await receiveCall(here, '1002');
    assert.equal(recent(here, id).match.record?.name, 'Bob Agent');
    assert.deepEqual(
      here.crm.activitiesWritten.map(({ record, direction }) => [record, direction]),
      [[null, 'internal']],
    );
    await here.clock.run(60_000);
    assert.equal(writes(here), 1);
    await here.workspace.stop();
  });

  it('writes nothing in another user’s name: what waits of Ann waits for Ann', async () => {
    const inside = browser();
    const ann = await desk(inside);
    ann.crm.fail(1, new MultiLineError('limit', { retryAt: inside.clock.now() + 60_000 }), 'logActivity');
    await receiveCall(ann, lucy);
    await ann.workspace.stop();
    await inside.clock.run(120_000);
    const bobs = memoryCrm({ clock: inside.clock, me: { ref: { kind: 'User', id: 'user-bob' }, name: 'Bob Agent' } });
    const bob = newDesk({ ...inside, crm: bobs });
    await bob.workspace.start();
    await inside.clock.run(60_000);
    assert.deepEqual(bobs.activitiesWritten, []);
    assert.equal(bob.workspace.$user.get().name, 'Bob Agent');
    assert.deepEqual(bob.workspace.$recentCalls.get().calls, []);
    await bob.workspace.stop();
  });

  it('the stranger of a preset that logs without a record is logged', async () => {
    const here = await desk(browser(), { policy: presets.default({ log: { unknown: 'without-record' } }) });
    await receiveCall(here, stranger);
    assert.deepEqual(
      here.crm.activitiesWritten.map(({ record, number }) => [record, number]),
      [[null, stranger]],
    );
    await here.workspace.stop();
  });
});
