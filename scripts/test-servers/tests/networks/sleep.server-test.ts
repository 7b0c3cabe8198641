import { expect } from '@open-wc/testing';
import { networkLink, sleep } from '../testing/links.ts';
import { audible, phone, server, talking, until } from '../testing/phones.ts';
import { figure } from '../testing/sipp.ts';

/** Audio is back so soon after the network (R4); Chromium tells of a new network up to two seconds later. */
const BACK_MS = 4_000;
const ASLEEP_MS = 8_000;

describe(`a computer that sleeps, with a phone at ${server.name}`, () => {
  const wifi = networkLink('wifi');
  afterEach(() => wifi.plugIn());

  async function started() {
    // Only one of them sleeps in life; the browser has both.
    const [ann, bob] = [phone('ann'), phone('bob')];
    await Promise.all([ann.start(), bob.start()]);
    return { ann, bob };
  }

  it('in a call goes on with it when it wakes up, and its network comes only then', async () => {
    const { ann, bob } = await started();
    const { ours, theirs, we } = await talking(ann, bob, '1002');
    await Promise.all([audible(ours), audible(theirs)]);
    await sleep(ASLEEP_MS, 'wifi');
    await wifi.plugIn();
    const since = performance.now();
    await Promise.all([audible(ours), audible(theirs)]);
    const tookMs = performance.now() - since;
    await figure(`slept in a call, audio ${String(Math.round(tookMs))} ms after its network`);
    expect(tookMs).to.be.lessThan(BACK_MS);
    await until(ann.$status, ({ state }) => state === 'registered');
    await theirs.hangUp();
    expect((await we.next('ended')).by).to.equal('them');
  });

  it('in a call without losing its network is heard at once', async () => {
    const { ann, bob } = await started();
    const { ours, theirs, we } = await talking(ann, bob, '1002');
    await Promise.all([audible(ours), audible(theirs)]);
    await sleep(ASLEEP_MS);
    await Promise.all([audible(ours), audible(theirs)]);
    await theirs.hangUp();
    expect(await we.next('ended')).to.include({ reason: 'completed', by: 'them' });
  });

  it('without a call can be called when it is awake', async () => {
    const { ann, bob } = await started();
    await sleep(ASLEEP_MS, 'wifi');
    await wifi.plugIn();
    const since = performance.now();
    await Promise.all([ann, bob].map((line) => until(line.$status, ({ state }) => state === 'registered')));
    const { ours } = await talking(ann, bob, '1002');
    await audible(ours);
    await figure(`slept, called and heard ${String(Math.round(performance.now() - since))} ms after its network`);
  });
});
