import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MultiLineError, type Crm, type Host, type Line, type Tabs } from './index.ts';
import { memoryHub, memoryTabs, scriptedLine } from '@multiline/testing';
import { browser, desk, lucy, newDesk, receiveCall, recent, stranger } from '../test/desk.ts';

const broken = (): never => {
  throw new Error('thrown by a port');
};

describe('start and stop', () => {
  it('starting twice, also at once, is one start; a stopped desk starts again and nothing is heard twice', async () => {
    const clicks = new Set<(click: { number: string }) => void>();
    const host: Host = {
      name: 'test',
      onClickToDial: (listener) => (clicks.add(listener), () => clicks.delete(listener)),
    };
    const here = newDesk(browser(), { host });
    await Promise.all([here.workspace.start(), here.workspace.start()]);
    assert.equal(clicks.size, 1);
    await here.workspace.stop();
    assert.deepEqual([clicks.size, here.workspace.$phone.get().line.state], [0, 'off']);
    await here.workspace.stop();
    await here.workspace.start();
    assert.equal(clicks.size, 1);
    const before = here.facts.length;
    const { id } = await receiveCall(here, lucy);
    assert.deepEqual(here.facts.slice(before), [
      'ml-call-incoming',
      'ml-record-matched',
      'ml-call-answered',
      'ml-call-ended',
      'ml-call-logged',
    ]);
    assert.equal(here.workspace.$recentCalls.get().calls.filter((call) => call.id === id).length, 1);
    assert.equal(here.crm.activitiesWritten.length, 1);
    await here.workspace.stop();
  });

  it('a start that fails halfway can be tried again', async () => {
    const inner = memoryTabs(memoryHub());
    let fails = true;
    const tabs: Tabs = {
      ...inner,
      join: (owner) => (fails ? Promise.reject(new MultiLineError('unexpected')) : inner.join(owner)),
    };
    const here = newDesk(browser(), { tabs });
    await assert.rejects(here.workspace.start(), { code: 'unexpected' });
    fails = false;
    await here.workspace.start();
    await here.clock.run(0);
    assert.equal(here.workspace.$phone.get().line.state, 'registered');
    await receiveCall(here, lucy);
    assert.equal(here.crm.activitiesWritten.length, 1);
    await here.workspace.stop();
  });

  it('a stop while a call rings or lives ends it truthfully; its log goes out with the next start', async () => {
    const inside = browser();
    const here = await desk(inside);
    const active = here.line.ring({ address: lucy });
    await here.workspace.answer(active.id);
    await here.workspace.saveNotes(active.id, 'Stopped in the middle.');
    const ringing = here.line.ring({ address: lucy });
    await inside.clock.run(3_000);
    await here.workspace.stop();
    assert.deepEqual([recent(here, active.id).phase, recent(here, active.id).reason], ['ended', 'interrupted']);
    assert.equal(recent(here, ringing.id).reason, 'missed');
    assert.equal(inside.crm.activitiesWritten.length, 0);
    const next = await desk(inside);
    await inside.clock.run(0);
    assert.deepEqual(inside.crm.activitiesWritten.map(({ outcome }) => outcome).sort(), ['interrupted', 'missed']);
    assert.equal(recent(next, active.id).notes.saved, 'Stopped in the middle.');
    await next.workspace.stop();
  });

  it('a stop waits neither for a CRM nor for a line that hangs', async () => {
    const line: Line = { ...scriptedLine(), stop: () => new Promise(() => undefined) };
    const here = await desk(browser(), { line });
    here.crm.hang(2);
    await receiveCall(here, lucy);
    const stopped = here.workspace.stop();
    await here.clock.run(5_000);
    await stopped;
    assert.equal(here.workspace.$phone.get().line.state, 'off');
  });

  it('a stop crossing a start ends stopped', async () => {
    const here = newDesk();
    const started = here.workspace.start();
    await here.workspace.stop();
    await started;
    assert.deepEqual(here.workspace.$phone.get(), { line: { state: 'off' }, here: true });
  });

  it('nobody says that the phone is in another tab while the CRM is still asked who signs in', async () => {
    const inside = browser();
    inside.crm.hang();
    const here = newDesk(inside);
    const starting = here.workspace.start();
    await here.clock.run(0);
    assert.equal(here.workspace.$phone.get().here, true);
    inside.crm.release();
    await starting;
    assert.equal(here.workspace.$phone.get().here, true);
    await here.workspace.stop();
  });
});

