import { expect } from '@open-wc/testing';
import type { Line } from '@multiline/core';
import { audible, faultProxy, phone, server, talking, until } from './testing/phones.ts';

describe(`a link to ${server.name} that fails`, () => {
  const lost = (status: { readonly state: string }): boolean => status.state === 'reconnecting';
  const back = (status: { readonly state: string }): boolean => status.state === 'registered';

  it('cut in a call: the phone registers again, the audio goes on, and the other side can hang up', async () => {
    const proxy = await faultProxy();
    const [ann, bob] = [phone('ann', { servers: [proxy.url] }), phone('bob')];
    await Promise.all([ann.start(), bob.start()]);
    const { ours, theirs, we } = await talking(ann, bob, '1002');
    await audible(ours);
    const down = until(ann.$status, lost);
    await proxy.fault('cut');
    await down;
    await until(ann.$status, back);
    await Promise.all([audible(ours), audible(theirs)]);
    await theirs.hangUp();
    expect(await we.next('ended')).to.include({ reason: 'completed', by: 'them' });
    await proxy.fault('stop');
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
    const down = [ann, bob].map(({ $status }) => until($status, lost));
    await proxy.fault('cut');
    await Promise.all(down);
    await Promise.all([ann, bob].map(({ $status }) => until($status, back)));
    await Promise.all([audible(ours), audible(theirs)]);
    await theirs.hangUp();
    expect(await we.next('ended')).to.include({ reason: 'completed', by: 'them' });
    await proxy.fault('stop');
  });

  it('stalled without being closed: noticed within five seconds, and the phone comes back', async () => {
    const proxy = await faultProxy();
    const ann = phone('ann', { servers: [proxy.url] });
    await ann.start();
    // Only from a server that answers OPTIONS is an answer missed.
    while (!ann.log?.().some((line) => line.includes('200 OK to OPTIONS'))) await new Promise(requestAnimationFrame);
    const down = until(ann.$status, lost);
    const since = performance.now();
    await proxy.fault('stall');
    await down;
    expect(performance.now() - since).to.be.lessThan(5_500);
    await proxy.fault('flow');
    await until(ann.$status, back);
    await proxy.fault('stop');
  });

  it('refused for a while: what is dialed meanwhile says so, and afterwards all is well', async () => {
    const proxy = await faultProxy();
    const [ann, bob] = [phone('ann', { servers: [proxy.url] }), phone('bob')];
    await Promise.all([ann.start(), bob.start()]);
    const down = until(ann.$status, lost);
    await proxy.fault('refuse');
    await down;
    const thrown: unknown = await ann.dial('1002').catch((error: unknown) => error);
    expect(thrown).to.have.property('code', 'not-registered');
    await proxy.fault('flow');
    ann.reconnect?.();
    await until(ann.$status, back);
    const { ours } = await talking(ann, bob, '1002');
    await audible(ours);
    await proxy.fault('stop');
  });
});
