import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MultiLineError } from '../index.ts';
import { browser, desk, lucy, receiveCall, stranger } from '../../test/desk.ts';

describe('the tray', () => {
  it('shows what was not logged first, then conflicts, choices and unknown numbers, newest first, and counts what is on its way', async () => {
    const inside = browser();
    const here = await desk(inside);
    const one = await receiveCall(here, stranger);
    const two = await receiveCall(here, '+14155550104');
    const three = await receiveCall(here, lucy);
    here.crm.editNotes(String(here.workspace.$recentCalls.get().calls[0]?.log.key), 'Theirs.');
    await here.workspace.saveNotes(three.id, 'Ours.');
    await here.clock.run(0);
    here.crm.fail(1, new MultiLineError('refused', { message: 'No.' }), 'logActivity');
    const four = await receiveCall(here, lucy);
    const five = await receiveCall(here, '+14155550198');
    here.crm.hang(1, 'logActivity');
    await receiveCall(here, lucy);
    const { items, waiting } = here.workspace.$tray.get();
    assert.deepEqual(
      items.map(({ callId, reason }) => [callId, reason]),
      [
        [four.id, 'not-logged'],
        [three.id, 'conflict'],
        [two.id, 'choose-match'],
        [five.id, 'unknown-number'],
        [one.id, 'unknown-number'],
      ],
    );
    assert.equal(waiting, 1);
    await here.workspace.stop();
    const next = await desk(inside);
    assert.deepEqual(
      next.workspace.$tray.get().items.map(({ callId }) => callId),
      items.map(({ callId }) => callId),
    );
    await next.workspace.stop();
  });

  it('follows its calls: notes typed meanwhile are in it', async () => {
    const here = await desk();
    const { id } = await receiveCall(here, stranger);
    await here.workspace.saveNotes(id, 'Who was it?');
    assert.equal(here.workspace.$tray.get().items[0]?.call.notes.saved, 'Who was it?');
    await here.workspace.stop();
  });
});
