import { expect } from '@open-wc/testing';
import { manualClock, wire, type SipMessage } from '@multiline/testing';
import { hears, phone, reached, requests, stopPhones, talking, until, valueOf } from './testing/phones.ts';

const numberOf = (message: SipMessage): string => valueOf(message, 'CSeq').split(' ')[0] ?? '';

describe('a link that flaps', () => {
  afterEach(stopPhones);

  it('asks again when it is cut while a re-INVITE is on its way', async () => {
    const network = wire();
    const [ann, bob] = [await phone(network, 'ann'), await phone(network, 'bob')];
    const { ours, theirs, we } = await talking(ann, bob, 'bob');
    await Promise.all([hears(ours), hears(theirs)]);
    const before = requests(network, 'INVITE').length;
    for (let round = 0; round < 3; round++) {
      network.loseNext('INVITE');
      const asked = network.next('INVITE');
      network.cut('ann');
      await asked;
    }
    const again = network.next('INVITE');
    network.cut('ann');
    const ack = numberOf(await again);
    await network.next((message) => valueOf(message, 'CSeq') === `${ack} ACK`);
    expect(requests(network, 'INVITE').length - before).to.equal(4);
    await Promise.all([hears(ours), hears(theirs)]);
    await theirs.hangUp();
    expect((await we.next('ended')).reason).to.equal('completed');
  });

  it('lets the way that was just agreed on come about before it asks for another, however often it is cut meanwhile', async () => {
    const clock = manualClock();
    const network = wire();
    const [ann, bob] = [await phone(network, 'ann', {}, { clock }), await phone(network, 'bob')];
    const { ours, theirs } = await talking(ann, bob, 'bob');
    await Promise.all([hears(ours), hears(theirs)]);
    const back = async (): Promise<void> => {
      network.cut('ann');
      const registered = reached(ann, 'registered');
      await clock.run(250);
      await registered;
    };
    const asked = (): number => requests(network, 'INVITE').length;
    /** The next re-INVITE, once it is agreed on; the clock goes on as long as its candidates are gathered. */
    const agreed = async (): Promise<void> => {
      const confirmed = network.next('INVITE').then(async (invite) => {
        await network.next((message) => valueOf(message, 'CSeq') === `${numberOf(invite)} ACK`);
        return true;
      });
      await until(async () => {
        await clock.run(20);
        return Promise.race([confirmed, false]);
      });
    };
    const first = agreed();
    await back();
    await first;
    const before = asked();
    for (let cuts = 0; cuts < 3; cuts++) await back();
    expect(asked()).to.equal(before);
    await agreed();
    await clock.run(2_000);
    expect(asked()).to.equal(before + 1);
    await Promise.all([hears(ours), hears(theirs)]);
  });

  it('asks again when nothing answers, and lets the other side ask meanwhile', async () => {
    const clock = manualClock();
    const network = wire();
    const [ann, bob] = [await phone(network, 'ann', {}, { clock }), await phone(network, 'bob')];
    const { ours, theirs, we } = await talking(ann, bob, 'bob');
    network.loseNext('INVITE');
    const asked = network.next('INVITE');
    const holding = ours.hold?.(true);
    await asked;
    await clock.run(4_999);
    const again = network.next('INVITE');
    await clock.run(1);
    await theirs.hold?.(true);
    expect(valueOf(await again, 'From')).to.include('bob');
    expect(await we.next('held')).to.include({ by: 'them' });
    await clock.run(10_000);
    await holding;
    expect(await we.next('held')).to.include({ by: 'us' });
  });

  for (const laterMs of [100, 700]) {
    it(`takes what the other side asks ${String(laterMs)} ms later, where nobody has heard what was asked here`, async () => {
      const clock = manualClock();
      const network = wire();
      const [ann, bob] = [await phone(network, 'ann', {}, { clock }), await phone(network, 'bob')];
      const { ours, theirs, we } = await talking(ann, bob, 'bob');
      network.loseNext('INVITE');
      const asked = network.next('INVITE');
      const holding = ours.hold?.(true);
      await asked;
      await clock.run(laterMs);
      const crossed = network.next(({ start }) => start.startsWith('SIP/2.0 491'));
      const theirHold = theirs.hold?.(true);
      // It may have been asked in the same moment: then an answer is under way.
      if (laterMs < 700) await crossed;
      if (laterMs < 700) await clock.run(700);
      await theirHold;
      expect(await we.next('held')).to.include({ by: 'them' });
      await clock.run(10_000);
      await holding;
      expect(await we.next('held')).to.include({ by: 'us' });
    });
  }
});
