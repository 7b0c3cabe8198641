import { expect } from '@open-wc/testing';
import { networkLink, sleep } from '../testing/links.ts';
import { audible, registered, server, talking, until } from '../testing/phones.ts';
import { figure } from '../testing/sipp.ts';

/** Audio is back so soon after the network (R4); Chromium tells of a new network up to two seconds later. */
const BACK_MS = 4_000;
const ASLEEP_MS = 8_000;
/** A network on which no audio comes about before a sleep right after the answer, one way. */
const SLOW_MS = 200;

describe(`a computer that sleeps, with a phone at ${server.name}`, () => {
  const wifi = networkLink('wifi');
  afterEach(async () => {
    await wifi.be({ delayMs: 0 });
    await wifi.plugIn();
  });

  async function started() {
    // Only one of them sleeps in life; the browser has both.
    const [ann, bob] = await registered('ann', 'bob');
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

  for (const kept of [true, false]) {
    const network = kept ? 'keeps its network' : 'has its network only when it is awake';
    it(`in a call that was only just answered, before it had any audio, goes on with it and ${network}`, async () => {
      const { ann, bob } = await started();
      // Audio takes several ways to and fro after the answer.
      await wifi.be({ delayMs: SLOW_MS });
      const { ours, theirs, we } = await talking(ann, bob, '1002');
      await sleep(ASLEEP_MS, kept ? undefined : 'wifi');
      await wifi.be({ delayMs: 0 });
      if (!kept) await wifi.plugIn();
      const since = performance.now();
      await Promise.all([audible(ours), audible(theirs)]);
      const tookMs = performance.now() - since;
      await figure(`slept right after the answer (${network}), audio ${String(Math.round(tookMs))} ms later`);
      expect(tookMs).to.be.lessThan(BACK_MS);
      await theirs.hangUp();
      expect((await we.next('ended')).by).to.equal('them');
    });
  }

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
