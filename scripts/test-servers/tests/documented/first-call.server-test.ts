import { expect } from '@open-wc/testing';
import { audible, phone, server, talking } from '../testing/phones.ts';

describe(`${server.name}, set up by the commands of docs/pbx.md`, () => {
  it('lets one phone call another, and both are heard', async () => {
    const [ann, bob] = [phone('ann'), phone('bob')];
    await Promise.all([ann.start(), bob.start()]);
    const { ours, theirs, they } = await talking(ann, bob, '1002');
    await Promise.all([audible(ours), audible(theirs)]);
    await ours.hangUp();
    expect(await they.next('ended')).to.include({ reason: 'completed', by: 'them' });
  });
});
