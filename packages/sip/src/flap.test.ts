import { expect } from '@open-wc/testing';
import { manualClock, wire, type SipMessage } from '@multiline/testing';
import { hears, phone, requests, stopPhones, talking, valueOf } from './testing/phones.ts';

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
});
