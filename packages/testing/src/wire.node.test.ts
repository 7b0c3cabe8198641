import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { manualClock } from './manual-clock.ts';
import { wire } from './wire.ts';
import { md5 } from './wire/md5.ts';
import { addressOf, formatMessage, header, parseMessage } from './wire/sip-message.ts';

describe('md5', () => {
  it('is the digest of RFC 1321', () => {
    for (const text of [
      '',
      'a',
      'ann:wire.test:Zürich',
      'x'.repeat(55),
      'x'.repeat(56),
      'x'.repeat(64),
      'x'.repeat(1_000),
    ]) {
      assert.equal(md5(text), createHash('md5').update(text).digest('hex'));
    }
  });
});

describe('a SIP message', () => {
  it('comes out as it went in, with a length that is true', () => {
    const message = parseMessage(
      'MESSAGE sip:bob@wire.test SIP/2.0\r\nTo: <sip:bob@wire.test>\r\nContent-Length: 99\r\n\r\nGrüße',
    );
    assert.equal(header(message, 'to'), '<sip:bob@wire.test>');
    assert.match(formatMessage(message), /\r\nContent-Length: 7\r\n\r\nGrüße$/);
  });

  it('names user and host of any form of address', () => {
    assert.deepEqual(addressOf('"Bob; the <b>" <sip:bob%20x@wire.test:5060;transport=ws>;tag=1'.replace('<b>', 'b')), {
      user: 'bob x',
      host: 'wire.test',
    });
    assert.deepEqual(addressOf('sip:wire.test'), { user: '', host: 'wire.test' });
  });
});

describe('wire', () => {
  it('rings at all contacts of a user, and tells the others who were slower', async () => {
    const network = wire();
    const [caller, desk, home] = [network.party('bob'), network.party('ann'), network.party('ann')];
    const invite = caller.request('INVITE', 'ann');
    const [first, second] = [await desk.next('INVITE'), await home.next('INVITE')];
    desk.respond(first, 180);
    await caller.next(180);
    desk.respond(first, 200);
    const ok = await caller.next(200);
    const cancel = await home.next('CANCEL');
    assert.match(header(cancel, 'Reason'), /cause=200/);
    home.respond(second, 487);
    await home.next('ACK');
    caller.within(invite, ok, 'ACK');
    await desk.next('ACK');
    caller.within(invite, ok, 'BYE');
    desk.respond(await desk.next('BYE'), 200);
    await caller.next(200);
  });

  it('answers for all contacts when every one has refused, with the best answer', async () => {
    const network = wire();
    const [caller, desk, home] = [network.party('bob'), network.party('ann'), network.party('ann')];
    caller.request('INVITE', 'ann');
    desk.respond(await desk.next('INVITE'), 486);
    await desk.next('ACK');
    home.respond(await home.next('INVITE'), 603);
    await caller.next(603);
  });

  it('takes an INVITE back', async () => {
    const network = wire();
    const [caller, callee] = [network.party('bob'), network.party('ann')];
    const invite = caller.request('INVITE', 'ann');
    const ringing = await callee.next('INVITE');
    caller.cancel(invite);
    await caller.next(200);
    await callee.next('CANCEL');
    callee.respond(ringing, 487);
    await caller.next(487);
  });

  it('says 404 for a user nobody knows and 480 for one who is away', async () => {
    const network = wire();
    const caller = network.party('bob');
    caller.request('INVITE', 'nobody');
    await caller.next(404);
    const transport = new network.transport(undefined, {});
    await transport.connect();
    const register = `REGISTER sip:wire.test SIP/2.0\r\nVia: SIP/2.0/WS a.invalid;branch=z9hG4bK1\r\nFrom: <sip:ann@wire.test>;tag=1\r\nTo: <sip:ann@wire.test>\r\nCall-ID: 1\r\nCSeq: 1 REGISTER\r\nContact: <sip:x@a.invalid>\r\n\r\n`;
    const answered = new Promise<string>((resolve) => (transport.onMessage = resolve));
    await transport.send(register);
    assert.match(await answered, /^SIP\/2\.0 200 /);
    assert.equal(network.registered('ann'), true);
    network.cut('ann');
    assert.equal(transport.isConnected(), false);
    caller.request('INVITE', 'ann');
    await caller.next(480);
  });

  it('challenges where there is a password', async () => {
    const network = wire({ password: () => 'secret' });
    const transport = new network.transport(undefined, {});
    await transport.connect();
    const answered = new Promise<string>((resolve) => (transport.onMessage = resolve));
    await transport.send(
      'REGISTER sip:wire.test SIP/2.0\r\nVia: SIP/2.0/WS a.invalid;branch=z9hG4bK1\r\nTo: <sip:ann@wire.test>\r\nCSeq: 1 REGISTER\r\n\r\n',
    );
    assert.match(await answered, /^SIP\/2\.0 401 [\s\S]*WWW-Authenticate: Digest realm="wire\.test"/);
  });

  it('lets nobody connect while it is down', async () => {
    const network = wire();
    const transport = new network.transport(undefined, { server: 'ws://a' });
    network.down('ws://a');
    await assert.rejects(transport.connect());
    assert.equal(transport.state, 'Disconnected');
    network.up('ws://a');
    await transport.connect();
    let lost: Error | undefined;
    transport.onDisconnect = (error) => (lost = error);
    network.down();
    assert.ok(lost);
    await assert.rejects(transport.send('x'));
  });

  it('delays and loses messages', async () => {
    const clock = manualClock();
    const network = wire({ clock, delayMs: 50 });
    const [caller, callee] = [network.party('bob'), network.party('ann')];
    network.loseNext('MESSAGE');
    caller.request('MESSAGE', 'ann', { body: 'lost' });
    caller.request('MESSAGE', 'ann', { body: 'kept' });
    let arrived: string | undefined;
    void callee.next('MESSAGE').then(({ body }) => (arrived = body));
    await clock.run(99);
    assert.equal(arrived, undefined);
    await clock.run(1);
    assert.equal(arrived, 'kept');
  });
});
