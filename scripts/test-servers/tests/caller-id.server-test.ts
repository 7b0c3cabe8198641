import { expect } from '@open-wc/testing';
import type { DialOptions } from '@multiline/core';
import { lineSignals, nextIncoming } from '@multiline/testing';
import { phone, registered, server, ringing } from './testing/phones.ts';

describe(`the number a call goes out with, on ${server.name}`, () => {
  async function seenAs(callerId?: DialOptions['callerId']): Promise<string> {
    const [ann, bob] = [phone('ann', { numbers: ['1001', '+14155550001'] }), phone('bob')];
    await Promise.all([ann.start(), bob.start()]);
    const coming = nextIncoming(bob);
    const ours = await ann.dial('1002', callerId && { callerId });
    const { remote } = await coming;
    const ended = lineSignals(ours).next('ended');
    await ours.hangUp();
    await ended;
    return remote.address;
  }

  it('is the one the server knows the caller by, unless another is preferred', async () => {
    expect(await seenAs()).to.equal(server.pbx ? '1001' : 'ann');
  });

  it("is the caller's other number where that is preferred (P-Preferred-Identity)", async () => {
    expect(await seenAs({ number: '+14155550001', as: 'p-preferred-identity' })).to.equal('+14155550001');
  });

  it("is never somebody else's", async () => {
    expect(await seenAs({ number: '+14155550003', as: 'p-preferred-identity' })).to.equal(server.pbx ? '1001' : 'ann');
  });

  it('cannot be written into From: these servers know a phone by it', async () => {
    const [ann] = await registered('ann', 'bob');
    const call = await ann.dial('1002', { callerId: { number: '+14155550001', as: 'from' } });
    const { reason, failure } = await lineSignals(call).next('ended');
    expect([reason, failure?.code]).to.deep.equal(['failed', 'forbidden']);
  });
});

describe(`the number that was called, on ${server.name}`, () => {
  it('is told to the called, whichever of the own it was', async () => {
    const [ann, bob] = await registered('ann', 'bob');
    for (const number of ['1002', '+14155550002']) {
      const { ours, theirs, they } = await ringing(ann, bob, number);
      expect(theirs.called).to.equal(number);
      await ours.hangUp();
      await they.next('ended');
    }
  });
});
