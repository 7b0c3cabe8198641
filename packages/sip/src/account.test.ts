import { expect } from '@open-wc/testing';
import type { MultiLineError } from '@multiline/core';
import { manualClock, wire } from '@multiline/testing';
import type { SipAccountOptions } from './index.ts';
import { account, registers } from './testing/accounts.ts';

describe('sipAccount', () => {
  it('refuses addresses that are none, and an account without a server', () => {
    const network = wire();
    for (const uri of ['', 'ann', 'sip:', 'sip:example.com', 'mailto:ann@example.com']) {
      expect(() => account(network, { uri }), uri)
        .to.throw()
        .with.property('code', 'refused');
    }
    expect(() => account(network, { servers: [] }))
      .to.throw()
      .with.property('code', 'refused');
  });

  it('registers by digest, and leaves when it stops', async () => {
    const network = wire({ password: (user) => user });
    const ann = account(network);
    expect(ann.$status.get()).to.deep.equal({ state: 'off' });
    expect(network.messages).to.have.length(0);
    const started = ann.start();
    expect(ann.$status.get()).to.deep.equal({ state: 'connecting' });
    await started;
    expect(ann.$status.get()).to.deep.equal({ state: 'registered' });
    expect(network.registered('ann')).to.equal(true);
    await ann.stop();
    expect(ann.$status.get()).to.deep.equal({ state: 'off' });
    expect(network.registered('ann')).to.equal(false);
    await ann.start();
    expect(ann.$status.get()).to.deep.equal({ state: 'registered' });
    await ann.stop();
  });

  it('asks for longer where the interval is too brief', async () => {
    const network = wire();
    network.refuseRegistration({ status: 423, times: 1, headers: [['Min-Expires', '900']] });
    const ann = account(network);
    await ann.start();
    expect(ann.$status.get().state).to.equal('registered');
    const asked = network.messages.filter(({ start }) => start.startsWith('REGISTER')).at(-1);
    expect(asked?.headers.find(([name]) => name === 'Contact')?.[1]).to.contain('expires=900');
    await ann.stop();
  });

  it('renews its registration before it expires, in the same dialog with the registrar', async () => {
    const clock = manualClock();
    const network = wire({ clock, maxExpiresS: 60 });
    const ann = account(network, { clock });
    await ann.start();
    await clock.run(53_000);
    expect(registers(network)).to.have.length(1);
    await clock.run(2_000);
    const sent = network.messages.filter(({ start }) => start.startsWith('REGISTER'));
    expect(sent).to.have.length(2);
    const value = (index: number, name: string) => sent[index]?.headers.find(([other]) => other === name)?.[1];
    expect(value(1, 'Call-ID')).to.equal(value(0, 'Call-ID'));
    expect([value(0, 'CSeq'), value(1, 'CSeq')]).to.deep.equal(['1 REGISTER', '2 REGISTER']);
    expect(ann.$status.get().state).to.equal('registered');
    await ann.stop();
  });

  it('renews its registration so early that a timer of a hidden tab, a minute late, is not too late', async () => {
    const clock = manualClock(0);
    const network = wire({ clock });
    const ann = account(network, { clock, random: () => 0.999 });
    await ann.start();
    await clock.run(239_000);
    expect(registers(network)).to.have.length(2);
    await ann.stop();
  });

  it('keeps a log without secrets and whole numbers', async () => {
    const clock = manualClock(0);
    const network = wire({ clock, password: () => 'tr0ub4dor' });
    const ann = account(network, { clock, credentials: () => ({ password: 'tr0ub4dor' }) });
    await ann.start();
    network.party('bob').request('MESSAGE', 'ann', { headers: [['Subject', 'tr0ub4dor']] });
    await network.next(405);
    const log = ann.log();
    expect(log[0]).to.equal('1970-01-01T00:00:00.000Z connecting');
    for (const line of ['sent REGISTER sip:wire.test', 'got 401 Unauthorized to REGISTER', 'registered']) {
      expect(log).to.include(`1970-01-01T00:00:00.000Z ${line}`);
    }
    expect(log.join('\n')).not.to.contain('tr0ub4dor').and.not.to.contain('nonce');
    for (let round = 0; round < 200; round++) network.party('bob').request('MESSAGE', 'ann');
    await clock.run(0);
    expect(ann.log()).to.have.length(400);
    await ann.stop();
  });

  it('keeps in its log what happened, however long nothing but signs of life came since', async () => {
    const clock = manualClock(0);
    const network = wire({ clock });
    const ann = account(network, { clock, pulseMs: { attentive: 2_500, hidden: 2_500 } });
    await ann.start();
    await clock.run(10_000);
    const log = ann.log();
    expect(log.filter((line) => line.includes('OPTIONS'))).to.have.length(2);
    await clock.run(60_000);
    expect(network.messages.filter(({ start }) => start.startsWith('OPTIONS')).length).to.be.greaterThan(10);
    expect(ann.log()).to.deep.equal(log);
    await ann.stop();
  });

  it('keeps neither its log nor what names the user once they have signed out', async () => {
    const rows = new Map<string, string>();
    const storage = {
      getItem: (key: string) => rows.get(key) ?? null,
      setItem: (key: string, value: string) => void rows.set(key, value),
      removeItem: (key: string) => void rows.delete(key),
    };
    const ann = account(wire(), { storage });
    await ann.start();
    expect([...rows.keys()].join()).to.contain('ann');
    await ann.stop();
    ann.forget();
    expect([rows.size, ann.log().length]).to.deep.equal([0, 0]);
  });

  it('is the same phone after a reload, another without storage', async () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
    const denied = {
      getItem: (): never => {
        throw new DOMException('denied', 'SecurityError');
      },
      setItem: () => undefined,
    };
    async function contactOf(options: Partial<SipAccountOptions>): Promise<{ user: string; instance: string }> {
      const network = wire();
      const ann = account(network, options);
      await ann.start();
      const contact = network.messages[0]?.headers.find(([name]) => name === 'Contact')?.[1] ?? '';
      await ann.stop();
      return { user: /sip:([^@]*)@/.exec(contact)?.[1] ?? '', instance: /urn:uuid:([^>]*)>/.exec(contact)?.[1] ?? '' };
    }
    const first = await contactOf({ storage });
    expect(await contactOf({ storage })).to.deep.equal(first);
    expect(await contactOf({ storage: denied })).not.to.deep.equal(first);
  });

  it('throws nothing at what a broken server sends', async () => {
    const network = wire();
    const ann = account(network);
    const errors: MultiLineError[] = [];
    addEventListener('error', ({ error }: ErrorEvent) => errors.push(error as MultiLineError), { once: true });
    await ann.start();
    const party = network.party('bob');
    for (const text of [
      '',
      '\r\n\r\n',
      'garbage',
      'INVITE sip:ann@wire.test SIP/2.0\r\n\r\n',
      `SIP/2.0 200 OK\r\nVia: ${'x'.repeat(70_000)}\r\n\r\n`,
    ]) {
      party.send(text);
    }
    const options = party.request('OPTIONS', 'ann');
    expect((await party.next(200)).headers.find(([name]) => name === 'Call-ID')?.[1]).to.equal(
      options.headers.find(([name]) => name === 'Call-ID')?.[1],
    );
    expect(errors).to.have.length(0);
    await ann.stop();
  });

  it('answers every request outside of a call', async () => {
    const network = wire();
    const ann = account(network);
    await ann.start();
    const party = network.party('bob');
    party.request('MESSAGE', 'ann', { headers: [['Content-Type', 'text/plain']], body: 'Hello' });
    await party.next(405);
    party.request('NOTIFY', 'ann', {
      headers: [
        ['Event', 'presence'],
        ['Subscription-State', 'active'],
      ],
    });
    await party.next(481);
    party.request('SUBSCRIBE', 'ann', {
      headers: [
        ['Event', 'presence'],
        ['Expires', '60'],
      ],
    });
    await party.next(489);
    party.request('REFER', 'ann', { headers: [['Refer-To', '<sip:mallory@wire.test>']] });
    await party.next(405);
    await ann.stop();
  });

  it('stays off when a sign of life comes while it signs off', async () => {
    const clock = manualClock();
    const network = wire({ clock, delayMs: 10 });
    const ann = account(network, { clock });
    const started = ann.start();
    await clock.run(35);
    await started;
    // The first question whether the server is alive is still out.
    const stopped = ann.stop();
    await clock.run(100);
    await stopped;
    expect(clock.waiting).to.equal(0);
    await clock.run(60_000);
    expect(ann.$status.get()).to.deep.equal({ state: 'off' });
    expect(network.registered('ann')).to.equal(false);
  });

  it('can be stopped while it connects', async () => {
    const clock = manualClock();
    const network = wire({ clock, delayMs: 100 });
    const ann = account(network, { clock });
    const started = ann.start();
    await clock.run(50);
    await ann.stop();
    await clock.run(10_000);
    await started;
    expect(ann.$status.get()).to.deep.equal({ state: 'off' });
    expect(network.registered('ann')).to.equal(false);
  });
});
