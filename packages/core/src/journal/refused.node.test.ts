import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MultiLineError, type Crm } from '../index.ts';
import { browser, desk, lucy, receiveCall, recent, type Desk } from '../../test/desk.ts';

const logOf = (here: Desk, id: string) => recent(here, id).log;
const writes = ({ crm }: Desk): number => crm.served.filter((verb) => verb.startsWith('logActivit')).length;

describe('a log that cannot go out as it is', () => {
  it('brings what a rule of the CRM refuses to the tray, in the words of the CRM, and tries when the notes are changed', async () => {
    const here = await desk();
    const words = 'Notes must name the <b>product</b>.';
    here.crm.fail(1, new MultiLineError('refused', { message: words }), 'logActivity');
    const { id } = await receiveCall(here, lucy);
    const [item] = here.workspace.$tray.get().items;
    assert.deepEqual([item?.callId, item?.reason, item?.failure?.message], [id, 'not-logged', words]);
    await here.clock.run(60 * 60_000);
    assert.equal(writes(here), 1);
    await here.workspace.saveNotes(id, 'About the anvil.');
    await here.clock.run(0);
    assert.equal(here.crm.activitiesWritten[0]?.notes, 'About the anvil.');
    assert.deepEqual(here.workspace.$tray.get().items, []);
    await here.workspace.stop();
  });

  it('does not let one refused log hold the others up', async () => {
    const here = await desk();
    here.crm.fail(1, new MultiLineError('refused'), 'logActivity');
    await receiveCall(here, lucy);
    await receiveCall(here, '+14155550102');
    assert.deepEqual(
      here.crm.activitiesWritten.map(({ record }) => record?.id),
      ['lead-larry'],
    );
    await here.workspace.stop();
  });

  it('says that a key is there twice (300), and goes on when the surplus is gone', async () => {
    const here = await desk();
    const { id } = await receiveCall(here, lucy);
    const key = logOf(here, id).key!;
    here.crm.duplicateActivity(key);
    await here.workspace.saveNotes(id, 'More.');
    await here.clock.run(0);
    assert.equal(here.workspace.$tray.get().items[0]?.failure?.code, 'duplicate');
    here.crm.remove({ kind: 'Activity', id: String(here.crm.activitiesWritten[1]?.id) });
    await here.workspace.retryLog(id);
    await here.clock.run(0);
    assert.deepEqual(
      here.crm.activitiesWritten.map(({ notes }) => notes),
      ['More.'],
    );
    await here.workspace.stop();
  });

  it('keeps both texts when the notes were changed in the CRM; the text a person chooses stays', async () => {
    const here = await desk();
    const { id } = await receiveCall(here, lucy);
    here.crm.editNotes(logOf(here, id).key!, 'Theirs.');
    await here.workspace.saveNotes(id, 'Ours.');
    await here.clock.run(0);
    const [item] = here.workspace.$tray.get().items;
    assert.equal(item?.reason, 'conflict');
    assert.deepEqual(
      [item.conflict?.ours, item.conflict?.theirs, item.conflict?.changedBy],
      ['Ours.', 'Theirs.', 'Bob Agent'],
    );
    assert.equal(here.crm.activitiesWritten[0]?.notes, 'Theirs.');
    assert.equal(recent(here, id).notes.saved, 'Ours.');
    await here.workspace.retryLog(id);
    await here.clock.run(0);
    assert.equal(here.workspace.$tray.get().items[0]?.reason, 'conflict');

    here.crm.fail(2, new MultiLineError('network'), 'logActivity');
    await here.workspace.resolveConflict(id, 'Both.');
    await here.workspace.retryLog(id);
    await here.clock.run(10_000);
    assert.equal(here.crm.activitiesWritten[0]?.notes, 'Both.');
    assert.deepEqual(here.workspace.$tray.get().items, []);
    await here.workspace.stop();
  });

  it('a conflict survives a reload with both texts', async () => {
    const inside = browser();
    const first = await desk(inside);
    const { id } = await receiveCall(first, lucy);
    first.crm.editNotes(logOf(first, id).key!, 'Theirs.');
    await first.workspace.saveNotes(id, 'Ours.');
    await first.clock.run(0);
    await first.workspace.stop();
    const here = await desk(inside);
    assert.deepEqual(here.workspace.$tray.get().items[0]?.conflict?.theirs, 'Theirs.');
    await here.workspace.stop();
  });

  it('notes saved while the log is under way go out after it, to the same activity', async () => {
    const here = await desk();
    here.crm.hang(1, 'logActivity');
    const { id } = await receiveCall(here, lucy);
    await here.workspace.saveNotes(id, 'Meanwhile.');
    here.crm.release();
    await here.clock.run(0);
    assert.deepEqual(
      here.crm.activitiesWritten.map(({ notes }) => notes),
      ['Meanwhile.'],
    );
    assert.equal(logOf(here, id).state, 'delivered');
    await here.workspace.stop();
  });

  it('[ML-42] notes changed long after go to the same activity, after a reload, with two requests', async () => {
    const inside = browser();
    const first = await desk(inside);
    const { id } = await receiveCall(first, lucy);
    await first.workspace.stop();
    await inside.clock.run(30 * 24 * 3_600_000);
    const here = await desk(inside);
    const before = inside.crm.requests;
    await here.workspace.saveNotes(id, 'A month later.');
    await here.clock.run(0);
    assert.deepEqual(
      here.crm.activitiesWritten.map(({ notes }) => notes),
      ['A month later.'],
    );
    assert.ok(inside.crm.requests - before <= 2);
    await here.workspace.stop();
  });

  it('a record deleted in mid-call is asked for once more: the converted lead gets the log', async () => {
    const here = await desk();
    const call = here.line.ring({ address: '+14155550102' });
    await here.workspace.answer(call.id);
    await here.clock.run(0);
    assert.equal(here.call().match.record?.id, 'lead-larry');
    here.crm.remove({ kind: 'Lead', id: 'lead-larry' });
    here.crm.put({ kind: 'Contact', id: 'contact-larry', name: 'Larry Thomas', numbers: ['+14155550102'] });
    call.signal({ type: 'ended', reason: 'completed', by: 'them' });
    await here.clock.run(0);
    assert.deepEqual(
      here.crm.activitiesWritten.map(({ record }) => record?.id),
      ['contact-larry'],
    );
    await here.workspace.stop();
  });

  it('a record deleted in mid-call that nobody replaces waits in the tray, its notes kept', async () => {
    const here = await desk();
    const call = here.line.ring({ address: lucy });
    await here.workspace.answer(call.id);
    await here.workspace.saveNotes(call.id, 'Kept.');
    here.crm.remove({ kind: 'Contact', id: 'contact-lucy' });
    call.signal({ type: 'ended', reason: 'completed', by: 'them' });
    await here.clock.run(0);
    const [item] = here.workspace.$tray.get().items;
    assert.deepEqual([item?.reason, item?.call.notes.saved], ['unknown-number', 'Kept.']);
    await here.workspace.associate(call.id, { kind: 'Account', id: 'account-acme', name: 'Acme' });
    await here.clock.run(0);
    assert.equal(here.crm.activitiesWritten[0]?.notes, 'Kept.');
    await here.workspace.stop();
  });

  it('a record the CRM still names but no longer has is not asked for for ever', async () => {
    const inside = browser();
    const crm: Crm = { ...inside.crm, logActivity: () => (writing++, Promise.reject(new MultiLineError('not-found'))) };
    let writing = 0;
    const here = await desk(inside, { crm });
    await receiveCall(here, lucy);
    await here.clock.run(60 * 60_000);
    assert.equal(writing, 2);
    assert.equal(here.workspace.$tray.get().items[0]?.failure?.code, 'not-found');
    await here.workspace.stop();
  });
});
