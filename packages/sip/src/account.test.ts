import { expect } from '@open-wc/testing';
import type { LineStatus, MultiLineError } from '@multiline/core';
import { manualClock, wire, type Wire } from '@multiline/testing';
import { sipAccount, type SipAccount, type SipAccountOptions } from './index.ts';

const SERVER = 'ws://a.wire.test';

function account(network: Wire, options: Partial<SipAccountOptions> = {}): SipAccount {
  return sipAccount({
    servers: [SERVER],
    uri: 'sip:ann@wire.test',
    credentials: () => ({ password: 'ann' }),
    transport: network.transport,
    random: () => 1,
    ...options,
  });
}

/** Resolves as soon as the account is in this state. */
function reached<State extends LineStatus['state']>(
  { $status }: SipAccount,
  state: State,
): Promise<Extract<LineStatus, { state: State }>> {
  return new Promise((resolve) => {
    const stop = $status.subscribe((status) => {
      if (status.state !== state) return;
      queueMicrotask(() => stop());
      resolve(status as Extract<LineStatus, { state: State }>);
    });
  });
}

const registers = (network: Wire): string[] =>
  network.messages.map(({ start }) => start).filter((start) => start.startsWith('REGISTER'));

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

  it('asks once more after a wrong password, then gives up until someone acts', async () => {
    const network = wire({ password: () => 'right' });
    const needs: string[] = [];
    let password = 'wrong';
    const ann = account(network, {
      credentials: (need) => {
        needs.push(`${need.for} ${need.reason}`);
        return { password };
      },
    });
    await ann.start();
    expect(needs).to.deep.equal(['sip start', 'sip rejected']);
    expect(ann.$status.get()).to.have.property('state', 'failed');
    expect(ann.$status.get()).to.have.nested.property('failure.code', 'auth-failed');
    password = 'right';
    ann.reconnect();
    await reached(ann, 'registered');
    expect(needs.at(-1)).to.equal('sip start');
    await ann.stop();
  });

  it('goes on with the second password', async () => {
    const network = wire({ password: () => 'right' });
    const ann = account(network, {
      credentials: ({ reason }) => ({ password: reason === 'rejected' ? 'right' : 'old' }),
    });
    await ann.start();
    expect(ann.$status.get().state).to.equal('registered');
    await ann.stop();
  });

  it('signs in by HA1 and another user name', async () => {
    const network = wire({ password: () => 'secret' });
    // MD5 of "ann.lee:wire.test:secret"
    const ann = account(network, {
      credentials: () => ({ username: 'ann.lee', ha1: '1754e5b0685e393ee86c42848c67d394' }),
    });
    await ann.start();
    expect(ann.$status.get().state).to.equal('registered');
    await ann.stop();
  });

  it('says that it tries again when credentials cannot be had, and does', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    let broken = true;
    const ann = account(network, {
      clock,
      credentials: () => (broken ? Promise.reject(new Error('The vault is closed.')) : { password: 'ann' }),
    });
    await ann.start();
    expect(ann.$status.get()).to.deep.include({ state: 'reconnecting', retryAt: clock.now() + 1000 });
    broken = false;
    await clock.run(1000);
    expect(ann.$status.get().state).to.equal('registered');
    await ann.stop();
  });

  it('keeps secrets out of the console', async () => {
    const network = wire({ password: () => 'right' });
    const written: string[] = [];
    const levels = ['debug', 'log', 'info', 'warn', 'error'] as const;
    const originals = levels.map((level) => console[level]);
    levels.forEach(
      (level) => (console[level] = (...parts: unknown[]) => void written.push(parts.map(String).join(' '))),
    );
    try {
      const ann = account(network, { credentials: () => ({ password: 'tr0ub4dor' }) });
      await ann.start();
      await ann.stop();
    } finally {
      levels.forEach((level, index) => (console[level] = originals[index] ?? console.log));
    }
    expect(written.join('\n')).to.equal('');
  });

  it('comes back by itself with growing pauses when the server is gone', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    const ann = account(network, { clock });
    network.down();
    await ann.start();
    const pauses: number[] = [];
    for (let attempt = 0; attempt < 4; attempt++) {
      const status = ann.$status.get();
      expect(status).to.have.nested.property('failure.code', 'network');
      const pause = (status.state === 'reconnecting' ? (status.retryAt ?? 0) : 0) - clock.now();
      pauses.push(pause);
      await clock.run(pause);
    }
    expect(pauses).to.deep.equal([1000, 2000, 4000, 8000]);
    network.up();
    await clock.run(16_000);
    expect(ann.$status.get()).to.deep.equal({ state: 'registered' });
    network.cut('ann');
    expect(ann.$status.get()).to.deep.include({ state: 'reconnecting', retryAt: clock.now() + 1000 });
    ann.reconnect();
    await clock.run(0);
    expect(ann.$status.get()).to.deep.equal({ state: 'registered' });
    await ann.stop();
  });

  it('goes to another server when one is gone', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    const ann = account(network, { clock, servers: [SERVER, 'ws://b.wire.test'] });
    await ann.start();
    network.down(SERVER);
    expect(ann.$status.get().state).to.equal('reconnecting');
    await clock.run(1000);
    expect(ann.$status.get()).to.deep.equal({ state: 'registered' });
    await ann.stop();
  });

  it('waits as long as an overloaded server says', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    network.refuseRegistration({ status: 503, times: 1, headers: [['Retry-After', '120']] });
    const ann = account(network, { clock });
    await ann.start();
    expect(ann.$status.get()).to.deep.include({ state: 'reconnecting', retryAt: clock.now() + 120_000 });
    expect(ann.$status.get()).to.have.nested.property('failure.code', 'limit');
    await clock.run(120_000);
    expect(ann.$status.get().state).to.equal('registered');
    await ann.stop();
  });

  it('asks for longer where the interval is too brief', async () => {
    const network = wire();
    network.refuseRegistration({ status: 423, times: 1, headers: [['Min-Expires', '900']] });
    const ann = account(network);
    await ann.start();
    expect(ann.$status.get().state).to.equal('registered');
    expect(network.messages.at(-1)?.headers.find(([name]) => name === 'Contact')?.[1]).to.contain('expires=900');
    await ann.stop();
  });

  it('tries again when the server says nothing', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    network.loseNext('REGISTER');
    const ann = account(network, { clock });
    const started = ann.start();
    await clock.run(8_000);
    await started;
    expect(ann.$status.get()).to.have.nested.property('failure.code', 'timeout');
    await clock.run(1_000);
    expect(ann.$status.get().state).to.equal('registered');
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

  it('asks for new credentials before those it has expire', async () => {
    const clock = manualClock();
    const network = wire({ clock, maxExpiresS: 60 });
    const needs: string[] = [];
    const ann = account(network, {
      clock,
      credentials: ({ reason }) => {
        needs.push(reason);
        return { password: 'ann', expiresAt: clock.now() + 80_000 };
      },
    });
    await ann.start();
    await clock.run(55_000);
    expect(needs).to.deep.equal(['start', 'expiring']);
    await ann.stop();
  });

  it('notices a link that is dead within seconds', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    const ann = account(network, { clock });
    await ann.start();
    await clock.run(60_000);
    expect(ann.$status.get().state).to.equal('registered');
    network.stall('ann');
    const stalledAt = clock.now();
    const states: string[] = [];
    const stop = ann.$status.listen(({ state }) => states.push(`${state} ${String(clock.now() - stalledAt < 20_000)}`));
    await clock.run(30_000);
    stop();
    expect(states).to.deep.equal(['reconnecting true', 'registered true']);
    await ann.stop();
  });

  it('bears a server that never answers OPTIONS', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    const ann = account(network, { clock });
    await ann.start();
    const states: string[] = [];
    const stop = ann.$status.listen(({ state }) => states.push(state));
    for (let round = 0; round < 3; round++) {
      network.loseNext('OPTIONS');
      await clock.run(18_000);
    }
    stop();
    expect(states).to.deep.equal([]);
    expect(registers(network)).to.have.length(4);
    await ann.stop();
  });

  it('waits for the attempt that is on its way when it is told to hurry', async () => {
    const clock = manualClock();
    const network = wire({ clock, delayMs: 100 });
    const ann = account(network, { clock });
    network.down();
    const started = ann.start();
    await clock.run(100);
    await started;
    network.up();
    await clock.run(1_050);
    ann.reconnect();
    await clock.run(1_000);
    expect(ann.$status.get().state).to.equal('registered');
    network.delay(0);
    await ann.stop();
  });

  it('tries again at once when the browser is online again', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    network.down();
    const ann = account(network, { clock });
    await ann.start();
    network.up();
    dispatchEvent(new Event('online'));
    await clock.run(0);
    expect(ann.$status.get().state).to.equal('registered');
    await ann.stop();
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
        ['Event', 'message-summary'],
        ['Subscription-State', 'active'],
      ],
    });
    await party.next(200);
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
});
