import { expect } from '@open-wc/testing';
import { manualClock, wire } from '@multiline/testing';
import { account, look, lookAsItIs, registers, SERVER } from './testing/accounts.ts';

describe('an account whose server is gone', () => {
  beforeEach(() => look('hidden'));
  afterEach(lookAsItIs);

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

  it('registers once, whatever else says meanwhile that it should hurry', async () => {
    const clock = manualClock();
    const network = wire({ clock, delayMs: 100 });
    const ann = account(network, { clock });
    const started = ann.start();
    await clock.run(500);
    await started;
    const before = registers(network).length;
    network.cut('ann');
    await clock.run(4_000);
    for (const hurryAt of ['connecting', 'connected', 'registering']) {
      ann.reconnect();
      await clock.run(50);
      expect(ann.$status.get().state, hurryAt).to.equal('reconnecting');
    }
    await clock.run(1_000);
    expect(ann.$status.get().state).to.equal('registered');
    expect(registers(network)).to.have.length(before + 1);
    network.delay(0);
    await ann.stop();
  });

  it('registers anew over a new link while the answer of the one before is still awaited', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    const ann = account(network, { clock });
    network.loseNext('REGISTER');
    const started = ann.start();
    await clock.run(0);
    expect(registers(network)).to.have.length(1);
    network.cut();
    await started;
    await clock.run(4_000);
    expect(ann.$status.get().state).to.equal('registered');
    await ann.stop();
  });

  it('comes back within half a second when only its link was cut and the page is in sight', async () => {
    for (const looked of ['attended', 'seen'] as const) {
      look(looked);
      const clock = manualClock();
      const network = wire({ clock });
      const ann = account(network, { clock });
      await ann.start();
      network.cut('ann');
      await clock.run(299);
      expect(ann.$status.get().state).to.equal('reconnecting');
      await clock.run(1);
      expect(ann.$status.get().state).to.equal('registered');
      await ann.stop();
    }
  });

  it('comes back within a second or two while somebody looks at the page', async () => {
    look('attended');
    const clock = manualClock();
    const network = wire({ clock });
    const ann = account(network, { clock });
    await ann.start();
    network.down();
    await clock.run(8_000);
    network.up();
    await clock.run(1_800);
    expect(ann.$status.get().state).to.equal('registered');
    await ann.stop();
  });

  it('tries again when the browser is online again, not everybody in the house in the same moment', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    network.down();
    const ann = account(network, { clock });
    await ann.start();
    network.up();
    dispatchEvent(new Event('online'));
    await clock.run(499);
    expect(ann.$status.get().state).to.equal('reconnecting');
    await clock.run(1);
    expect(ann.$status.get().state).to.equal('registered');
    await ann.stop();
  });

  it('tries again at once when somebody comes back to the page', async () => {
    for (const [target, type] of [
      [globalThis, 'focus'],
      [globalThis, 'pageshow'],
      [document, 'resume'],
    ] as const) {
      const clock = manualClock();
      const network = wire({ clock });
      network.down();
      const ann = account(network, { clock });
      await ann.start();
      network.up();
      target.dispatchEvent(new Event(type));
      await clock.run(0);
      expect(ann.$status.get().state, type).to.equal('registered');
      await ann.stop();
    }
  });
});
