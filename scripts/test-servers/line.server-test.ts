import { expect } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';
import type { Line, LineCall } from '@multiline/core';
import { callStats, sipAccount, sipLine } from '@multiline/sip';
import { lineConformance, lineSignals, nextIncoming } from '@multiline/testing';

/** A phone at Kamailio; its users' passwords are their names. */
async function phone(user: string, password = user): Promise<Line> {
  const { url } = await executeServerCommand<{ url: string }, undefined>('servers:kamailio');
  return sipLine(sipAccount({ servers: [url], uri: `sip:${user}@servers.test`, credentials: () => ({ password }) }));
}

/** Until a call's audio has come and gone, more than a few packets each way. */
async function audible(call: LineCall): Promise<void> {
  for (;;) {
    const stats = await callStats(call);
    if (stats && stats.sent.packets > 10 && stats.received.packets > 10 && stats.received.energy > 0) return;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

/** Ann calls Bob, who answers. */
async function talking(ann: Line, bob: Line): Promise<[ours: LineCall, theirs: LineCall]> {
  await Promise.all([ann.start(), bob.start()]);
  const coming = nextIncoming(bob);
  const ours = await ann.dial('bob');
  const answered = lineSignals(ours).next('answered');
  const theirs = await coming;
  await theirs.answer();
  await answered;
  return [ours, theirs];
}

describe('sipLine on Kamailio with RTPengine', () => {
  lineConformance({
    it,
    make: async () => ({
      line: await phone('ann'),
      number: 'ann',
      other: await phone('bob'),
      otherNumber: 'bob',
      absentNumber: '9999',
    }),
  });

  it('carries the audio of a call both ways, and RTPengine is in between', async () => {
    const [ann, bob] = [await phone('ann'), await phone('bob')];
    const [ours, theirs] = await talking(ann, bob);
    await Promise.all([audible(ours), audible(theirs)]);
    const carried = await executeServerCommand<number, string>('servers:packets-carried', ours.correlation);
    expect(carried).to.be.greaterThan(20);
    await Promise.all([ann.stop(), bob.stop()]);
  });

  it('rings a second phone that registers in mid-ring; the first learns that the call was answered elsewhere', async () => {
    const [ann, desk, late] = [await phone('ann'), await phone('bob'), await phone('bob')];
    await Promise.all([ann.start(), desk.start()]);
    const [atTheDesk, later] = [nextIncoming(desk), nextIncoming(late)];
    const ours = await ann.dial('bob');
    const ended = lineSignals(await atTheDesk).next('ended');
    await late.start();
    const theirs = await later;
    await theirs.answer();
    expect((await ended).reason).to.equal('answered-elsewhere');
    await Promise.all([audible(ours), audible(theirs)]);
    await Promise.all([ann.stop(), desk.stop(), late.stop()]);
  });

  it('says that a password is wrong', async () => {
    const ann = await phone('ann', 'wrong');
    await ann.start();
    const status = ann.$status.get();
    expect(status.state === 'failed' && status.failure.code).to.equal('auth-failed');
    await ann.stop();
  });

  it('does not reach somebody who is not registered', async () => {
    const ann = await phone('ann');
    await ann.start();
    const ended = await lineSignals(await ann.dial('carol')).next('ended');
    expect(ended.reason).to.equal('no-answer');
    await ann.stop();
  });
});
