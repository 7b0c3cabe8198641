import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MultiLineError } from '../index.ts';
import { browser, desk, lucy, pass, receiveCall, stranger, type Desk } from '../../test/desk.ts';

describe('what of a call is kept', () => {
  it('is not who speaks right now: that is shown, and nothing is written', async () => {
    const inside = browser();
    const here = await desk(inside);
    const other = await desk(inside);
    const call = here.line.ring({ address: lucy });
    await inside.clock.run(0);
    await here.workspace.answer(call.id);
    await inside.clock.run(0);
    const written: string[] = [];
    const { write } = here.storage;
    here.storage.write = (changes) => {
      written.push(...changes.map(({ key }) => key));
      return write.call(here.storage, changes);
    };
    for (const speaking of [true, false, true]) {
      call.signal({ type: 'speaking', speaking });
      await inside.clock.run(0);
      for (const { workspace } of [here, other]) assert.equal(workspace.$calls.get()[0]?.speaking, speaking);
    }
    assert.deepEqual(written, []);
    call.signal({ type: 'held', by: 'them', held: true });
    await inside.clock.run(0);
    assert.deepEqual(written, [call.id]);
    const row = (await here.storage.read('calls', call.id))?.value as { call: object };
    assert.equal('speaking' in row.call, false);
    await other.workspace.stop();
    await here.workspace.stop();
  });
});

/** How often a call was looked for in storage since. */
function reads({ storage }: Desk): (id: string) => number {
  const keys: string[] = [];
  const { read } = storage;
  storage.read = (table, key) => {
    keys.push(key);
    return read.call(storage, table, key);
  };
  return (id) => keys.filter((key) => key === id).length;
}

async function receiveMany(here: Desk, count: number, address = lucy): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) ids.push((await receiveCall(here, address, 1_000)).id);
  return ids;
}

describe('what of past calls stays in memory', () => {
  it('is the newest, and what they were is read from storage', async () => {
    const here = await desk();
    const ids = await receiveMany(here, 210);
    const read = reads(here);
    assert.equal((await here.workspace.readCall(ids.at(-2)!))?.log.state, 'delivered');
    assert.equal(read(ids.at(-2)!), 0);
    assert.equal((await here.workspace.readCall(ids[0]!))?.log.state, 'delivered');
    assert.equal(read(ids[0]!), 1);
    // Read again it is among those used last.
    await here.workspace.readCall(ids[0]!);
    assert.equal(read(ids[0]!), 1);
    await here.workspace.saveNotes(ids[1]!, 'Asked once more.');
    await here.clock.run(0);
    const written = here.crm.activitiesWritten.filter(({ notes }) => notes === 'Asked once more.');
    assert.equal(written.length, 1);
    assert.equal(here.crm.activitiesWritten.length, 210);
    await here.workspace.stop();
  });

  it('is all that waits for a person or for the CRM, however much that is', async () => {
    const here = await desk();
    const [unknown] = await receiveMany(here, 1, stranger);
    here.crm.fail(5_000, new MultiLineError('network'));
    const waiting = await receiveMany(here, 220);
    assert.equal(here.workspace.$tray.get().items.find(({ callId }) => callId === unknown)?.reason, 'unknown-number');
    const { items, waiting: quietly } = here.workspace.$tray.get();
    assert.equal(items.length + quietly, 1 + waiting.length);
    here.crm.clear();
    await pass(here, 120_000);
    assert.equal(here.crm.activitiesWritten.length, waiting.length);
    assert.equal(here.workspace.$tray.get().items.length, 1);
    await here.workspace.saveNotes(unknown!, 'Who was that?');
    assert.equal(here.workspace.$tray.get().items[0]?.call.notes.saved, 'Who was that?');
    await here.workspace.stop();
  });

  it('is what storage does not have yet: an edit never starts from what was before the last one', async () => {
    const here = await desk();
    const ids = await receiveMany(here, 210);
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const { write } = here.storage;
    here.storage.write = async (changes) => {
      await opened;
      return write.call(here.storage, changes);
    };
    const edits = [here.workspace.draftNotes(ids[0]!, 'First.')];
    await here.clock.run(0);
    for (const id of ids.slice(1)) edits.push(here.workspace.draftNotes(id, 'Another.'));
    await here.clock.run(0);
    assert.equal((await here.workspace.readCall(ids[0]!))?.notes.text, 'First.');
    open();
    await Promise.all(edits);
    assert.equal((await here.workspace.readCall(ids[0]!))?.notes.text, 'First.');
    await here.workspace.stop();
  });

  it('is everything while storage keeps nothing', async () => {
    const here = await desk();
    here.storage.fail('storage-full');
    const ids = await receiveMany(here, 210);
    const read = reads(here);
    assert.equal((await here.workspace.readCall(ids[0]!))?.phase, 'ended');
    assert.equal(read(ids[0]!), 0);
    await here.workspace.stop();
  });

  it('is the same in a tab that only looks on', async () => {
    const inside = browser();
    const here = await desk(inside);
    const other = await desk(inside);
    const ids = await receiveMany(here, 210);
    const read = reads(other);
    assert.equal((await other.workspace.readCall(ids.at(-2)!))?.log.state, 'delivered');
    assert.equal(read(ids.at(-2)!), 0);
    assert.equal((await other.workspace.readCall(ids[0]!))?.log.state, 'delivered');
    assert.equal(read(ids[0]!), 1);
    await other.workspace.stop();
    await here.workspace.stop();
  });

  it('is written anew when the browser has removed its data', async () => {
    const inside = browser();
    const here = await desk(inside);
    const [unknown] = await receiveMany(here, 1, stranger);
    const rows = here.storage;
    const list = await rows.list('calls');
    let told: readonly string[] = [];
    const { write } = rows;
    rows.write = (changes) => {
      told = [...told, ...changes.map(({ key }) => key)];
      return write.call(rows, changes);
    };
    rows.fail('storage-lost');
    await inside.clock.run(0);
    assert.deepEqual(
      told,
      list.map(({ key }) => key),
    );
    assert.deepEqual(told, [unknown]);
    await here.workspace.stop();
  });
});
