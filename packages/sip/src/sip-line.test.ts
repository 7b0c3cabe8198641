import { expect } from '@open-wc/testing';
import type { LineCall, LineSignal } from '@multiline/core';
import { wire, type Wire } from '@multiline/testing';
import { callStats, sipAccount, sipLine } from './index.ts';

type SignalOf<T extends LineSignal['type']> = Extract<LineSignal, { type: T }>;

/** The signals of a call, to wait for one after the other. */
function heard(call: LineCall) {
  const signals: LineSignal[] = [];
  const waiting: (() => void)[] = [];
  call.listen((signal) => {
    signals.push(signal);
    for (const look of waiting.splice(0)) look();
  });
  return {
    signals,
    async next<T extends LineSignal['type']>(type: T): Promise<SignalOf<T>> {
      for (;;) {
        const found = signals.find((signal): signal is SignalOf<T> => signal.type === type);
        if (found) return found;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
  };
}

/** Until audio flows both ways: packets and energy. */
async function audible(call: LineCall) {
  for (;;) {
    const stats = await callStats(call);
    if (stats && stats.sent.packets > 10 && stats.received.packets > 10 && stats.received.energy > 0 && stats.sent.energy > 0) return stats;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

function phone(network: Wire, user: string) {
  const account = sipAccount({
    servers: ['ws://wire.test'],
    uri: `sip:${user}@wire.test`,
    displayName: user === 'ann' ? 'Ann Lee' : user,
    credentials: () => ({ password: user }),
    transport: network.transport,
  });
  return sipLine(account);
}

const incoming = (line: ReturnType<typeof phone>): Promise<LineCall> =>
  new Promise((resolve) => {
    const stop = line.onIncoming((call) => {
      stop();
      resolve(call);
    });
  });

describe('sipLine', () => {
  it('calls and is called, with audio both ways', async () => {
    const network = wire({ password: (user) => user });
    const [ann, bob] = [phone(network, 'ann'), phone(network, 'bob')];
    await Promise.all([ann.start(), bob.start()]);
    expect(ann.$status.get()).to.deep.equal({ state: 'registered' });
    const ringing = incoming(bob);
    const out = await ann.dial('bob');
    const outSignals = heard(out);
    const call = await ringing;
    const inSignals = heard(call);
    expect(call.remote).to.deep.equal({ address: 'ann', name: 'Ann Lee' });
    expect(call.called).to.equal('bob');
    expect(call.correlation).to.equal(out.correlation);
    await outSignals.next('ringing');
    await call.answer();
    await Promise.all([outSignals.next('answered'), inSignals.next('answered')]);
    const [sent, got] = await Promise.all([audible(out), audible(call)]);
    expect(sent.received.packets).to.be.greaterThan(10);
    expect(got.received.energy).to.be.greaterThan(0);
    await out.hangUp();
    expect(await outSignals.next('ended')).to.deep.equal({ type: 'ended', reason: 'completed', by: 'us' });
    expect(await inSignals.next('ended')).to.deep.equal({ type: 'ended', reason: 'completed', by: 'them' });
    await Promise.all([ann.stop(), bob.stop()]);
    expect(network.registered('ann')).to.equal(false);
  });
});
