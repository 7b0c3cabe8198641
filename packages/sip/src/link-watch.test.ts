import { expect } from '@open-wc/testing';
import { manualClock, wire } from '@multiline/testing';
import { account, look, lookAsItIs, registers } from './testing/accounts.ts';

describe('an account that is registered', () => {
  describe('watches its link', () => {
    afterEach(lookAsItIs);

    /** Registered; the link is dead from now on. Answers how long it takes until that is noticed. */
    async function stalled(act: () => void = () => undefined) {
      const clock = manualClock();
      const network = wire({ clock });
      const ann = account(network, { clock });
      await ann.start();
      // Just after a sign of life, so that the whole interval lies ahead.
      const interval = document.visibilityState === 'hidden' ? 50_000 : 2_500;
      await clock.run(10 * interval);
      expect(ann.$status.get().state).to.equal('registered');
      network.stall('ann');
      const stalledAt = clock.now();
      const noticed: number[] = [];
      ann.$status.listen(({ state }) => {
        if (state === 'reconnecting') noticed.push(clock.now() - stalledAt);
      });
      act();
      await clock.run(70_000);
      expect(ann.$status.get().state).to.equal('registered');
      expect(noticed).to.have.length(1);
      await ann.stop();
      return noticed[0];
    }

    it('and notices within five seconds that it is dead, while it is seen', async () => {
      expect(await stalled()).to.be.within(1, 5_000);
    });

    it('at leisure while nobody looks: within 65 seconds', async () => {
      look('hidden');
      expect(await stalled()).to.be.within(5_001, 65_000);
    });

    it('at once when the page or its network changes', async () => {
      for (const [target, type] of [
        [globalThis, 'online'],
        [globalThis, 'offline'],
        [globalThis, 'pageshow'],
        [document, 'resume'],
      ] as const) {
        look('hidden');
        const noticed = await stalled(() => {
          target.dispatchEvent(new Event(type));
        });
        expect(noticed, type).to.be.at.most(5_000);
      }
      look('hidden');
      const noticed = await stalled(() => {
        look('attended');
        document.dispatchEvent(new Event('visibilitychange'));
      });
      expect(noticed).to.be.at.most(2_400);
    });

    it('with one timer and one request a minute while nobody looks', async () => {
      look('hidden');
      const clock = manualClock();
      const network = wire({ clock });
      const ann = account(network, { clock, registerExpiresS: 3_600 });
      await ann.start();
      await clock.run(60_000);
      const before = network.messages.length;
      // The sign of life and the renewal of the registration.
      expect(clock.waiting).to.equal(2);
      await clock.run(600_000);
      expect(network.messages.length - before).to.be.at.most(12);
      await ann.stop();
      expect(clock.waiting).to.equal(0);
    });

    it('and is back at once where it alone was lost', async () => {
      const clock = manualClock();
      const network = wire({ clock });
      const ann = account(network, { clock });
      await ann.start();
      await clock.run(10_000);
      network.stall('ann');
      const states: string[] = [];
      ann.$status.listen(({ state }) => states.push(state));
      await clock.run(5_000);
      expect(states).to.deep.equal(['reconnecting', 'registered']);
      await ann.stop();
    });
  });

  it('bears a server that never answers OPTIONS', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    const ann = account(network, { clock });
    for (let round = 0; round < 5; round++) network.loseNext('OPTIONS');
    await ann.start();
    const states: string[] = [];
    const stop = ann.$status.listen(({ state }) => states.push(state));
    await clock.run(60_000);
    stop();
    expect(states).to.deep.equal([]);
    expect(registers(network)).to.have.length(5);
    await ann.stop();
  });
});
