import { expect } from '@open-wc/testing';
import { networkLink } from '../testing/links.ts';
import { audible, phone, server, talking } from '../testing/phones.ts';

describe(`calls on ${server.name} over a network`, () => {
  it('go through its link, the audio too', async () => {
    const link = networkLink('wifi');
    const [ann, bob] = [phone('ann'), phone('bob')];
    await Promise.all([ann.start(), bob.start()]);
    const { ours, theirs } = await talking(ann, bob, '1002');
    const before = await link.be({ loss: 0 });
    await Promise.all([audible(ours), audible(theirs)]);
    const after = await link.be({});
    expect(after.carried - before.carried).to.be.greaterThan(20);
    expect(after.lost).to.equal(0);
  });
});
