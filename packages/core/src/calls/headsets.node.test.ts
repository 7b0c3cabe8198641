import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { desk, lucy } from '../../test/desk.ts';

describe('headsets and media keys', () => {
  it('answer, mute and hang up in step with the phone', async () => {
    const here = await desk();
    const { attention } = here;
    assert.deepEqual([attention.controls], [null]);
    here.line.ring({ address: lucy });
    await here.clock.run(0);
    assert.deepEqual(attention.controls, {
      ringing: true,
      active: false,
      muted: false,
      held: false,
      title: 'Lucy Hall',
    });
    attention.press('answer');
    await here.clock.run(0);
    assert.deepEqual(
      [here.call().phase, attention.controls?.ringing, attention.controls?.active],
      ['active', false, true],
    );
    attention.press('mute');
    assert.deepEqual([here.call().muted, attention.controls?.muted], [true, true]);
    attention.press('unmute');
    assert.equal(here.call().muted, false);
    attention.press('hang-up');
    await here.clock.run(0);
    assert.deepEqual([here.call().reason, attention.controls], ['completed', null]);
    here.line.ring({ address: lucy });
    await here.clock.run(0);
    attention.press('decline');
    await here.clock.run(0);
    assert.equal(here.call().reason, 'declined');
    await here.workspace.stop();
  });

  it('closing is warned of while a call lives here, not while one only rings', async () => {
    const here = await desk();
    const call = here.line.ring({ address: lucy });
    await here.clock.run(0);
    assert.equal(here.attention.guarded, false);
    await here.workspace.answer(call.id);
    assert.equal(here.attention.guarded, true);
    call.signal({ type: 'ended', reason: 'completed', by: 'them' });
    assert.equal(here.attention.guarded, false);
    await here.workspace.dial(lucy);
    assert.equal(here.attention.guarded, true);
    await here.workspace.stop();
    assert.equal(here.attention.guarded, false);
  });
});
