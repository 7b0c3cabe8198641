import { expect } from '@open-wc/testing';
import { wire } from '@multiline/testing';
import { phone, stopPhones, talking } from './testing/phones.ts';

describe('digits that are sent', () => {
  afterEach(stopPhones);

  it('waits for the audio to be ready for digits before it sends them another way', async () => {
    const network = wire();
    const [ann, bob] = [await phone(network, 'ann'), await phone(network, 'bob')];
    const { ours: out } = await talking(ann, bob, 'bob');
    const { insertDTMF } = RTCDTMFSender.prototype;
    const sent: string[] = [];
    RTCDTMFSender.prototype.insertDTMF = function (this: RTCDTMFSender, ...tones) {
      RTCDTMFSender.prototype.insertDTMF = (digits) => void sent.push(digits);
      throw new DOMException(`Not ready for ${tones[0]}.`, 'InvalidStateError');
    };
    try {
      await out.sendDigits?.('7');
    } finally {
      RTCDTMFSender.prototype.insertDTMF = insertDTMF;
    }
    expect(sent).to.deep.equal(['7']);
    expect(network.messages.some(({ start }) => start.startsWith('INFO'))).to.equal(false);
  });

  it('sends digits as telephone events, and by INFO where the other side takes none', async () => {
    const network = wire();
    const [ann, bob] = [await phone(network, 'ann'), await phone(network, 'bob')];
    const { ours: out } = await talking(ann, bob, 'bob');
    await out.sendDigits?.('12');
    expect(network.messages.some(({ start }) => start.startsWith('INFO'))).to.equal(false);
    const { insertDTMF } = RTCDTMFSender.prototype;
    RTCDTMFSender.prototype.insertDTMF = () => {
      throw new DOMException('No telephone events.', 'InvalidStateError');
    };
    try {
      await out.sendDigits?.('9#');
    } finally {
      RTCDTMFSender.prototype.insertDTMF = insertDTMF;
    }
    const sent = network.messages
      .filter(({ start }) => start.startsWith('INFO'))
      .map(({ body }) => /Signal=(.)/.exec(body)?.[1]);
    expect(sent).to.deep.equal(['9', '#']);
  });
});
