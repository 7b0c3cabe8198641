import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MultiLineError } from '../index.ts';
import { browser, desk, lucy, stranger } from '../../test/desk.ts';

const gone = { type: 'ended', reason: 'missed', by: 'them' } as const;

describe('getting a person’s attention', () => {
  it('rings, notifies and marks the title until the call is answered; a name that comes late takes the number’s place', async () => {
    const here = await desk();
    here.crm.hang(1, 'identify');
    const call = here.line.ring({ address: lucy });
    await here.clock.run(0);
    assert.equal(here.attention.ringing, true);
    assert.equal(here.attention.notices[0]?.title, '(415) 555-0101');
    here.crm.release();
    await here.clock.run(0);
    const [number, name] = here.attention.notices;
    assert.deepEqual([number?.closed, name?.title, name?.tag === number?.tag], [true, 'Lucy Hall', true]);
    assert.match(name?.body ?? '', /Acme/);
    assert.deepEqual(here.attention.badged, { count: 1, text: 'Lucy Hall' });
    await here.workspace.answer(call.id);
    assert.deepEqual(
      [here.attention.ringing, here.attention.notices[1]?.closed, here.attention.badged],
      [false, true, { count: 0 }],
    );
    await here.workspace.stop();
  });

  it('stops with the gesture, and rings again when the microphone was refused', async () => {
    const here = await desk();
    const call = here.line.ring({ address: lucy });
    here.line.failWith(new MultiLineError('mic-denied'));
    await assert.rejects(here.workspace.answer(call.id));
    assert.deepEqual([here.attention.ringing, here.attention.rings], [true, 2]);
    call.signal(gone);
    assert.equal(here.attention.ringing, false);
    await here.workspace.stop();
  });

  it('does not ring into a conversation: a second call is notified, and rings once it is over', async () => {
    const here = await desk();
    const first = here.line.ring({ address: lucy });
    await here.workspace.answer(first.id);
    const second = here.line.ring({ address: stranger, name: '<b>Eve</b>' });
    await here.clock.run(0);
    assert.equal(here.attention.ringing, false);
    assert.equal(here.attention.notices.at(-1)?.closed, false);
    first.signal({ ...gone, reason: 'completed' });
    assert.equal(here.attention.ringing, true);
    second.signal(gone);
    await here.workspace.stop();
    assert.equal(here.attention.ringing, false);
  });

  it('names a caller who withholds the number by what the wire says, else as unknown; markup stays text', async () => {
    const here = await desk();
    here.line.ring({ address: 'anonymous', name: '<img src=x>' });
    here.line.ring({ address: '' });
    assert.deepEqual(
      here.attention.notices.map(({ title }) => title),
      ['<img src=x>', 'Unknown caller'],
    );
    assert.equal(here.call().number, '');
    await here.workspace.stop();
  });

  it('a clicked notification brings the panel to the front', async () => {
    const shown: boolean[] = [];
    const here = await desk(browser(), { host: { name: 'test', show: (open) => void shown.push(open) } });
    const call = here.line.ring({ address: lucy });
    await here.clock.run(0);
    here.attention.click(`ml-call-${call.id}`);
    assert.deepEqual(shown, [true]);
    await here.workspace.stop();
  });
});
