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
        pulseMs: { attentive: 100, hidden: 100 },
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

  it('keeps a call while the server is restarted, and can end it afterwards', async () => {
    const [ann, bob] = [phone('ann'), phone('bob')];
    await Promise.all([ann.start(), bob.start()]);
    const coming = nextIncoming(bob);
    const out = await ann.dial('1002');
    const call = await coming;
    const [ours, theirs] = [lineSignals(out), lineSignals(call)];
    await call.answer();
    await ours.next('answered');
    await executeServerCommand('sandbox:stop', id);
    while (ann.$status.get().state !== 'reconnecting') await new Promise((resolve) => ann.$status.listen(resolve));
    await audible(out);
    const port = Number(new URL(server).port);
    const again = await executeServerCommand<{ id: string }, { port: number }>('sandbox:start', { port });
    id = again.id;
    for (const line of [ann, bob]) {
      while (line.$status.get().state !== 'registered') await new Promise((resolve) => line.$status.listen(resolve));
    }
    await Promise.all([audible(out), audible(call)]);
    await call.hangUp();
    expect((await theirs.next('ended')).by).to.equal('us');
    expect(await ours.next('ended')).to.deep.equal({ type: 'ended', reason: 'completed', by: 'them' });
    await Promise.all([ann.stop(), bob.stop()]);
  });

  it('is told that a password is wrong', async () => {
    const ann = phone('ann', 'guess');
    await ann.start();
    expect(ann.$status.get()).to.have.nested.property('failure.code', 'auth-failed');
    await ann.stop();
  });
});
