import { expect } from '@open-wc/testing';
import { lineSignals, wire, type Party, type SipMessage, type Wire } from '@multiline/testing';
import { phone, stopPhones } from './testing/phones.ts';
import { scriptedMedia } from './testing/scripted-media.ts';

describe('a call we make', () => {
  afterEach(stopPhones);

  async function dialed(): Promise<{
    network: Wire;
    party: Party;
    signals: ReturnType<typeof lineSignals>;
    invite: SipMessage;
    hangUp: () => Promise<void>;
  }> {
    const network = wire();
    const line = await phone(network, 'ann');
    const party = network.party('bob');
    const call = await line.dial('bob');
    return {
      network,
      party,
      signals: lineSignals(call),
      invite: await party.next('INVITE'),
      hangUp: () => call.hangUp(),
    };
  }

  for (const [status, reason, code] of [
    [486, 'busy', undefined],
    [600, 'busy', undefined],
    [480, 'no-answer', undefined],
    [408, 'no-answer', undefined],
    [603, 'declined', undefined],
    [404, 'failed', 'invalid-number'],
    [407, 'failed', 'forbidden'],
    [488, 'failed', 'unsupported'],
    [500, 'failed', 'server'],
  ] as const) {
    it(`ends as ${reason} when it is refused by ${String(status)}`, async () => {
      const { party, signals, invite } = await dialed();
      party.respond(invite, 180);
      await signals.next('ringing');
      party.respond(invite, status);
      const ended = await signals.next('ended');
      expect([ended.reason, ended.by, ended.failure?.code]).to.deep.equal([reason, 'them', code]);
    });
  }

  it('says that no password would do where the server asks for a proof that nobody here can give', async () => {
    for (const [challenge, wanted] of [
      ['Digest realm="wire.test", nonce="1", algorithm=SHA3-256', 'SHA3-256'],
      ['Bearer realm="wire.test"', 'Bearer'],
    ] as const) {
      const { party, signals, invite } = await dialed();
      party.respond(invite, 407, { headers: [['Proxy-Authenticate', challenge]] });
      const { reason, by, failure } = await signals.next('ended');
      expect([reason, by, failure]).to.deep.equal([
        'failed',
        'them',
        { code: 'auth-unsupported', message: `The phone server asks for ${wanted}.`, retryable: false },
      ]);
    }
  });

  it('fails in words when the answer describes audio that cannot be used, and the other side is let go', async () => {
    const { party, signals, invite } = await dialed();
    party.respond(invite, 200, { body: 'v=0\r\nm=nonsense\r\n' });
    await party.next('BYE');
    const ended = await signals.next('ended');
    expect([ended.reason, ended.by, ended.failure?.code]).to.deep.equal(['failed', 'them', 'refused']);
    expect(ended.failure?.message).to.contain('audio that this browser cannot use');
  });

  it('rings once, however often it is told', async () => {
    const { party, signals, invite } = await dialed();
    for (const status of [183, 180, 180]) party.respond(invite, status);
    await signals.next('ringing');
    party.respond(invite, 486);
    await signals.next('ended');
    expect(signals.all.map(({ type }) => type)).to.deep.equal(['ringing', 'ended']);
  });

  it('follows a redirection', async () => {
    const { network, party, signals, invite } = await dialed();
    const carol = network.party('carol');
    party.respond(invite, 302, { headers: [['Contact', '<sip:carol@wire.test>']] });
    const second = await carol.next('INVITE');
    carol.respond(second, 180);
    await signals.next('ringing');
    carol.respond(second, 486);
    expect((await signals.next('ended')).reason).to.equal('busy');
  });

  it('does not follow a redirection in circles', async () => {
    const { party, signals, invite } = await dialed();
    party.respond(invite, 302, { headers: [['Contact', '<sip:bob@wire.test>']] });
    const ended = await signals.next('ended');
    expect([ended.reason, ended.failure?.code]).to.deep.equal(['failed', 'refused']);
  });

  it('is over for us when their answer crosses our cancellation: they hear BYE', async () => {
    const { party, signals, invite, hangUp } = await dialed();
    const theirs = scriptedMedia();
    party.respond(invite, 180);
    await signals.next('ringing');
    await hangUp();
    await party.next('CANCEL');
    party.respond(invite, 200, { body: await theirs.answer(invite.body) });
    await party.next('ACK');
    party.respond(await party.next('BYE'), 200);
    expect(await signals.next('ended')).to.deep.equal({ type: 'ended', reason: 'cancelled', by: 'us' });
    expect(signals.all.map(({ type }) => type)).to.deep.equal(['ringing', 'ended']);
    await theirs.close();
  });

  it('ends when the answer describes nothing we understand', async () => {
    const { party, signals, invite } = await dialed();
    party.respond(invite, 200, { body: 'nonsense' });
    expect((await signals.next('ended')).reason).to.equal('failed');
    await party.next('BYE');
  });
});
