import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { header } from './message.ts';
import type { ScriptedAgent } from './testing/scripted-agent.ts';
import { openSipBed, type SipBed } from './testing/sip-bed.ts';

describe('a text', () => {
  let bed: SipBed;
  let lucy: ScriptedAgent;
  let clock = Date.UTC(2026, 10, 20, 9);
  beforeEach(async () => {
    bed = await openSipBed({ now: () => clock });
    lucy = await bed.agent('+14155550101');
  });
  afterEach(() => bed.end());

  const text = (body: string, headers: { name: string; value: string }[] = []) => ({
    body,
    headers: [{ name: 'Content-Type', value: 'text/plain;charset=utf-8' }, ...headers],
  });

  it('reaches every device of its recipient', async () => {
    const devices = [await bed.agent('ann'), await bed.agent('ann')];
    const message = await lucy.start('MESSAGE', '+14155550001', text('Grüße 🙂'));
    for (const device of devices) {
      const received = await device.request('MESSAGE');
      assert.equal(received.body, 'Grüße 🙂');
      device.reply(received, 200);
    }
    assert.equal((await lucy.final(message)).status, 200);
  });

  it('waits for its recipient, in order and once', async () => {
    for (const body of ['one', 'two']) {
      assert.equal((await lucy.final(await lucy.start('MESSAGE', 'ann', text(body)))).status, 202);
    }
    assert.equal(bed.server.storedMessages('ann'), 2);
    const ann = await bed.agent('ann');
    const first = await ann.request('MESSAGE');
    assert.equal(first.body, 'one');
    assert.equal(header(first, 'Date'), 'Fri, 20 Nov 2026 09:00:00 GMT');
    assert.match(header(first, 'From') ?? '', /\+14155550101/);
    ann.reply(first, 200);
    const second = await ann.request('MESSAGE');
    assert.equal(second.body, 'two');
    ann.reply(second, 200);
    const again = await bed.agent('ann');
    assert.equal(again.inbox.length, 0);
    assert.equal(bed.server.storedMessages('ann'), 0);
  });

  it('stays when the recipient cannot take it now, and goes when it runs out', async () => {
    await lucy.final(await lucy.start('MESSAGE', 'ann', text('later')));
    const ann = await bed.agent('ann');
    ann.reply(await ann.request('MESSAGE'), 480);
    const next = await bed.agent('ann');
    assert.equal((await next.request('MESSAGE')).body, 'later');
    await lucy.final(await lucy.start('MESSAGE', 'bob', text('brief', [{ name: 'Expires', value: '60' }])));
    assert.equal(bed.server.storedMessages('bob'), 1);
    clock += 60_000;
    assert.equal(bed.server.storedMessages('bob'), 0);
  });

  it('is refused for nobody, by what the device says, and from guests to persons', async () => {
    assert.equal((await lucy.final(await lucy.start('MESSAGE', 'nobody', text('hm')))).status, 404);
    const ann = await bed.agent('ann');
    const message = await lucy.start('MESSAGE', 'ann', text('hm'));
    ann.reply(await ann.request('MESSAGE'), 415);
    assert.equal((await lucy.final(message)).status, 415);
    const guest = await bed.agent('guest-1');
    assert.equal((await guest.final(await guest.start('MESSAGE', 'ann', text('hm')))).status, 403);
  });

  it('is forgotten by reset', async () => {
    await lucy.final(await lucy.start('MESSAGE', 'ann', text('hm')));
    bed.server.reset();
    assert.equal(bed.server.storedMessages('ann'), 0);
  });
});
