import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MultiLineError, type CrmUser } from './index.ts';
import { memoryCrm } from '@multiline/testing';
import { browser, desk, lucy, newDesk, pass, receiveCall, recent, stranger } from '../test/desk.ts';
import { ADDRESS, ANN, rows } from '../test/owners.ts';

const bob: CrmUser = { ref: { kind: 'User', id: 'user-bob' }, name: 'Bob Agent' };

describe('whose data', () => {
  it('is named by SIP address and CRM user', async () => {
    const inside = browser();
    const here = await desk(inside);
    await receiveCall(here, lucy);
    assert.deepEqual([rows(inside, ANN, 'calls'), rows(inside, ADDRESS, 'calls')], [1, 0]);
    assert.deepEqual(here.workspace.$user.get(), {
      name: 'Ann Agent',
      extension: '1001',
      number: '+14155550001',
      timeZone: 'America/Los_Angeles',
      locale: 'en-US',
    });
    await here.workspace.stop();
  });

  it('is remembered: a phone rings while the CRM is away, and nothing is sent before it has said who signs in', async () => {
    const inside = browser();
    await (await desk(inside)).workspace.stop();
    inside.crm.fail(1_000, new MultiLineError('network'), 'me');
    const here = await desk(inside);
    assert.equal(here.workspace.$phone.get().line.state, 'registered');
    await receiveCall(here, lucy);
    assert.deepEqual(inside.crm.activitiesWritten, []);
    inside.crm.clear();
    await pass(inside, 61_000);
    assert.equal(inside.crm.activitiesWritten.length, 1);
    await here.workspace.stop();
  });

  it('that is remembered and that the CRM refuses to name gets nothing sent in that name: it waits', async () => {
    const inside = browser();
    await (await desk(inside)).workspace.stop();
    inside.crm.fail(1_000, new MultiLineError('forbidden'), 'me');
    const here = await desk(inside);
    await receiveCall(here, lucy);
    await pass(inside, 61_000);
    assert.deepEqual(inside.crm.activitiesWritten, []);
    assert.equal(here.workspace.$tray.get().waiting, 1);
    await here.workspace.stop();
    inside.crm.clear();
    const after = await desk(inside);
    await pass(inside, 1_000);
    assert.equal(inside.crm.activitiesWritten.length, 1);
    await after.workspace.stop();
  });

  it('a CRM that never says who signs in is asked rarely, and asked at once when the network is back', async () => {
    const inside = browser();
    await (await desk(inside)).workspace.stop();
    inside.crm.fail(1_000, new MultiLineError('network'), 'me');
    const here = await desk(inside);
    const before = inside.crm.requests;
    await pass(inside, 10 * 60_000);
    assert.ok(inside.crm.requests - before < 20);
    await receiveCall(here, lucy);
    inside.crm.clear();
    here.line.status({ state: 'reconnecting', failure: { code: 'network', message: '', retryable: true } });
    here.line.status({ state: 'registered' });
    await inside.clock.run(0);
    assert.equal(inside.crm.activitiesWritten.length, 1);
    await here.workspace.stop();
  });

  it('what was kept before the CRM had named anybody is not lost: it moves to the user it names', async () => {
    const inside = browser();
    inside.crm.fail(1_000, new MultiLineError('network'));
    const first = newDesk(inside);
    const started = first.workspace.start();
    await inside.clock.run(8_000);
    await started;
    const unfinished = first.line.ring({ address: lucy });
    await first.workspace.answer(unfinished.id);
    await first.workspace.saveNotes(unfinished.id, 'Nobody knows me.');
    await first.workspace.changeSettings({ popAt: 'never' });
    await inside.clock.run(5_000);
    first.kill();
    assert.equal(rows(inside, ADDRESS, 'calls'), 1);

    inside.crm.clear();
    await inside.clock.run(5 * 60_000);
    const here = await desk(inside);
    await pass(inside, 2_000);
    assert.deepEqual([rows(inside, ANN, 'calls'), rows(inside, ADDRESS, 'calls')], [1, 0]);
    assert.deepEqual(
      [recent(here, unfinished.id).reason, recent(here, unfinished.id).log.state],
      ['interrupted', 'delivered'],
    );
    assert.equal(inside.crm.activitiesWritten[0]?.notes, 'Nobody knows me.');
    assert.equal(here.workspace.$settings.get().popAt, 'never');
    await here.workspace.stop();
  });

  it('a CRM that answers late names the user of a running desk, after the call that is going on', async () => {
    const inside = browser();
    inside.crm.hang(1, 'me');
    const here = newDesk(inside);
    const started = here.workspace.start();
    await inside.clock.run(8_000);
    await started;
    assert.equal(here.workspace.$user.get().name, 'Ann Archer');
    const call = here.line.ring({ address: lucy });
    await here.workspace.answer(call.id);
    inside.crm.release();
    await inside.clock.run(1_000);
    assert.equal(here.call().phase, 'active');
    call.signal({ type: 'ended', reason: 'completed', by: 'them' });
    await pass(inside, 2_000);
    assert.equal(here.workspace.$user.get().name, 'Ann Agent');
    assert.equal(recent(here, call.id).log.state, 'delivered');
    assert.equal(inside.crm.activitiesWritten.length, 1);
    assert.equal(rows(inside, ANN, 'calls'), 1);
    await here.workspace.stop();
  });

  it('another user of the same phone finds nothing of the first one, not even a cached name', async () => {
    const inside = browser();
    const ann = await desk(inside);
    const { id } = await receiveCall(ann, lucy);
    await receiveCall(ann, stranger);
    await ann.workspace.changeSettings({ dialMode: 'immediate' });
    await ann.workspace.stop();
    const crm = memoryCrm({ clock: inside.clock, me: bob, records: [] });
    const here = await desk({ ...inside, crm });
    await pass(inside, 1_000);
    assert.equal(here.workspace.$user.get().name, 'Bob Agent');
    assert.deepEqual(here.workspace.$recentCalls.get().calls, []);
    assert.deepEqual(here.workspace.$tray.get(), { items: [], waiting: 0 });
    assert.equal(here.workspace.$settings.get().dialMode, 'confirm');
    assert.equal(await here.workspace.readCall(id), null);
    await receiveCall(here, lucy);
    assert.equal(here.call().match.state, 'unknown');
    await here.workspace.stop();
  });

  it('a desk stopped before the CRM answers stays stopped', async () => {
    const inside = browser();
    await (await desk(inside)).workspace.stop();
    const crm = memoryCrm({ clock: inside.clock, me: bob });
    crm.hang(1, 'me');
    const here = newDesk({ ...inside, crm });
    await here.workspace.start();
    await here.workspace.stop();
    crm.release();
    await pass(inside, 10_000);
    assert.equal(here.workspace.$phone.get().line.state, 'off');
  });
});
