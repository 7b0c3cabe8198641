import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { browser, desk, lucy } from '../../test/desk.ts';

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
