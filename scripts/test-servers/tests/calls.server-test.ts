import { expect } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';
import { lineConformance, lineSignals, nextIncoming } from '@multiline/testing';
import { audible, phone, registered, server, talking } from './testing/phones.ts';

describe(`calls on ${server.name}`, () => {
  lineConformance({
    it,
    make: () => ({
      line: phone('ann'),
      number: 'ann',
      other: phone('bob'),
      otherNumber: 'bob',
      third: phone('carol'),
      thirdNumber: 'carol',
      absentNumber: '9999',
      backToBack: server.pbx === true,
    }),
  });

  it('carries the audio of a call both ways', async () => {
    const [ann, bob] = await registered('ann', 'bob');
    const { ours, theirs } = await talking(ann, bob, '1002');
    await Promise.all([audible(ours), audible(theirs)]);
    if (server.relay) {
      const carried = await executeServerCommand<number, string>('servers:packets-carried', ours.correlation);
      expect(carried, 'the packets RTPengine has carried').to.be.greaterThan(20);
    }
    expect(theirs.remote.address).to.be.oneOf(['ann', '1001']);
  });

  it('rings every phone of a person; the others learn that one has answered', async () => {
    const [ann, desk, mobile] = await registered('ann', 'bob', 'bob');
    const [atTheDesk, atTheMobile] = [nextIncoming(desk), nextIncoming(mobile)];
    const ours = await ann.dial('bob');
    const ended = lineSignals(await atTheDesk).next('ended');
    const theirs = await atTheMobile;
    await theirs.answer();
    expect((await ended).reason).to.equal('answered-elsewhere');
    await Promise.all([audible(ours), audible(theirs)]);
  });

  it('a decline ends it on every phone of the person', async () => {
    const [ann, desk, mobile] = await registered('ann', 'bob', 'bob');
    const [atTheDesk, atTheMobile] = [nextIncoming(desk), nextIncoming(mobile)];
    const we = lineSignals(await ann.dial('bob'));
    const other = lineSignals(await atTheMobile).next('ended');
    await (await atTheDesk).decline('declined');
    expect((await we.next('ended')).reason).to.equal('declined');
    expect((await other).by).to.equal('them');
  });

  if (!server.pbx)
    it('rings a phone that registers in mid-ring', async () => {
      const [ann, desk, late] = [phone('ann'), phone('bob'), phone('bob')];
      await Promise.all([ann.start(), desk.start()]);
      const [atTheDesk, later] = [nextIncoming(desk), nextIncoming(late)];
      const ours = await ann.dial('bob');
      const ended = lineSignals(await atTheDesk).next('ended');
      await late.start();
      const theirs = await later;
      await theirs.answer();
      expect((await ended).reason).to.equal('answered-elsewhere');
      await Promise.all([audible(ours), audible(theirs)]);
    });

  it('says that a password is wrong', async () => {
    const ann = phone('ann', { password: 'wrong' });
    await ann.start();
    const status = ann.$status.get();
    expect(status.state === 'failed' && status.failure.code).to.equal('auth-failed');
  });

  it('does not reach somebody who is not registered', async () => {
    const ann = phone('ann');
    await ann.start();
    const ended = await lineSignals(await ann.dial('carol')).next('ended');
    expect(ended.reason).to.equal('no-answer');
  });
});
