import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { header } from './message.ts';
import { openSipBed, type SipBed } from './testing/sip-bed.ts';

describe('a call', () => {
  let bed: SipBed;
  beforeEach(async () => {
    bed = await openSipBed({ graceMs: 300 });
  });
  afterEach(() => bed.end());

  it('goes from INVITE to BYE between two agents', async () => {
    const lucy = await bed.agent('+14155550101');
    const ann = await bed.agent('ann');
    const invite = await lucy.start('INVITE', '+14155550001', { body: 'v=0\r\n' });
    const offered = await ann.request('INVITE');
    assert.equal(offered.body, 'v=0\r\n');
    assert.equal(offered.uri, ann.contact);
    assert.equal(header(offered, 'P-Asserted-Identity'), '<sip:+14155550101@sandbox.test>');
    assert.equal(header(offered, 'Max-Forwards'), '69');
    assert.equal(header(offered, 'Proxy-Authorization'), undefined);
    ann.reply(offered, 180);
    await lucy.response(invite, 180);
    const answered = ann.reply(offered, 200, { body: 'v=0\r\ns=answer\r\n' });
    const ok = await lucy.response(invite, 200);
    assert.equal(ok.body, 'v=0\r\ns=answer\r\n');
    lucy.ack(invite, ok);
    await ann.request('ACK');
    const bye = ann.within('BYE', offered, answered);
    const ended = await lucy.request('BYE');
    lucy.reply(ended, 200);
    assert.equal((await ann.final(bye)).status, 200);
  });
});
