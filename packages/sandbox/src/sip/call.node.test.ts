import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { header, withFirst, withHeader } from './message.ts';
import type { ScriptedAgent } from './testing/scripted-agent.ts';
import { openSipBed, type SipBed } from './testing/sip-bed.ts';

describe('a call', () => {
  let bed: SipBed;
  let lucy: ScriptedAgent;
  let ann: ScriptedAgent;
  beforeEach(async () => {
    bed = await openSipBed({ graceMs: 300 });
    lucy = await bed.agent('+14155550101');
    ann = await bed.agent('ann');
  });
  afterEach(() => bed.end());

  it('goes from INVITE to BYE between two agents', async () => {
    const invite = await lucy.start('INVITE', '+14155550001', { body: 'v=0\r\n' });
    await lucy.response(invite, 100);
    const offered = await ann.request('INVITE');
    assert.equal(offered.body, 'v=0\r\n');
    assert.equal(offered.uri, ann.contact);
    assert.equal(header(offered, 'Max-Forwards'), '69');
    assert.equal(header(offered, 'Proxy-Authorization'), undefined);
    ann.reply(offered, 180);
    await lucy.response(invite, 180);
    const answered = ann.reply(offered, 200, { body: 'v=0\r\ns=answer\r\n' });
    const ok = await lucy.response(invite, 200);
    assert.equal(ok.body, 'v=0\r\ns=answer\r\n');
    lucy.ack(invite, ok);
    await ann.request('ACK');
    const info = lucy.within('INFO', invite, ok, { body: 'Signal=1' });
    const received = await ann.request('INFO');
    assert.equal(header(received, 'Route'), undefined);
    ann.reply(received, 200);
    assert.equal((await lucy.final(info)).status, 200);
    const bye = ann.within('BYE', offered, answered);
    lucy.reply(await lucy.request('BYE'), 200);
    assert.equal((await ann.final(bye)).status, 200);
  });

  for (const address of ['ann', '1001', 'ANN', 'tel:+1-415-555-0001', '%2B14155550001', '+14155550011']) {
    it(`reaches ann by ${address}`, async () => {
      await lucy.start('INVITE', address);
      assert.equal((await ann.request('INVITE')).uri, ann.contact);
    });
  }

  it('says 404 for nobody and 480 for somebody who is away', async () => {
    for (const [address, status] of [
      ['zed', 404],
      ['911', 404],
      ['sip:ann@elsewhere.test', 404],
      ['erin', 480],
      ['+14155550199', 480],
    ] as const) {
      const invite = await lucy.start('INVITE', address);
      assert.equal((await lucy.final(invite)).status, status, address);
    }
  });

  it('rings every device and tells the losers that the call was completed elsewhere', async () => {
    const laptop = await bed.agent('ann');
    const invite = await lucy.start('INVITE', 'ann');
    const first = await ann.request('INVITE');
    const second = await laptop.request('INVITE');
    ann.reply(first, 180);
    laptop.reply(second, 180);
    laptop.reply(second, 200);
    const ok = await lucy.response(invite, 200);
    assert.match(header(ok, 'Contact') ?? '', new RegExp(laptop.contact));
    const cancel = await ann.request('CANCEL');
    assert.equal(header(cancel, 'Reason'), 'SIP;cause=200;text="Call completed elsewhere"');
    ann.reply(cancel, 200);
    ann.reply(first, 487);
    // Hop by hop: the loser's refusal is acknowledged by the server, not by the caller.
    assert.equal(header(await ann.request('ACK'), 'CSeq'), header(first, 'CSeq')?.replace('INVITE', 'ACK'));
    assert.equal(lucy.inbox.filter((message) => message.kind === 'response' && message.status >= 300).length, 0);
  });

  it('is taken back by CANCEL', async () => {
    const invite = await lucy.start('INVITE', 'ann');
    const offered = await ann.request('INVITE');
    ann.reply(offered, 180);
    await lucy.response(invite, 180);
    const cancel = lucy.cancel(invite);
    assert.equal((await lucy.final(cancel)).status, 200);
    const cancelled = await ann.request('CANCEL');
    ann.reply(cancelled, 200);
    ann.reply(offered, 487);
    assert.equal((await lucy.final(invite)).status, 487);
  });

  it('ends for the caller even if a device never answers the CANCEL', async () => {
    const invite = await lucy.start('INVITE', 'ann');
    await ann.request('INVITE');
    lucy.cancel(invite);
    assert.equal((await lucy.final(invite)).status, 487);
  });

  it('gives the caller the 200 that crossed the CANCEL', async () => {
    const invite = await lucy.start('INVITE', 'ann');
    const offered = await ann.request('INVITE');
    ann.reply(offered, 200);
    lucy.cancel(invite);
    assert.equal((await lucy.final(invite)).status, 200);
  });

  it('hangs up a device that answers a call nobody waits for any more', async () => {
    const laptop = await bed.agent('ann');
    const invite = await lucy.start('INVITE', 'ann');
    const first = await ann.request('INVITE');
    const second = await laptop.request('INVITE');
    ann.reply(first, 200);
    laptop.reply(second, 200);
    await lucy.response(invite, 200);
    const ack = await laptop.request('ACK');
    const bye = await laptop.request('BYE');
    assert.equal(ack.uri, laptop.contact);
    assert.equal(header(bye, 'Call-ID'), header(invite, 'Call-ID'));
    laptop.reply(bye, 200);
  });

  it('refuses a CANCEL that belongs to nothing', async () => {
    const cancel = lucy.cancel(lucy.build('INVITE', 'ann'));
    assert.equal((await lucy.final(cancel)).status, 481);
  });

  it('passes busy on, and waits for the other devices first', async () => {
    const laptop = await bed.agent('ann');
    const invite = await lucy.start('INVITE', 'ann');
    ann.reply(await ann.request('INVITE'), 486);
    const ringing = await laptop.request('INVITE');
    laptop.reply(ringing, 180);
    await lucy.response(invite, 180);
    laptop.reply(ringing, 404);
    assert.equal((await lucy.final(invite)).status, 486);
  });

  it('stops the other devices of somebody who declines', async () => {
    const laptop = await bed.agent('ann');
    const invite = await lucy.start('INVITE', 'ann');
    const ringing = await laptop.request('INVITE');
    ann.reply(await ann.request('INVITE'), 603);
    laptop.reply(await laptop.request('CANCEL'), 200);
    laptop.reply(ringing, 487);
    assert.equal((await lucy.final(invite)).status, 603);
  });

  it('rings a queue, where one who declines does not stop the others', async () => {
    const bob = await bed.agent('bob');
    const guest = await bed.agent('guest-1');
    const invite = await guest.start('INVITE', 'sales');
    const offered = await bob.request('INVITE');
    ann.reply(await ann.request('INVITE'), 603);
    bob.reply(offered, 200);
    assert.equal((await guest.final(invite)).status, 200);
  });

  it('lets guests reach queues only', async () => {
    const guest = await bed.agent('guest-1');
    const invite = await guest.start('INVITE', 'ann');
    assert.equal((await guest.final(invite)).status, 403);
  });

  it('absorbs what comes twice', async () => {
    const invite = await lucy.start('INVITE', 'ann');
    const offered = await ann.request('INVITE');
    ann.reply(offered, 180);
    await lucy.response(invite, 180);
    lucy.send(invite);
    await lucy.response(invite, 180);
    assert.equal(ann.inbox.length, 0);
  });

  it('demands the digest of every call, and an honest From', async () => {
    const bare = ann.build('INVITE', 'bob');
    ann.send(bare);
    assert.equal((await ann.final(bare)).status, 407);
    const lying = await ann.start('INVITE', 'bob', { from: '<sip:bob@sandbox.test>;tag=x' });
    assert.equal((await ann.final(lying)).status, 403);
  });

  it('lets only sockets that proved who they are into a dialog', async () => {
    const stranger = await bed.connect('carol');
    const bye = stranger.build('BYE', ann.contact, { to: '<sip:ann@sandbox.test>;tag=known' });
    stranger.send(bye);
    assert.equal((await stranger.final(bye)).status, 407);
    assert.equal(ann.inbox.length, 0);
  });

  it('shows the business number outside, the extension inside, and either on wish', async () => {
    const bob = await bed.agent('bob');
    const shown = async (to: ScriptedAgent, headers: { name: string; value: string }[] = [], from = 'ann') => {
      await ann.start('INVITE', to.user, { headers, from: `"Ann" <sip:${from}@sandbox.test>;tag=1` });
      return header(await to.request('INVITE'), 'P-Asserted-Identity');
    };
    const wish = (user: string) => [{ name: 'P-Preferred-Identity', value: `<sip:${user}@sandbox.test>` }];
    assert.equal(await shown(lucy), '"Ann" <sip:+14155550001@sandbox.test>');
    assert.equal(await shown(bob), '"Ann" <sip:1001@sandbox.test>');
    assert.equal(await shown(lucy, wish('1001')), '"Ann" <sip:1001@sandbox.test>');
    assert.equal(await shown(lucy, wish('+14155550002')), '"Ann" <sip:+14155550001@sandbox.test>');
    assert.equal(await shown(lucy, wish('+14155550011')), '"Ann" <sip:+14155550011@sandbox.test>');
    assert.equal(await shown(lucy, [], '+14155550011'), '"Ann" <sip:+14155550011@sandbox.test>');
    const forged = [{ name: 'P-Asserted-Identity', value: '<sip:+14155550002@sandbox.test>' }];
    assert.equal(await shown(bob, forged), '"Ann" <sip:1001@sandbox.test>');
    assert.equal(await shown(bob, [{ name: 'Privacy', value: 'id' }]), undefined);
  });

  it('passes Replaces to the device a Contact names', async () => {
    const value = 'abc;to-tag=1;from-tag=2';
    const headers = [
      { name: 'Replaces', value },
      { name: 'Require', value: 'replaces' },
    ];
    const invite = await lucy.start('INVITE', ann.contact, { headers });
    const offered = await ann.request('INVITE');
    assert.equal(header(offered, 'Replaces'), value);
    // Whose dialog may be replaced is told by who is vouched for.
    assert.equal(header(offered, 'P-Asserted-Identity'), '<sip:+14155550101@sandbox.test>');
    ann.reply(offered, 200);
    assert.equal((await lucy.final(invite)).status, 200);
  });

  it('passes REFER and the NOTIFY about it through the dialog', async () => {
    const invite = await lucy.start('INVITE', 'ann');
    const offered = await ann.request('INVITE');
    const answered = ann.reply(offered, 200);
    const ok = await lucy.response(invite, 200);
    const refer = ann.within('REFER', offered, answered, {
      headers: [{ name: 'Refer-To', value: '<sip:1002@sandbox.test>' }],
    });
    const referred = await lucy.request('REFER');
    assert.equal(header(referred, 'Refer-To'), '<sip:1002@sandbox.test>');
    lucy.reply(referred, 202);
    assert.equal((await ann.final(refer)).status, 202);
    const notify = lucy.within('NOTIFY', invite, ok, { headers: [{ name: 'Event', value: 'refer' }] });
    ann.reply(await ann.request('NOTIFY'), 200);
    assert.equal((await lucy.final(notify)).status, 200);
  });

  it('passes REFER outside any dialog to the device, and its NOTIFY back', async () => {
    const headers = [{ name: 'Refer-To', value: '<sip:1002@sandbox.test>' }];
    const refer = await lucy.start('REFER', ann.contact, { headers });
    const referred = await ann.request('REFER');
    const accepted = ann.reply(referred, 202);
    assert.equal((await lucy.final(refer)).status, 202);
    const notify = ann.within('NOTIFY', referred, accepted, { headers: [{ name: 'Event', value: 'refer' }] });
    lucy.reply(await lucy.request('NOTIFY'), 200);
    assert.equal((await ann.final(notify)).status, 200);
  });

  it('stops a request that hopped too often or went round in circles', async () => {
    const spent = withHeader(lucy.build('INVITE', 'ann'), 'Max-Forwards', '0');
    lucy.send(spent);
    assert.equal((await lucy.final(spent)).status, 483);
    const own = Array.from({ length: 5 }, (_, index) => ({
      name: 'Via',
      value: `SIP/2.0/WS sandbox.test;branch=z9hG4bKround${String(index)}`,
    }));
    const looped = withFirst(lucy.build('INVITE', 'ann'), ...own);
    lucy.send(looped);
    assert.equal((await lucy.final(looped)).status, 482);
  });
});
