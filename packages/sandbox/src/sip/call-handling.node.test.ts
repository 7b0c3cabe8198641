import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { header } from './message.ts';
import type { ScriptedAgent } from './testing/scripted-agent.ts';
import { openSipBed, type SipBed } from './testing/sip-bed.ts';

describe('what becomes of the calls to somebody', () => {
  let bed: SipBed;
  let lucy: ScriptedAgent;
  let ann: ScriptedAgent;
  let bob: ScriptedAgent;
  beforeEach(async () => {
    bed = await openSipBed({ noAnswerMs: 150 });
    lucy = await bed.agent('+14155550101');
    ann = await bed.agent('ann');
    bob = await bed.agent('bob');
  });
  afterEach(() => bed.end());

  /** Dials a code as a phone without media would; the server offers, and the 200 is what counts. */
  const dial = async (code: string) => {
    const invite = await ann.start('INVITE', code);
    const answer = await ann.final(invite);
    if (answer.status !== 200) return answer.status;
    ann.ack(invite, answer);
    await ann.final(ann.within('BYE', invite, answer));
    return answer.status;
  };

  const rung = ({ inbox }: ScriptedAgent) => inbox.some((each) => each.kind === 'request' && each.method === 'INVITE');

  it('is refused as busy after *78 until *79', async () => {
    assert.equal(await dial('*78'), 200);
    assert.equal((await lucy.final(await lucy.start('INVITE', 'ann'))).status, 486);
    assert.equal(rung(ann), false);
    assert.equal(await dial('*79'), 200);
    await lucy.start('INVITE', 'ann');
    await ann.request('INVITE');
  });

  it('spares a member of a queue who wants no calls', async () => {
    await dial('*78');
    await lucy.start('INVITE', 'sales');
    await bob.request('INVITE');
    assert.equal(rung(ann), false);
  });

  for (const number of ['1002', '+14155550002', '14155550002']) {
    it(`goes on to ${number} after *72${number}, which says who sent it, until *73`, async () => {
      assert.equal(await dial(`*72${number}`), 200);
      await lucy.start('INVITE', '+14155550001');
      const forwarded = await bob.request('INVITE');
      assert.equal(header(forwarded, 'Diversion'), '<sip:+14155550001@sandbox.test>;reason=unconditional;privacy=off');
      assert.equal(header(forwarded, 'To'), '<sip:+14155550001@sandbox.test>');
      assert.equal(await dial('*73'), 200);
      await lucy.start('INVITE', 'ann');
      await ann.request('INVITE');
    });
  }

  it('refuses to forward to nobody, to oneself, or in a circle', async () => {
    for (const number of ['nobody', '1001', '98']) assert.equal(await dial(`*72${number}`), 404, number);
    bed.server.handlings.set('ann', { forward: '1002' });
    bed.server.handlings.set('bob', { forward: '1001' });
    assert.equal((await lucy.final(await lucy.start('INVITE', 'ann'))).status, 482);
  });

  it('is told who redirected a call, and that the one it is for wants no calls', async () => {
    bed.server.handlings.set('carol', { dnd: true, voicemail: false });
    const first = await lucy.start('INVITE', 'ann');
    ann.reply(await ann.request('INVITE'), 302, { headers: [{ name: 'Contact', value: '<sip:1003@sandbox.test>' }] });
    assert.equal((await lucy.final(first)).status, 486);
    await lucy.start('INVITE', 'ann');
    ann.reply(await ann.request('INVITE'), 302, { headers: [{ name: 'Contact', value: '<sip:1002@sandbox.test>' }] });
    assert.match(header(await bob.request('INVITE'), 'Diversion') ?? '', /^<sip:\+14155550001@.*reason=deflection/);
  });

  it('begins anew with reset', async () => {
    bed.server.handlings.set('ann', { dnd: true });
    bed.server.handlings.set('carol', { voicemail: false });
    bed.server.reset();
    assert.deepEqual(bed.server.handlings.of('ann'), { dnd: false, forward: null, voicemail: false });
    assert.equal(bed.server.handlings.of('carol').voicemail, true);
  });
});
