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
    expect(ann.$status.get()).to.deep.include({ state: 'reconnecting', retryAt: clock.now() + 4000 });
    broken = false;
    await clock.run(4000);
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
    expect(pauses).to.deep.equal([4000, 8000, 16_000, 30_000]);
    network.up();
    await clock.run(30_000);
    expect(ann.$status.get()).to.deep.equal({ state: 'registered' });
    network.cut('ann');
    expect(ann.$status.get()).to.deep.include({ state: 'reconnecting', retryAt: clock.now() + 4000 });
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
    await clock.run(4000);
    expect(ann.$status.get()).to.deep.equal({ state: 'registered' });
    await ann.stop();
  });

  it('goes through its servers without a pause, stays where it works, and starts with the first again', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    const servers = [SERVER, 'ws://b.wire.test', 'ws://c.wire.test'];
    const reachedServers: string[] = [];
    class Watched extends network.transport {
      override async connect(): Promise<void> {
        reachedServers.push(new URL(this.server).host.charAt(0));
        await super.connect();
      }
    }
    const ann = account(network, { clock, servers, transport: Watched });
    network.down(servers[0]);
    network.down(servers[1]);
    await ann.start();
    expect(ann.$status.get()).to.deep.equal({ state: 'registered' });
    expect(reachedServers.splice(0)).to.deep.equal(['a', 'b', 'c']);
    network.up(servers[0]);
    await clock.run(600_000);
    expect(reachedServers).to.deep.equal([]);
    await ann.stop();
    await ann.start();
    expect(reachedServers).to.deep.equal(['a']);
    await ann.stop();
  });

  it('gives a server that accepts the connection and says nothing six seconds, then tries the next', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    class Mute extends network.transport {
      override connect(): Promise<void> {
        return this.server === SERVER ? new Promise(() => undefined) : super.connect();
      }
    }
    const ann = account(network, { clock, servers: [SERVER, 'ws://b.wire.test'], transport: Mute });
    const started = ann.start();
    await clock.run(5_900);
    expect(ann.$status.get().state).to.equal('connecting');
    await clock.run(200);
    await started;
    expect(ann.$status.get().state).to.equal('registered');
    await ann.stop();
  });

  it('says so when nobody answers for the credentials, and asks again', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    let asked = 0;
    const ann = account(network, {
      clock,
      credentials: () => (asked++ === 0 ? new Promise(() => undefined) : { password: 'ann' }),
    });
    const started = ann.start();
    await clock.run(60_000);
    await started;
    expect(ann.$status.get()).to.have.nested.property('failure.code', 'timeout');
    expect(ann.$status.get().state).to.equal('reconnecting');
    await clock.run(4_000);
    expect(ann.$status.get().state).to.equal('registered');
    await ann.stop();
  });

  it('comes back at another moment than the others that lost the same server', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    let seed = 1;
    // A generator of its own (Lehmer): the same run every time.
    const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const phones = Array.from({ length: 100 }, (_, index) =>
      account(network, { clock, random, uri: `sip:u${String(index)}@wire.test` }),
    );
    await Promise.all(phones.map((phone) => phone.start()));
    const backAt: number[] = [];
    for (const { $status } of phones) {
      $status.listen(({ state }) => {
        if (state === 'registered') backAt.push(clock.now());
      });
    }
    network.cut();
    const cutAt = clock.now();
    clock.advance(300);
    for (let step = 0; step < 40 && backAt.length < 100; step++) {
      clock.advance(100);
      for (let turn = 0; turn < 60; turn++) await null;
    }
    expect(backAt).to.have.length(100);
    const seconds = new Map<number, number>();
    for (const at of backAt) {
      const second = Math.floor((at - cutAt) / 1_000);
      seconds.set(second, (seconds.get(second) ?? 0) + 1);
    }
    expect(Math.max(...seconds.values())).to.be.below(40);
    await Promise.all(phones.map((phone) => phone.stop()));
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
    const asked = network.messages.filter(({ start }) => start.startsWith('REGISTER')).at(-1);
    expect(asked?.headers.find(([name]) => name === 'Contact')?.[1]).to.contain('expires=900');
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
    await clock.run(4_000);
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

  describe('watches its link', () => {
    let visibility: DocumentVisibilityState = 'visible';
    before(() => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => visibility });
    });
    after(() => {
      Reflect.deleteProperty(document, 'visibilityState');
    });
    afterEach(() => (visibility = 'visible'));

    /** Registered; the link is dead from now on. Answers how long it takes until that is noticed. */
    async function stalled(act: () => void = () => undefined) {
      const clock = manualClock();
      const network = wire({ clock });
      const ann = account(network, { clock });
      await ann.start();
      // Just after a sign of life, so that the whole interval lies ahead.
      const interval = visibility === 'hidden' ? 50_000 : 2_500;
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
      visibility = 'hidden';
      expect(await stalled()).to.be.within(5_001, 65_000);
    });

    it('at once when the page or its network changes', async () => {
      for (const [target, type] of [
        [globalThis, 'online'],
        [globalThis, 'offline'],
        [globalThis, 'pageshow'],
        [document, 'resume'],
      ] as const) {
        visibility = 'hidden';
        const noticed = await stalled(() => {
          target.dispatchEvent(new Event(type));
        });
        expect(noticed, type).to.be.at.most(5_000);
      }
      visibility = 'hidden';
      const noticed = await stalled(() => {
        visibility = 'visible';
        document.dispatchEvent(new Event('visibilitychange'));
      });
      expect(noticed).to.be.at.most(2_400);
    });

    it('with one timer and one request a minute while nobody looks', async () => {
      visibility = 'hidden';
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

  it('waits for somebody to log in where it is told to, and until then says nothing to anybody', async () => {
    const network = wire({ password: () => 'desk 7' });
    const ann = account(network, { signIn: 'log-in' });
    await ann.start();
    expect(ann.$status.get()).to.deep.equal({ state: 'off' });
    expect(network.messages).to.have.length(0);
    await ann.logIn({ username: 'ann', password: 'desk 7' });
    expect(ann.$status.get()).to.deep.equal({ state: 'registered' });
    await ann.logIn(null);
    expect(ann.$status.get()).to.deep.equal({ state: 'off' });
    expect(network.registered('ann')).to.equal(false);
    const sent = network.messages.length;
    dispatchEvent(new Event('online'));
    ann.reconnect();
    expect(network.messages).to.have.length(sent);
    await ann.stop();
  });

  it('takes a wrong login as none, asks the server once and the page never', async () => {
    const network = wire({ password: () => 'right' });
    let asked = 0;
    const ann = account(network, {
      signIn: 'log-in',
      credentials: () => {
        asked++;
        return { password: 'right' };
      },
    });
    await ann.start();
    const refused: unknown = await ann.logIn({ username: 'ann', password: 'wrong' }).catch((thrown: unknown) => thrown);
    expect(refused).to.have.property('code', 'auth-failed');
    expect(ann.$status.get()).to.deep.equal({ state: 'off' });
    // Without an answer to the challenge, and with the wrong one.
    expect(registers(network)).to.have.length(2);
    expect(asked).to.equal(0);
    await ann.logIn({ username: 'ann', password: 'right' });
    expect(ann.$status.get()).to.deep.equal({ state: 'registered' });
    await ann.stop();
  });

  it('goes on under another login, and says why it cannot', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    const ann = account(network, { clock });
    await ann.start();
    await ann.logIn({ username: 'bea', password: 'bea' });
    expect(ann.$status.get()).to.deep.equal({ state: 'registered' });
    network.down();
    const refused: unknown = await ann.logIn({ username: 'cid', password: 'cid' }).catch((thrown: unknown) => thrown);
    expect(refused).to.have.property('code', 'network');
    expect(ann.$status.get()).to.deep.equal({ state: 'off' });
    await clock.run(60_000);
    expect(ann.$status.get()).to.deep.equal({ state: 'off' });
    await ann.stop();
  });

  it('keeps a log without secrets and whole numbers', async () => {
    const clock = manualClock(0);
    const network = wire({ clock, password: () => 'tr0ub4dor' });
    const ann = account(network, { clock, credentials: () => ({ password: 'tr0ub4dor' }) });
    await ann.start();
    network.party('bob').request('OPTIONS', 'ann', { headers: [['Subject', 'tr0ub4dor']] });
    await network.next(200);
    const log = ann.log();
    expect(log[0]).to.equal('1970-01-01T00:00:00.000Z connecting');
    for (const line of ['sent REGISTER sip:wire.test', 'got 401 Unauthorized to REGISTER', 'registered']) {
      expect(log).to.include(`1970-01-01T00:00:00.000Z ${line}`);
    }
    expect(log.join('\n')).not.to.contain('tr0ub4dor').and.not.to.contain('nonce');
    for (let round = 0; round < 200; round++) network.party('bob').request('OPTIONS', 'ann');
    await clock.run(0);
    expect(ann.log()).to.have.length(400);
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
    await clock.run(4_050);
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
});
