import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MultiLineError, presets } from './index.ts';
import { browser, desk, lucy, newDesk, receiveCall, stranger } from '../test/desk.ts';
import { ADDRESS, ANN, rows } from '../test/owners.ts';

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
