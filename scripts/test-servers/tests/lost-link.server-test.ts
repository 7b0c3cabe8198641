import { expect } from '@open-wc/testing';
import type { Line } from '@multiline/core';
import { nextIncoming } from '@multiline/testing';
import { back, faultProxy, lost, overFaultyLink } from './testing/faulty-link.ts';
import { audible, phone, ringing, server, talking } from './testing/phones.ts';
import { figure } from './testing/sipp.ts';

describe(`a link to ${server.name} that fails`, () => {
  const answersToInvite = (line: Line): number =>
    line.log?.().filter((entry) => entry.includes('200 OK to INVITE')).length ?? 0;

  it('cut in a call: the phone registers again, the audio goes on, and the other side can hang up', async () => {
    const { proxy, ann, bob } = await overFaultyLink();
    const { ours, theirs, we } = await talking(ann, bob, '1002');
    await audible(ours);
    const down = lost(ann);
    await proxy.fault('cut');
    await down;
    await back(ann);
    // Until the server knows where the call is, nobody can tell us that it is over.
    while (answersToInvite(ann) < 2) await new Promise(requestAnimationFrame);
    await Promise.all([audible(ours), audible(theirs)]);
    await theirs.hangUp();
    expect(await we.next('ended')).to.include({ reason: 'completed', by: 'them' });
  });

  it('cut for both in the same moment: they find each other again, the audio goes on, and one can hang up', async () => {
    const proxy = await faultProxy();
    const [ann, bob] = ['ann', 'bob'].map((user) => phone(user, { servers: [proxy.url], random: () => 0 })) as [
      Line,
      Line,
    ];
    await Promise.all([ann.start(), bob.start()]);
    const { ours, theirs, we } = await talking(ann, bob, '1002');
    await Promise.all([audible(ours), audible(theirs)]);
    const down = [ann, bob].map(lost);
    await proxy.fault('cut');
    await Promise.all(down);
    await Promise.all([ann, bob].map(back));
    await Promise.all([audible(ours), audible(theirs)]);
    await theirs.hangUp();
    expect(await we.next('ended')).to.include({ reason: 'completed', by: 'them' });
  });

  it('stalled without being closed: noticed within five seconds, and the phone comes back', async () => {
    const proxy = await faultProxy();
    const ann = phone('ann', { servers: [proxy.url] });
    await ann.start();
    // Only from a server that answers OPTIONS is an answer missed.
    while (!ann.log?.().some((line) => line.includes('200 OK to OPTIONS'))) await new Promise(requestAnimationFrame);
    const down = lost(ann);
    const since = performance.now();
    await proxy.fault('stall');
    await down;
    const tookMs = performance.now() - since;
    await figure(`a stalled link was noticed after ${tookMs.toFixed(0)} ms`);
    // The tests of the link's watch hold the five seconds by their own clock; a busy machine adds to them here.
    expect(tookMs).to.be.lessThan(15_000);
    await proxy.fault('flow');
    await back(ann);
  });

  it('refused for a while: what is dialed meanwhile says so, and afterwards all is well', async () => {
    const { proxy, ann, bob } = await overFaultyLink();
    const down = lost(ann);
    await proxy.fault('refuse');
    await down;
    const thrown: unknown = await ann.dial('1002').catch((error: unknown) => error);
    expect(thrown).to.have.property('code', 'not-registered');
    await proxy.fault('flow');
    ann.reconnect?.();
    await back(ann);
    const { ours } = await talking(ann, bob, '1002');
    await audible(ours);
  });

  it('gone when the other side hangs up: our call ends as soon as the phone is back, and says that it was cut off', async () => {
    const { proxy, ann, theirs, we, they } = await interrupted();
    await theirs.hangUp();
    await they.next('ended');
    await proxy.fault('flow');
    expect(await we.next('ended')).to.include({ reason: 'interrupted', by: 'them' });
    await back(ann);
  });

  it('gone when we hang up: the call ends here at once, and there as soon as the phone is back', async () => {
    const { proxy, ours, we, they } = await interrupted();
    await ours.hangUp();
    expect(we.all.at(-1)).to.deep.equal({ type: 'ended', reason: 'completed', by: 'us' });
    await proxy.fault('flow');
    expect(await they.next('ended')).to.include({ reason: 'completed', by: 'them' });
  });

  it('dead when we hang up, which nobody knows yet: the other side hears of it over the next link', async () => {
    const { proxy, ann, bob } = await overFaultyLink();
    const { ours, we, they } = await talking(ann, bob, '1002');
    await audible(ours);
    await proxy.fault('stall');
    await ours.hangUp();
    expect(await we.next('ended')).to.include({ reason: 'completed', by: 'us' });
    await proxy.fault('refuse');
    await proxy.fault('flow');
    expect(await they.next('ended')).to.include({ reason: 'completed', by: 'them' });
  });

  it('gone while it rings at the other side: the call has failed, and rings there no longer than until the phone is back', async () => {
    const { proxy, ann, bob } = await overFaultyLink();
    const { we, they } = await ringing(ann, bob, '1002');
    await we.next('ringing');
    await proxy.fault('refuse');
    expect(await we.next('ended')).to.deep.include({ reason: 'failed', by: 'them' });
    await proxy.fault('flow');
    expect(await they.next('ended')).to.include({ reason: 'missed', by: 'them' });
    await back(ann);
    await talking(ann, bob, '1002');
  });

  it('gone before the server has said anything to a call: it has failed, and rings no longer than until the phone is back', async () => {
    const { proxy, ann, bob } = await overFaultyLink();
    const deaf = proxy.fault('swallow');
    const { we, they } = await ringing(ann, bob, '1002');
    await deaf;
    await proxy.fault('cut');
    expect(await we.next('ended')).to.deep.include({ reason: 'failed', by: 'them' });
    expect(await they.next('ended')).to.include({ reason: 'missed', by: 'them' });
    await back(ann);
    await talking(ann, bob, '1002');
  });

  for (const [how, fault] of [
    ['gone', 'refuse'],
    ['dead', 'stall'],
  ] as const)
    it(`${how} when we decline: it is over here at once, and the caller hears of it as soon as the phone is back`, async () => {
      const { proxy, theirs, we, they, rang } = await ringsOver(fault);
      await theirs.decline('declined');
      expect(they.all.at(-1)).to.include({ type: 'ended', reason: 'declined', by: 'us' });
      // Whoever comes back does so over another connection.
      await proxy.fault('refuse');
      await proxy.fault('flow');
      expect(await we.next('ended')).to.include({ reason: 'declined', by: 'them' });
      expect(rang()).to.equal(1);
    });

  it('gone when we send a call on: the other number rings as soon as the phone is back', async () => {
    const { proxy, ours, theirs, we } = await ringsOver('refuse');
    const carol = phone('carol');
    await carol.start();
    const coming = nextIncoming(carol);
    await theirs.redirect?.('1003');
    await proxy.fault('flow');
    if (server.pbx) {
      // Asterisk knows that it was refused, and not how.
      expect(await we.next('ended')).to.include({ reason: 'declined', by: 'them' });
      return;
    }
    const there = await coming;
    await there.answer();
    await we.next('answered');
    await Promise.all([audible(ours), audible(there)]);
  });

  it('gone when we answer: both hear one another as soon as the phone is back', async () => {
    const { proxy, ours, theirs, we } = await ringsOver('refuse');
    const answered = theirs.answer();
    await proxy.fault('flow');
    await Promise.all([answered, we.next('answered')]);
    await Promise.all([audible(ours), audible(theirs)]);
  });

  /** Bob's call rings at ann's, whose link has failed. */
  async function ringsOver(fault: 'refuse' | 'stall') {
    const { proxy, ann, bob } = await overFaultyLink();
    const conversation = await ringing(bob, ann, '1001');
    await conversation.we.next('ringing');
    let rang = 1;
    ann.onIncoming(() => rang++);
    const down = fault === 'refuse' && lost(ann);
    await proxy.fault(fault);
    await down;
    return { proxy, ...conversation, rang: () => rang };
  }

  /** Two talk, and the link of the one who called is gone. */
  async function interrupted() {
    const { proxy, ann, bob } = await overFaultyLink();
    const conversation = await talking(ann, bob, '1002');
    await audible(conversation.ours);
    const down = lost(ann);
    await proxy.fault('refuse');
    await down;
    return { proxy, ann, ...conversation };
  }
});
