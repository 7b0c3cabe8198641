import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { useOPUS, usePCMU } from 'werift';
import { header } from './message.ts';
import { mediaPhone } from './testing/media-phone.ts';
import type { ScriptedAgent } from './testing/scripted-agent.ts';
import { openSipBed, type SipBed } from './testing/sip-bed.ts';

const sdp = { name: 'Content-Type', value: 'application/sdp' };

describe('the echo', () => {
  let bed: SipBed;
  let ann: ScriptedAgent;
  beforeEach(async () => {
    bed = await openSipBed({ noAnswerMs: 50 });
    ann = await bed.agent('ann');
  });
  afterEach(() => bed.end());

  const dial = async (target: string, media: ReturnType<typeof mediaPhone>) => {
    const invite = await ann.start('INVITE', target, { headers: [sdp], body: await media.offer() });
    const ok = await ann.response(invite, 200);
    await media.peer.setRemoteDescription({ type: 'answer', sdp: ok.body });
    ann.ack(invite, ok);
    return { invite, ok };
  };

  for (const [name, codec, target] of [
    ['opus', useOPUS(), 'echo'],
    ['PCMU', usePCMU(), '+14155550009'],
  ] as const) {
    it(`sends back what it hears in ${name}, and ends with BYE`, async () => {
      const media = mediaPhone(codec);
      const { invite, ok } = await dial(target, media);
      assert.equal((await media.converse()).payload.toString(), 'spoken');
      const bye = ann.within('BYE', invite, ok);
      assert.equal((await ann.final(bye)).status, 200);
      const late = ann.within('INFO', invite, ok);
      assert.equal((await ann.final(late)).status, 481);
      await media.peer.close();
    });
  }

  it('offers where the INVITE came without an offer', async () => {
    const media = mediaPhone(useOPUS());
    const invite = await ann.start('INVITE', 'echo');
    const ok = await ann.response(invite, 200);
    await media.peer.setRemoteDescription({ type: 'offer', sdp: ok.body });
    await media.peer.setLocalDescription(await media.peer.createAnswer());
    const ack = { ...ann.within('ACK', invite, ok), body: media.peer.localDescription?.sdp ?? '' };
    const number = (header(invite, 'CSeq') ?? '').split(' ')[0] ?? '';
    ann.send({
      ...ack,
      headers: ack.headers.map((each) => (each.name === 'CSeq' ? { name: 'CSeq', value: `${number} ACK` } : each)),
    });
    assert.equal((await media.converse()).payload.toString(), 'spoken');
    await media.peer.close();
  });

  it('answers a re-INVITE of its call', async () => {
    const media = mediaPhone(useOPUS());
    const { invite, ok } = await dial('echo', media);
    await media.converse();
    const again = { ...ann.within('INVITE', invite, ok, { headers: [sdp], body: await media.offer() }) };
    const renewed = await ann.response(again, 200);
    assert.match(renewed.body, /m=audio/);
    await media.peer.close();
  });

  it('refuses an offer it cannot read', async () => {
    const invite = await ann.start('INVITE', 'echo', { headers: [sdp], body: 'this is no session description' });
    assert.equal((await ann.final(invite)).status, 488);
  });

  it('refuses an offer without a codec it has', async () => {
    const media = mediaPhone(useOPUS());
    const body = (await media.offer()).replaceAll(/opus\/48000\/2/gi, 'G722/8000');
    const invite = await ann.start('INVITE', 'echo', { headers: [sdp], body });
    assert.equal((await ann.final(invite)).status, 488);
    await media.peer.close();
  });

  it('refuses a body that is no session description', async () => {
    const headers = [{ name: 'Content-Type', value: 'text/plain' }];
    const invite = await ann.start('INVITE', 'echo', { headers, body: 'hello' });
    assert.equal((await ann.final(invite)).status, 415);
  });

  it('is where a redirection may lead', async () => {
    const bob = await bed.agent('bob');
    const media = mediaPhone(usePCMU());
    const invite = await ann.start('INVITE', 'bob', { headers: [sdp], body: await media.offer() });
    const headers = [{ name: 'Contact', value: '<sip:echo@sandbox.test>' }];
    bob.reply(await bob.request('INVITE'), 302, { headers });
    const ok = await ann.response(invite, 200);
    assert.match(ok.body, /PCMU/);
    await media.peer.setRemoteDescription({ type: 'answer', sdp: ok.body });
    ann.ack(invite, ok);
    await media.converse();
    await media.peer.close();
  });

  it('hangs up on reset and on stop', async () => {
    const one = mediaPhone(useOPUS());
    await dial('echo', one);
    await one.converse();
    bed.server.reset();
    await ann.request('BYE');
    const two = mediaPhone(useOPUS());
    await dial('echo', two);
    await two.converse();
    await bed.server.stop();
    await ann.request('BYE');
    await ann.closed;
    await Promise.all([one.peer.close(), two.peer.close()]);
  });

  it('takes the call nobody answers when voicemail is on, and plays a tone', async () => {
    bed.server.handlings.set('bob', { voicemail: true });
    const bob = await bed.agent('bob');
    const media = mediaPhone(usePCMU());
    await dial('bob', media);
    await bob.request('CANCEL');
    const packet = await media.converse();
    assert.equal(packet.payload.length, 160);
    assert.notEqual(new Set(packet.payload).size, 1);
    await media.peer.close();
  });
});
