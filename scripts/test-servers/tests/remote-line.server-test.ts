import { expect } from '@open-wc/testing';
import { createWorkspace } from '@multiline/core';
import { phoneService } from '@multiline/sip';
import { lineSignals, memoryStorage, nextIncoming, type LineSignals } from '@multiline/testing';
import { asDeskPhone, asObedientDeskPhone } from './testing/desk-phone.ts';
import { deskPhone } from './testing/sipp.ts';
import { audible, phone, remotePhone, server, spoken, subscribed, until } from './testing/phones.ts';

const url = server.service;

/** What has happened to a call, in words; not what may be done with it. */
const told = ({ all }: LineSignals): readonly string[] =>
  all
    .filter(({ type }) => type !== 'revocable')
    .map((signal) => (signal.type === 'stage' ? signal.stage : signal.type === 'ended' ? signal.reason : signal.type));

/** Needs no service of the server's. */
describe(`a line that asks the desk phone to call (REFER), on ${server.name}`, () => {
  if (server.pbx) {
    it('says that this server passes no such request on', async () => {
      const remote = remotePhone('ann');
      await Promise.all([remote.start(), phone('ann', asDeskPhone).start()]);
      const refused: unknown = await remote.dial('1002').catch((thrown: unknown) => thrown);
      expect(refused).to.include({ code: 'unsupported', message: '501 Not Implemented' });
    });
    return;
  }

  it('hears how that goes from the phone, and its end from the server', async () => {
    const desk = phone(
      'ann',
      asObedientDeskPhone((user, progress) => {
        progress('SIP/2.0 100 Trying');
        void desk.dial(user).then((call) => {
          progress('SIP/2.0 180 Ringing');
          void lineSignals(call)
            .next('answered')
            .then(() => progress('SIP/2.0 200 OK'));
        });
      }),
    );
    const [remote, bob] = [remotePhone('ann'), phone('bob')];
    const others: unknown[] = [];
    remote.onWatched?.((call) => others.push(call.remote));
    await Promise.all([remote.start(), desk.start(), bob.start()]);
    await subscribed(remote);
    const coming = nextIncoming(bob);
    const signals = lineSignals(await remote.dial('1002'));
    const called = await coming;
    await signals.next('ringing');
    await called.answer();
    await signals.next('answered');
    await audible(called);
    await called.hangUp();
    await signals.next('ended');
    expect(told(signals)).to.deep.equal(['calling-device', 'calling', 'ringing', 'answered', 'completed']);
    expect(others).to.deep.equal([]);
  });
});

