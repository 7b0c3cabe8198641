import { expect } from '@open-wc/testing';
import { lineSignals, nextIncoming, wire, type Wire } from '@multiline/testing';
import { phone, stopPhones, valueOf } from './testing/phones.ts';
import { scriptedMedia } from './testing/scripted-media.ts';

type Headers = readonly (readonly [string, string])[];

/** A party that has called ann and talks with her. `ask` sends her a re-INVITE and confirms her answer. */
async function caller(network: Wire, headers: Headers = []) {
  const ann = await phone(network, 'ann');
  const party = network.party('bob');
  const media = scriptedMedia();
  const coming = nextIncoming(ann);
  const invite = party.request('INVITE', 'ann', { headers, body: await media.offer() });
  const call = await coming;
  const signals = lineSignals(call);
  const answering = call.answer();
  const ok = await party.next(200);
  party.within(invite, ok, 'ACK');
  await media.accept(ok.body);
  await answering;
  await signals.next('answered');
  const ask = async (told: Headers): Promise<void> => {
    const again = party.within(invite, ok, 'INVITE', { headers: told, body: await media.offer() });
    const agreed = await party.next(
      (message) => valueOf(message, 'CSeq') === valueOf(again, 'CSeq') && message.body !== '',
    );
    party.within(again, agreed, 'ACK');
    await media.accept(agreed.body);
  };
  const parties = (): unknown[] =>
    signals.all.flatMap((signal) => (signal.type === 'party-changed' ? [signal.remote] : []));
  const tag = valueOf(invite, 'From').replace(/^[^>]*>/, '');
  return { call, signals, ask, parties, tag, close: () => media.close() };
}

describe('the other side of a call', () => {
  afterEach(stopPhones);

  it('is who the server says it is now: another, then one by another name', async () => {
    const { call, ask, parties, signals, close } = await caller(wire(), [
      ['P-Asserted-Identity', '"Bob" <sip:1002@wire.test>'],
    ]);
    expect(call.remote).to.deep.equal({ address: '1002', name: 'Bob' });
    await ask([['P-Asserted-Identity', '"Lucy Hall" <sip:+14155550101@wire.test>, <tel:+14155550101>']]);
    await ask([['P-Asserted-Identity', '<sip:+14155550101@wire.test>']]);
    await ask([['P-Asserted-Identity', '"L. Hall" <sip:+14155550101@wire.test>']]);
    expect(parties()).to.deep.equal([
      { address: '+14155550101', name: 'Lucy Hall' },
      { address: '+14155550101', name: 'L. Hall' },
    ]);
    expect(call.remote).to.deep.equal({ address: '+14155550101', name: 'L. Hall' });
    const kept = signals.all.flatMap((signal) => (signal.type === 'resumable' ? [signal.token] : []));
    expect(kept.at(-1)).to.contain('L. Hall');
    await close();
  });

  it('is another where only its From is (RFC 4916), and the first one again afterwards', async () => {
    const { ask, parties, tag, close } = await caller(wire());
    await ask([['From', `"Carol" <sip:carol@wire.test>${tag}`]]);
    await ask([['From', `"Carol" <sip:carol@wire.test>${tag}`]]);
    await ask([['From', `<sip:bob@wire.test>${tag}`]]);
    expect(parties()).to.deep.equal([{ address: 'carol', name: 'Carol' }, { address: 'bob' }]);
    await close();
  });

  it('is who answers our own question, where that is another than who has answered the call', async () => {
    const network = wire();
    const [ann, party, media] = [await phone(network, 'ann'), network.party('sales'), scriptedMedia()];
    const call = await ann.dial('sales');
    const signals = lineSignals(call);
    const answer = async (as: string): Promise<void> => {
      const invite = await party.next('INVITE');
      party.respond(invite, 200, { headers: [['P-Asserted-Identity', as]], body: await media.answer(invite.body) });
    };
    await answer('<sip:1002@wire.test>');
    await signals.next('answered');
    const held = async (on: boolean, as: string): Promise<void> => {
      const holding = call.hold?.(on);
      await answer(as);
      await holding;
    };
    await held(true, '<sip:1002@wire.test>');
    expect(call.remote).to.deep.equal({ address: 'sales' });
    await held(false, '<sip:1003@wire.test>');
    expect((await signals.next('party-changed')).remote).to.deep.equal({ address: '1003' });
    expect(call.remote).to.deep.equal({ address: '1003' });
    await media.close();
  });

  it('stays who it is where the server says nothing new', async () => {
    const { call, ask, parties, close } = await caller(wire(), [['P-Asserted-Identity', '"Bob" <sip:1002@wire.test>']]);
    // As its phone names itself: that it did so from the start, and the server knew better.
    await ask([]);
    await ask([['P-Asserted-Identity', '<sip:1002@other.test>']]);
    expect(parties()).to.deep.equal([]);
    expect(call.remote).to.deep.equal({ address: '1002', name: 'Bob' });
    await close();
  });
});