describe('taking the lead', () => {
  it('a call that comes in while the past is tidied up is nobody’s orphan', async () => {
    const inside = browser();
    const before = await desk(inside);
    const orphan = before.line.ring({ address: lucy });
    await inside.clock.run(1_000);
    before.kill();
    const here = newDesk(inside);
    const { list } = here.storage;
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    here.storage.list = async (table, options) => {
      if (options?.limit === 200 && !options.oldestFirst) await gate;
      return list(table, options);
    };
    const started = here.workspace.start();
    await inside.clock.run(0);
    const call = here.line.ring({ address: lucy });
    await inside.clock.run(0);
    open();
    await started;
    await inside.clock.run(0);
    assert.deepEqual([here.call().id, here.call().phase, here.attention.ringing], [call.id, 'ringing', true]);
    assert.equal(recent(here, orphan.id).reason, 'missed');
    await here.workspace.answer(call.id);
    assert.equal(here.call().phase, 'active');
    await here.workspace.stop();
  });
});

describe('ports that fail', () => {
  it('a host that cannot start does not stop the phone, and is told of', async () => {
    for (const start of [
      broken,
      () => Promise.reject(new Error('no panel')),
      () => new Promise<void>(() => undefined),
    ]) {
      const here = await desk(browser(), { host: { name: 'test', start, onClickToDial: broken, stop: broken } });
      assert.equal(here.workspace.$phone.get().line.state, 'registered');
      assert.ok(here.facts.includes('ml-error'));
      await here.workspace.stop();
    }
  });

  it('a line that throws when it starts leaves a desk that shows and delivers', async () => {
    const inside = browser();
    const first = await desk(inside);
    inside.crm.fail(1, new MultiLineError('limit', { retryAt: inside.clock.now() + 5_000 }), 'logActivity');
    await receiveCall(first, lucy);
    await first.workspace.stop();
    const here = await desk(inside, { line: { ...scriptedLine(), start: broken } });
    await inside.clock.run(10_000);
    assert.ok(here.facts.includes('ml-error'));
    assert.equal(inside.crm.activitiesWritten.length, 1);
    await assert.rejects(here.workspace.dial(lucy), { code: 'not-registered' });
    await here.workspace.stop();
  });

  it('whatever a port throws, the call goes its way and nothing escapes', async () => {
    const crm: Crm = {
      ...browser().crm,
      me: broken,
      identify: broken,
      logActivity: broken,
      logActivities: broken,
      search: broken,
      activities: broken,
      url: broken,
    };
    const hub = memoryHub();
    const tabs: Tabs = { ...memoryTabs(hub), publish: broken };
    const attention = { ring: broken, notify: broken, badge: broken, stop: broken };
    const host: Host = {
      name: 'test',
      pop: broken,
      popNew: broken,
      show: broken,
      onClickToDial: broken,
      start: broken,
      stop: broken,
    };
    const here = newDesk(browser(), {
      crm,
      tabs,
      attention,
      host,
      line: { ...scriptedLine(), prepare: broken, reconnect: broken },
    });
    const started = here.workspace.start();
    await here.clock.run(10_000);
    await started;
    const call = here.line.ring({ address: lucy });
    await here.workspace.answer(call.id);
    await here.workspace.saveNotes(call.id, 'Kept.');
    here.workspace.prepareDial();
    await here.workspace.pickNumber(stranger);
    assert.equal(here.workspace.recordUrl({ kind: 'Contact', id: 'x' }), null);
    await assert.rejects(here.workspace.search('x'));
    await assert.rejects(here.workspace.reconnect());
    call.signal({ type: 'ended', reason: 'completed', by: 'them' });
    await here.clock.run(60_000);
    assert.equal(recent(here, call.id).phase, 'ended');
    assert.equal(recent(here, call.id).notes.saved, 'Kept.');
    assert.equal(recent(here, call.id).log.state, 'waiting');
    await here.workspace.stop();
  });
});