if (url !== undefined)
  describe(`a line whose audio is on another phone, on ${server.name}`, () => {
    const service = phoneService({ url, user: 'ann', credentials: () => ({ password: 'ann' }) });
    const remoteOf = () => {
      const remote = remotePhone('ann', { service });
      // Somebody listens all the time, as a workspace does.
      remote.onWatched?.(() => undefined);
      return remote;
    };

    it('shows a call that comes in on the desk phone, with its caller, and how it ends', async () => {
      const [remote, desk, bob] = [remoteOf(), phone('ann', asDeskPhone), phone('bob')];
      const coming = nextIncoming(remote);
      await Promise.all([remote.start(), desk.start(), bob.start()]);
      await subscribed(remote);
      const there = nextIncoming(desk);
      const theirs = await bob.dial('1001');
      const watched = await coming;
      expect(watched).to.deep.include({ direction: 'inbound', device: 'elsewhere' });
      expect(watched.remote).to.deep.equal({ address: '1002', name: 'Bob' });
      const signals = lineSignals(watched);
      const answering = await there;
      await answering.answer();
      await signals.next('answered');
      await theirs.hangUp();
      await signals.next('ended');
      expect(told(signals)).to.deep.equal(['answered', 'completed']);
    });

    it('rings the desk phone, asks it for any key, then calls; its own call is no second one', async () => {
      const [remote, desk, bob] = [remoteOf(), phone('ann', asDeskPhone), phone('bob')];
      const others: unknown[] = [];
      remote.onIncoming(({ remote: { address } }) => others.push(address));
      await Promise.all([remote.start(), desk.start(), bob.start()]);
      const [atTheDesk, atBobs] = [nextIncoming(desk), nextIncoming(bob)];
      const ours = await remote.dial('1002');
      const signals = lineSignals(ours);
      const confirming = await atTheDesk;
      await confirming.answer();
      await audible(confirming);
      await confirming.sendDigits?.('5');
      const called = await atBobs;
      expect(called.correlation).to.equal(ours.correlation);
      expect(called.remote.address).to.equal('1001');
      await called.answer();
      await Promise.all([audible(called), audible(confirming)]);
      await called.hangUp();
      await signals.next('ended');
      expect(told(signals)).to.deep.equal(['calling-device', 'confirming', 'calling', 'answered', 'completed']);
      expect(others).to.deep.equal([]);
    });

    if (server.pbx) {
      /** Ann's workspace with the setting on, her mobile, and bob, whom she dials. */
      const dialedWithDesk = async () => {
        const [mobile, bob] = [phone('ann', asDeskPhone), phone('bob')];
        const workspace = createWorkspace({ line: remoteOf(), storage: memoryStorage() });
        await Promise.all([workspace.start(), mobile.start(), bob.start()]);
        await workspace.changeSettings({ alsoRingDeskPhone: true });
        const [atTheMobile, atBobs] = [nextIncoming(mobile), nextIncoming(bob)];
        await workspace.dial('1002');
        return { workspace, atTheMobile: await atTheMobile, atBobs };
      };

      it('[ML-26] rings the desk phone too where the user has set that; it has the call if it is answered first', async () => {
        const desk = await deskPhone({ user: 'ann-desk', scenario: 'answers-with-a-key' });
        const { workspace, atTheMobile, atBobs } = await dialedWithDesk();
        expect((await lineSignals(atTheMobile).next('ended')).reason).to.equal('answered-elsewhere');
        const called = await atBobs;
        await called.answer();
        // The desk phone gives back what it hears.
        await audible(called);
        await called.hangUp();
        expect((await desk.over).failed).to.equal(0);
        await workspace.stop();
      });

      it('[ML-26] stops the desk phone when the mobile is answered first', async () => {
        const desk = await deskPhone({ user: 'ann-desk', scenario: 'only-rings' });
        const { workspace, atTheMobile, atBobs } = await dialedWithDesk();
        await atTheMobile.answer();
        expect((await desk.over).failed).to.equal(0);
        await audible(atTheMobile);
        await atTheMobile.sendDigits?.('5');
        const called = await atBobs;
        await called.answer();
        await Promise.all([audible(called), audible(atTheMobile)]);
        await workspace.stop();
      });
    }

    it('keeps both in the recent calls, with how long they took', async () => {
      const [remote, desk, bob] = [remoteOf(), phone('ann', asDeskPhone), phone('bob')];
      const workspace = createWorkspace({ line: remote, storage: memoryStorage() });
      await Promise.all([workspace.start(), desk.start(), bob.start()]);
      await subscribed(remote);
      const [there, atBobs] = [nextIncoming(desk), nextIncoming(bob)];
      const theirs = await bob.dial('1001');
      const answering = await there;
      await answering.answer();
      await spoken(answering, 1);
      const over = lineSignals(answering).next('ended');
      await theirs.hangUp();
      await over;
      const confirmed = nextIncoming(desk);
      await workspace.dial('1002');
      const confirming = await confirmed;
      await confirming.answer();
      await audible(confirming);
      await confirming.sendDigits?.('1');
      const called = await atBobs;
      await called.answer();
      await spoken(called, 1);
      await called.hangUp();
      const { calls } = await until(
        workspace.$recentCalls,
        ({ calls: [last] }) => last?.direction === 'outbound' && last.phase === 'ended',
      );
      expect(calls.map(({ direction, device, reason }) => [direction, device, reason])).to.deep.equal([
        ['outbound', 'elsewhere', 'completed'],
        ['inbound', 'elsewhere', 'completed'],
      ]);
      for (const { answeredAt = 0, endedAt = 0 } of calls) expect(endedAt - answeredAt).to.be.within(800, 8_000);
      await workspace.stop();
    });

    it('never calls the number where a mailbox has answered the desk phone: nobody presses a key', async () => {
      const [remote, desk, bob] = [remoteOf(), phone('ann', asDeskPhone), phone('bob')];
      await Promise.all([remote.start(), desk.start(), bob.start()]);
      let rang = false;
      bob.onIncoming(() => (rang = true));
      const atTheDesk = nextIncoming(desk);
      const signals = lineSignals(await remote.dial('1002'));
      await (await atTheDesk).answer();
      await signals.next('ended');
      expect(told(signals)).to.deep.equal(['calling-device', 'confirming', 'cancelled']);
      expect(rang).to.equal(false);
    });

    it('ends the call from here, wherever it is', async () => {
      const [remote, desk, bob] = [remoteOf(), phone('ann', asDeskPhone), phone('bob')];
      await Promise.all([remote.start(), desk.start(), bob.start()]);
      const atTheDesk = nextIncoming(desk);
      const ours = await remote.dial('1002');
      const signals = lineSignals(ours);
      const ringing = lineSignals(await atTheDesk);
      await ours.hangUp();
      expect(await signals.next('ended')).to.include({ reason: 'cancelled', by: 'us' });
      expect((await ringing.next('ended')).by).to.equal('them');
    });
  });
