import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { browser, desk, lucy, newDesk, receiveCall, recent, stranger } from '../test/desk.ts';

describe('storage that fails', () => {
  for (const code of ['storage-denied', 'storage-full', 'storage-lost'] as const) {
    it(`${code} from the start: everything works while the tab lives, and the desk says so`, async () => {
      const here = newDesk();
      here.storage.fail(code);
      await here.workspace.start();
      assert.equal(here.workspace.$storageFailure.get()?.code, code);
      const { id } = await receiveCall(here, lucy);
      await here.workspace.saveNotes(id, 'Later.');
      await here.clock.run(0);
      assert.equal(here.crm.activitiesWritten[0]?.notes, 'Later.');
      assert.equal(recent(here, id).log.state, 'delivered');
      await here.workspace.stop();
    });

    it(`${code} in mid-call: nothing is lost, and it lasts again once there is room`, async () => {
      const inside = browser();
      const here = await desk(inside);
      const before = await receiveCall(here, stranger);
      const call = here.line.ring({ address: lucy });
      await here.workspace.answer(call.id);
      here.storage.fail(code);
      await here.workspace.saveNotes(call.id, 'Typed without a disk.');
      call.signal({ type: 'ended', reason: 'completed', by: 'them' });
      await here.clock.run(0);
      assert.equal(here.workspace.$storageFailure.get()?.code, code);
      assert.equal(here.crm.activitiesWritten[0]?.notes, 'Typed without a disk.');
      assert.equal(here.workspace.$tray.get().items[0]?.callId, before.id);
      here.storage.heal();
      assert.equal(here.workspace.$storageFailure.get(), null);
      await here.workspace.stop();
      const next = await desk(inside);
      assert.equal(recent(next, call.id).notes.saved, 'Typed without a disk.');
      assert.equal(recent(next, before.id).log.state, 'held');
      assert.equal(inside.crm.activitiesWritten.length, 1);
      await next.workspace.stop();
    });
  }

  it('one that throws at every write is no reason to drop a call', async () => {
    const here = newDesk();
    here.storage.write = () => {
      throw new Error('no disk');
    };
    await here.workspace.start();
    const { id } = await receiveCall(here, lucy);
    await here.workspace.saveNotes(id, 'Said.');
    await here.clock.run(0);
    assert.equal(here.crm.activitiesWritten[0]?.notes, 'Said.');
    await here.workspace.stop();
  });
});

describe('what is old', () => {
  it('is pruned once it is delivered, and kept while it waits', async () => {
    const inside = browser();
    const first = await desk(inside);
    const logged = await receiveCall(first, lucy);
    const held = await receiveCall(first, stranger);
    await first.workspace.stop();
    await inside.clock.run(91 * 24 * 3_600_000);
    const pruning = await desk(inside);
    await pruning.workspace.stop();
    const here = await desk(inside);
    assert.equal(await here.workspace.readCall(logged.id), null);
    assert.equal((await here.workspace.readCall(held.id))?.log.state, 'held');
    assert.equal((await here.storage.list('matches')).length, 0);
    await here.workspace.stop();
  });
});
