import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { header } from './message.ts';
import type { ScriptedAgent } from './testing/scripted-agent.ts';
import { openSipBed, type SipBed } from './testing/sip-bed.ts';

describe('after a broken connection', () => {
  let bed: SipBed;
  let lucy: ScriptedAgent;
  let ann: ScriptedAgent;
  const open = async (graceMs: number, lateForking = true) => {
    bed = await openSipBed({ graceMs, lateForking });
    lucy = await bed.agent('+14155550101');
    ann = await bed.agent('ann');
  };
  beforeEach(() => open(3_000));
  afterEach(() => bed.end());

  it('gives a call that rings to a device that registers late', async () => {
    const invite = await lucy.start('INVITE', 'ann');
    await ann.request('INVITE');
    const laptop = await bed.agent('ann');
    laptop.reply(await laptop.request('INVITE'), 200);
    assert.equal((await lucy.final(invite)).status, 200);
    await ann.request('CANCEL');
  });

  it('gives a call to the new page when the ringing one is gone', async () => {
    const invite = await lucy.start('INVITE', 'ann');
    await ann.request('INVITE');
    ann.cut();
    const reloaded = await bed.agent('ann');
    const offered = await reloaded.request('INVITE');
    assert.equal(offered.uri, reloaded.contact);
    reloaded.reply(offered, 200);
    assert.equal((await lucy.final(invite)).status, 200);
  });

  it('without late forking offers a call to nobody who comes late, and takes an answer to it from there', async () => {
    await bed.end();
    await open(3_000, false);
    const invite = await lucy.start('INVITE', 'ann');
    const rang = await ann.request('INVITE');
    ann.cut();
    let offered = 0;
    bed.server.observe((message) => {
      if (message.kind === 'request' && message.method === 'INVITE') offered++;
    });
    const later = await bed.agent('ann');
    later.reply(rang, 180);
    await lucy.response(invite, 180);
    later.reply(rang, 200);
    assert.equal((await lucy.final(invite)).status, 200);
    assert.equal(offered, 0);
  });

  it('waits for somebody who is just reloading', async () => {
    ann.cut();
    await ann.closed;
    const invite = await lucy.start('INVITE', 'ann');
    await lucy.response(invite, 100);
    const reloaded = await bed.agent('ann');
    reloaded.reply(await reloaded.request('INVITE'), 486);
    assert.equal((await lucy.final(invite)).status, 486);
  });

  it('repeats the call to a device that comes back at the same place, and cancels it there', async () => {
    const invite = await lucy.start('INVITE', 'ann');
    const first = await ann.request('INVITE');
    ann.cut();
    const back = await bed.agent('ann', { contact: ann.contact });
    const repeated = await back.request('INVITE');
    assert.equal(header(repeated, 'Via'), header(first, 'Via'));
    lucy.cancel(invite);
    const cancel = await back.request('CANCEL');
    assert.equal(header(cancel, 'Via'), header(first, 'Via'));
    back.reply(repeated, 487);
    assert.equal((await lucy.final(invite)).status, 487);
  });

  it('repeats a call to one device at that device only', async () => {
    await lucy.start('INVITE', ann.contact);
    await ann.request('INVITE');
    ann.cut();
    const laptop = await bed.agent('ann');
    const back = await bed.agent('ann', { contact: ann.contact });
    assert.equal((await back.request('INVITE')).uri, ann.contact);
    assert.equal(laptop.inbox.length, 0);
  });

  it('takes the answer to a call over another socket', async () => {
    const invite = await lucy.start('INVITE', 'ann');
    const offered = await ann.request('INVITE');
    ann.cut();
    await ann.closed;
    const other = await bed.connect('ann');
    other.reply(offered, 200);
    const ok = await lucy.final(invite);
    assert.match(header(ok, 'Contact') ?? '', new RegExp(other.contact));
    lucy.ack(invite, ok);
    await other.request('ACK');
  });

  it('routes the requests of a dialog to where the device is now, even if it comes back a little later', async () => {
    const invite = await lucy.start('INVITE', 'ann');
    const offered = await ann.request('INVITE');
    ann.reply(offered, 200);
    const ok = await lucy.response(invite, 200);
    lucy.ack(invite, ok);
    await ann.request('ACK');
    ann.cut();
    await ann.closed;
    const bye = lucy.within('BYE', invite, ok);
    const back = await bed.agent('ann', { contact: ann.contact });
    back.reply(await back.request('BYE'), 200);
    assert.equal((await lucy.final(bye)).status, 200);
  });

  it('answers a caller who comes back over the new socket', async () => {
    const invite = await lucy.start('INVITE', 'ann');
    const offered = await ann.request('INVITE');
    lucy.cut();
    const back = await bed.agent(lucy.user, { contact: lucy.contact });
    ann.reply(offered, 200);
    assert.equal((await back.final(invite)).status, 200);
  });

  it('keeps the answer for a caller who comes back a little later', async () => {
    const invite = await lucy.start('INVITE', 'ann');
    const offered = await ann.request('INVITE');
    lucy.cut();
    await lucy.closed;
    ann.reply(offered, 200);
    const probe = ann.build('OPTIONS', 'sip:sandbox.test');
    ann.send(probe);
    await ann.final(probe);
    const back = await bed.agent(lucy.user, { contact: lucy.contact });
    assert.equal((await back.final(invite)).status, 200);
  });

  describe('when nobody comes back', () => {
    beforeEach(async () => {
      await bed.end();
      await open(60);
    });

    it('fails a device that stays away', async () => {
      const invite = await lucy.start('INVITE', 'ann');
      await ann.request('INVITE');
      ann.cut();
      assert.equal((await lucy.final(invite)).status, 480);
    });

    it('stops the ringing of a caller who stays away', async () => {
      await lucy.start('INVITE', 'ann');
      await ann.request('INVITE');
      lucy.cut();
      await ann.request('CANCEL');
    });

    it('hangs up a device that answered a caller who stays away', async () => {
      await lucy.start('INVITE', 'ann');
      const offered = await ann.request('INVITE');
      lucy.cut();
      await lucy.closed;
      ann.reply(offered, 200);
      await ann.request('ACK');
      ann.reply(await ann.request('BYE'), 200);
    });

    it('answers a request of a dialog whose other end stays away', async () => {
      const invite = await lucy.start('INVITE', 'ann');
      ann.reply(await ann.request('INVITE'), 200);
      const ok = await lucy.response(invite, 200);
      ann.cut();
      await ann.closed;
      assert.equal((await lucy.final(lucy.within('BYE', invite, ok))).status, 480);
    });
  });
});
