import { expect } from '@open-wc/testing';
import { lineSignals, nextIncoming, wire, type MessageParts, type SipMessage } from '@multiline/testing';
import { hears, phone, stopPhones, valueOf } from './testing/phones.ts';
import { scriptedMedia } from './testing/scripted-media.ts';

/** A server that watches over its calls (RFC 4028), and would rather do so by itself. */
const TIMER = [
  ['Supported', 'timer'],
  ['Session-Expires', '90'],
] as const;

const values = (message: SipMessage, name: string): string[] =>
  message.headers.flatMap(([other, value]) => (other === name ? value.split(/,\s*/) : []));

describe('a call at a server that watches over it by session timers', () => {
  afterEach(stopPhones);

  it('is renewed by the re-INVITE of the server: we name neither UPDATE nor timers, refuse both, and the call lives', async () => {
    const network = wire();
    const ann = await phone(network, 'ann');
    const [party, media] = [network.party('bob'), scriptedMedia()];

    const insisting = party.request('INVITE', 'ann', { headers: [...TIMER, ['Require', 'timer']] });
    const refused = await party.next(420);
    expect(valueOf(refused, 'Unsupported')).to.equal('timer');
    party.within(insisting, refused, 'ACK');

    const coming = nextIncoming(ann);
    const invite = party.request('INVITE', 'ann', { headers: TIMER, body: await media.offer() });
    const call = await coming;
    const signals = lineSignals(call);
    void call.answer();
    const ok = await party.next(200);
    party.within(invite, ok, 'ACK');
    await media.accept(ok.body);
    await signals.next('answered');
    expect(values(ok, 'Supported')).not.to.include('timer');
    expect(values(ok, 'Session-Expires')).to.deep.equal([]);
    expect(values(ok, 'Allow')).to.include('INVITE').and.not.to.include('UPDATE');
    await hears(call);

    /** What ann answers to a request in the call. */
    const answerTo = (method: string, parts: MessageParts): Promise<SipMessage> => {
      const cseq = valueOf(party.within(invite, ok, method, parts), 'CSeq');
      return party.next((message) => message.start.startsWith('SIP/2.0 ') && valueOf(message, 'CSeq') === cseq);
    };
    expect((await answerTo('UPDATE', { headers: TIMER })).start).to.equal('SIP/2.0 405 Method Not Allowed');
    const renewed = await answerTo('INVITE', { headers: TIMER, body: await media.offer() });
    expect(renewed.start).to.equal('SIP/2.0 200 OK');
    await media.accept(renewed.body);
    await hears(call);
    void answerTo('BYE', {});
    expect(await signals.next('ended')).to.include({ reason: 'completed', by: 'them' });
    await media.close();
  });
});
