import { expect } from '@open-wc/testing';
import { manualClock, wire } from '@multiline/testing';
import { account, accountReached, look, lookAsItIs, registers } from './testing/accounts.ts';
import { valueOf } from './testing/phones.ts';

describe('signing in', () => {
  beforeEach(() => look('hidden'));
  afterEach(lookAsItIs);

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
    await accountReached(ann, 'registered');
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

  const challenge = (algorithm: string): [string, string] => [
    'WWW-Authenticate',
    `Digest realm="wire.test", nonce="n1", algorithm=${algorithm}, qop="auth"`,
  ];

  it('answers the topmost challenge that it can', async () => {
    const network = wire();
    const headers = [challenge('SHA-512'), challenge('SHA-256'), challenge('MD5')];
    network.refuseRegistration({ status: 401, times: 1, headers });
    const ann = account(network);
    await ann.start();
    expect(ann.$status.get().state).to.equal('registered');
    const answers = network.messages.map((message) => valueOf(message, 'Authorization')).filter(Boolean);
    expect(answers.map((answer) => /algorithm=([^,]*)/.exec(answer)?.[1])).to.deep.equal(['SHA-256']);
    await ann.stop();
  });

  it('says that a server asks for what it cannot give, and asks nobody for another password', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    network.refuseRegistration({ status: 401, headers: [challenge('SHA-512'), ['WWW-Authenticate', 'Negotiate']] });
    const needs: string[] = [];
    const ann = account(network, {
      clock,
      credentials: ({ reason }) => {
        needs.push(reason);
        return { password: 'ann' };
      },
    });
    await ann.start();
    expect(ann.$status.get()).to.deep.equal({
      state: 'failed',
      failure: {
        code: 'auth-unsupported',
        message: 'The phone server asks for SHA-512, Negotiate.',
        retryable: false,
      },
    });
    await clock.run(3_600_000);
    expect([ann.$status.get().state, registers(network).length, needs]).to.deep.equal(['failed', 1, ['start']]);
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

  it('asks for them in time where the registration lasts longer than they do', async () => {
    const clock = manualClock();
    const needs: string[] = [];
    const ann = account(wire({ clock }), {
      clock,
      credentials: ({ reason }) => {
        needs.push(reason);
        return { password: 'ann', expiresAt: clock.now() + 80_000 };
      },
    });
    await ann.start();
    await clock.run(49_000);
    expect(needs).to.deep.equal(['start']);
    await clock.run(1_000);
    expect(needs).to.deep.equal(['start', 'expiring']);
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
});
