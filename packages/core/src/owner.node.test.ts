import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MultiLineError, presets, type CrmUser } from './index.ts';
import { memoryCrm } from '@multiline/testing';
import { browser, desk, lucy, newDesk, pass, receiveCall, recent, stranger, type Browser } from '../test/desk.ts';

const bob: CrmUser = { ref: { kind: 'User', id: 'user-bob' }, name: 'Bob Agent' };
const ANN = 'sip:ann@sandbox.test user-ann';
const ADDRESS = 'sip:ann@sandbox.test';
const rows = ({ disk }: Browser, owner: string, table: 'calls' | 'outbox' | 'matches' | 'settings'): number =>
  disk.owners.get(owner)?.get(table)?.size ?? 0;

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

describe('signOut', () => {
  it('delivers what waits, then wipes everything of the user, whom we remembered included', async () => {
    const inside = browser();
    const here = await desk(inside);
    inside.crm.fail(1, new MultiLineError('server'), 'logActivity');
    await receiveCall(here, lucy);
    assert.equal(inside.crm.activitiesWritten.length, 0);
    here.workspace.setDialField('415');
    await here.workspace.signOut();
    assert.equal(inside.crm.activitiesWritten.length, 1);
    for (const owner of [ANN, ADDRESS])
      for (const table of ['calls', 'outbox', 'matches', 'settings'] as const)
        assert.equal(rows(inside, owner, table), 0, `${table} of ${owner}`);
    const { $recentCalls, $calls, $tray, $user, $dialField, $phone } = here.workspace;
    assert.deepEqual([$recentCalls.get().calls, $calls.get(), $tray.get().items], [[], [], []]);
    assert.deepEqual([$user.get().name, $dialField.get().text, $phone.get().line.state], ['Ann Archer', '', 'off']);
  });

  it('names what it cannot deliver and changes nothing; told to, it wipes that too', async () => {
    const inside = browser();
    const here = await desk(inside);
    const { id } = await receiveCall(here, stranger);
    await assert.rejects(here.workspace.signOut(), { code: 'refused', details: { callIds: [id] } });
    assert.equal(here.workspace.$phone.get().line.state, 'registered');
    assert.equal(here.workspace.$tray.get().items.length, 1);
    await here.workspace.signOut({ force: true });
    assert.equal(rows(inside, ANN, 'outbox'), 0);
  });

  it('counts before what it would delete, what is typed and what waits apart', async () => {
    const inside = browser();
    const here = await desk(inside);
    const follower = await desk(inside);
    const known = await receiveCall(here, lucy);
    await receiveCall(here, stranger);
    await here.workspace.draftNotes(known.id, 'Half a sen');
    for (const { workspace } of [here, follower])
      assert.deepEqual(await workspace.kept(), { calls: 2, drafts: 1, unlogged: 1 });
    await here.workspace.signOut({ force: true });
    await here.workspace.start();
    assert.deepEqual(await here.workspace.kept(), { calls: 0, drafts: 0, unlogged: 0 });
    await here.workspace.stop();
    await follower.workspace.stop();
  });

  it('cuts no call, told to wipe whatever waits or not, nor one that comes while it delivers', async () => {
    const inside = browser();
    const here = await desk(inside);
    const call = here.line.ring({ address: lucy });
    await assert.rejects(here.workspace.signOut({ force: true }), { code: 'in-call' });
    inside.crm.hang(1, 'logActivity');
    call.signal({ type: 'ended', reason: 'missed', by: 'them' });
    await inside.clock.run(0);
    const signingOut = assert.rejects(here.workspace.signOut(), { code: 'in-call' });
    await inside.clock.run(0);
    here.line.ring({ address: stranger });
    inside.crm.release();
    await signingOut;
    assert.equal(here.call().phase, 'ringing');
    assert.equal(here.workspace.$phone.get().line.state, 'registered');
    await here.workspace.stop();
  });

  it('is said in all tabs until somebody starts again; lists are empty then, not loading', async () => {
    const inside = browser();
    const here = await desk(inside);
    const follower = await desk(inside);
    await receiveCall(here, lucy);
    await follower.workspace.signOut();
    await inside.clock.run(0);
    for (const { workspace } of [here, follower]) {
      assert.equal(workspace.$phone.get().signedOut, true);
      assert.deepEqual(workspace.$recentCalls.get(), { state: 'ready', calls: [] });
      assert.doesNotMatch(workspace.troubleshootingLog(), /ml-call/);
    }
    await here.workspace.start();
    assert.equal(here.workspace.$phone.get().signedOut, undefined);
    await here.workspace.stop();
    assert.equal(here.workspace.$phone.get().signedOut, undefined, 'who stops has not signed out');
  });

  it('waits for the end of a call', async () => {
    const here = await desk();
    const call = here.line.ring({ address: lucy });
    await assert.rejects(here.workspace.signOut(), { code: 'in-call' });
    assert.equal(here.call().phase, 'ringing');
    call.signal({ type: 'ended', reason: 'missed', by: 'them' });
    await here.clock.run(0);
    await here.workspace.signOut();
  });

  it('is for all tabs, from whichever it is asked, and delivers what the leading one has', async () => {
    const inside = browser();
    const leader = await desk(inside);
    const follower = await desk(inside);
    const third = await desk(inside);
    const held = await receiveCall(leader, stranger);
    await inside.clock.run(0);
    await assert.rejects(follower.workspace.signOut(), { code: 'refused' });
    await follower.workspace.associate(held.id, { kind: 'Contact', id: 'contact-lucy', name: 'Lucy Hall' });
    await follower.workspace.signOut();
    await inside.clock.run(0);
    assert.equal(inside.crm.activitiesWritten.length, 1);
    for (const { workspace } of [leader, follower, third]) {
      assert.deepEqual([workspace.$phone.get().line.state, workspace.$recentCalls.get().calls], ['off', []]);
    }
    for (const owner of [ANN, ADDRESS]) assert.equal(rows(inside, owner, 'calls') + rows(inside, owner, 'settings'), 0);
    assert.deepEqual(inside.hub.members, []);
  });

  it('is asked again where the browser would not delete, and says meanwhile that it has not', async () => {
    const inside = browser();
    const here = await desk(inside);
    await receiveCall(here, lucy);
    here.storage.fail('storage-denied');
    await assert.rejects(here.workspace.signOut(), { code: 'storage-denied' });
    const { line, signedOut, undeleted } = here.workspace.$phone.get();
    assert.deepEqual([line.state, signedOut, undeleted?.code], ['off', true, 'storage-denied']);
    assert.deepEqual(here.workspace.$recentCalls.get().calls, []);
    await assert.rejects(here.workspace.signOut(), { code: 'storage-denied' });
    assert.notEqual(rows(inside, ANN, 'calls'), 0);
    here.storage.heal();
    await here.workspace.signOut();
    assert.deepEqual([here.workspace.$phone.get().signedOut, here.workspace.$phone.get().undeleted], [true, undefined]);
    for (const owner of [ANN, ADDRESS]) assert.equal(rows(inside, owner, 'calls') + rows(inside, owner, 'settings'), 0);
    await assert.rejects(here.workspace.signOut(), { code: 'not-ready' });
  });

  it('leaves who signs in again with what was not deleted', async () => {
    const inside = browser();
    const here = await desk(inside);
    await receiveCall(here, lucy);
    here.storage.fail('storage-denied');
    await assert.rejects(here.workspace.signOut(), { code: 'storage-denied' });
    here.storage.heal();
    await here.workspace.start();
    assert.deepEqual(
      [here.workspace.$phone.get().undeleted, here.workspace.$recentCalls.get().calls.length],
      [undefined, 1],
    );
    await here.workspace.stop();
  });

  it('can be followed by another start; a desk that was not started has nobody to sign out', async () => {
    const inside = browser();
    const here = newDesk(inside, { policy: presets.default() });
    await assert.rejects(here.workspace.signOut(), { code: 'not-ready' });
    await here.workspace.start();
    await here.workspace.signOut();
    await here.workspace.start();
    await receiveCall(here, lucy);
    assert.equal(inside.crm.activitiesWritten.length, 1);
    await here.workspace.stop();
  });
});
