import { expect } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';
import type { LineCall } from '@multiline/core';
import { lineSignals, nextIncoming } from '@multiline/testing';
import { callStats, sipAccount, sipLine } from './index.ts';

describe('sipLine on the sandbox', () => {
  let id: string;
  let server: string;

  before(async () => {
    const sandbox = await executeServerCommand<{ id: string; url: string }, undefined>('sandbox:start');
    id = sandbox.id;
    server = `${sandbox.url.replace('http', 'ws')}sip`;
  });

  after(async () => {
    await executeServerCommand('sandbox:stop', id);
  });

  const phone = (user: string, password = user) =>
    sipLine(
      sipAccount({
        servers: [server],
        uri: `sip:${user}@sandbox.test`,
        credentials: () => ({ password }),
        pulseMs: { idle: 100, inCall: 100 },
      }),
    );

  async function audible(call: LineCall): Promise<void> {
    for (;;) {
      const stats = await callStats(call);
      if (
        stats &&
        stats.sent.packets > 20 &&
        stats.received.packets > 20 &&
        stats.sent.energy > 0 &&
        stats.received.energy > 0
      )
        return;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }

  it('lets a customer call the desk and the desk call back, with audio both ways', async () => {
    const [ann, lucy] = [phone('ann'), phone('+14155550101', 'sandbox')];
    await Promise.all([ann.start(), lucy.start()]);
    for (const [from, to, number, caller] of [
      [lucy, ann, '+14155550001', '+14155550101'],
      [ann, lucy, '+14155550101', undefined],
    ] as const) {
      const coming = nextIncoming(to);
      const out = await from.dial(number);
      const call = await coming;
      if (caller) expect(call.remote.address).to.equal(caller);
      const [theirs, ours] = [lineSignals(out), lineSignals(call)];
      await call.answer();
      await Promise.all([theirs.next('answered'), ours.next('answered')]);
      await Promise.all([audible(out), audible(call)]);
      await out.hangUp();
      await Promise.all([theirs.next('ended'), ours.next('ended')]);
    }
    expect(ann.$status.get()).to.deep.equal({ state: 'registered' });
    await Promise.all([ann.stop(), lucy.stop()]);
  });

  it('is told that a password is wrong', async () => {
    const ann = phone('ann', 'guess');
    await ann.start();
    expect(ann.$status.get()).to.have.nested.property('failure.code', 'auth-failed');
    await ann.stop();
  });
});
