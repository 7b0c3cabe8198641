import { expect } from '@open-wc/testing';
import { wire, type SipMessage } from '@multiline/testing';
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
});
