import { expect } from '@open-wc/testing';
import { phoneService, type CallbackChange } from '@multiline/sip';
import { lineSignals, nextIncoming } from '@multiline/testing';
import { asDeskPhone } from './testing/desk-phone.ts';
import { leaveMessage } from './testing/mailbox.ts';
import { audible, phone, registered, server, until } from './testing/phones.ts';
import { deskPhone } from './testing/sipp.ts';

const url = server.service;

if (url !== undefined)
  describe(`the phone service of ${server.name}`, () => {
    const serviceOf = (user: string) => phoneService({ url, user, credentials: () => ({ password: user }) });

    it('lists a message, plays it, marks it as heard and removes it; the phone hears of each', async () => {
      const [ann, bob] = await registered('ann', 'bob');
      const { voicemail } = serviceOf('bob');
      for (const { id } of await voicemail.list()) await voicemail.remove?.(id);
      await leaveMessage(ann, bob, '1002');
      const waiting = bob.$messageWaiting!;
      await until(waiting, (told) => told?.fresh === 1);
      const [message] = await voicemail.list();
      expect(message).to.include({ from: '1001', name: 'Ann', heard: false });
      expect(message!.durationMs).to.be.greaterThan(1_000);
      expect((await voicemail.audio(message!.id)).bytes.byteLength).to.be.greaterThan(10_000);
      await voicemail.mark?.(message!.id, true);
      await until(waiting, (told) => told?.fresh === 0 && told.heard === 1);
      await voicemail.remove?.(message!.id);
      await until(waiting, (told) => told?.heard === 0);
      expect(await voicemail.list()).to.deep.equal([]);
    });

    it('refuses a stranger', async () => {
      const stranger = phoneService({ url, user: 'bob', credentials: () => ({ password: 'guessed' }) });
      const thrown: unknown = await stranger.voicemail.list().catch((error: unknown) => error);
      expect(thrown).to.have.property('code', 'auth-failed');
    });

    /** A call of ann's to bob of which something is told, and what is told of it up to its end. */
    const called = async (alsoRing: readonly string[] = []) => {
      const changes: CallbackChange[] = [];
      const callback = await serviceOf('ann').call({ to: '1002', alsoRing, correlation: crypto.randomUUID() });
      let over = Promise.resolve();
      await new Promise<void>((told) => {
        const hear = (change: CallbackChange): void => {
          changes.push(change);
          told();
        };
        over = callback.watch(hear, new AbortController().signal);
      });
      return { callback, changes, over };
    };

    it('rings a device that is asked for by its name; who declines there does so for all', async () => {
      const desk = await deskPhone({ user: 'ann-desk', scenario: 'declines' });
      const mobile = phone('ann', asDeskPhone);
      await mobile.start();
      const atTheMobile = nextIncoming(mobile);
      const { changes, over } = await called(['desk']);
      const there = lineSignals(await atTheMobile);
      await over;
      expect((await desk.over).failed).to.equal(0);
      expect(changes).to.deep.equal([{ stage: 'calling-device' }, { ended: 'declined' }]);
      expect((await there.next('ended')).by).to.equal('them');
    });

    it('takes back what rings the own phone', async () => {
      const desk = phone('ann', asDeskPhone);
      await desk.start();
      const atTheDesk = nextIncoming(desk);
      const { callback, changes, over } = await called();
      const there = lineSignals(await atTheDesk);
      await callback.end();
      await over;
      expect(changes).to.deep.equal([{ stage: 'calling-device' }, { ended: 'no-answer' }]);
      expect((await there.next('ended')).reason).to.equal('missed');
    });

    it('says that the called declined', async () => {
      const [desk, bob] = [phone('ann', asDeskPhone), phone('bob')];
      await Promise.all([desk.start(), bob.start()]);
      const [atTheDesk, atBobs] = [nextIncoming(desk), nextIncoming(bob)];
      const { changes, over } = await called();
      const confirming = await atTheDesk;
      await confirming.answer();
      // It hears what it is asked.
      await audible(confirming);
      await confirming.sendDigits?.('1');
      await (await atBobs).decline('declined');
      await over;
      expect(changes.slice(-2)).to.deep.equal([{ stage: 'calling' }, { ended: 'declined' }]);
    });

    it('never calls the number when nobody presses a key', async () => {
      const [desk, bob] = [phone('ann', asDeskPhone), phone('bob')];
      await Promise.all([desk.start(), bob.start()]);
      let rang = false;
      bob.onIncoming(() => (rang = true));
      const atTheDesk = nextIncoming(desk);
      const { changes, over } = await called();
      const confirming = await atTheDesk;
      await confirming.answer();
      await audible(confirming);
      await confirming.hangUp();
      await over;
      expect(changes.at(-1)).to.deep.equal({ ended: 'not-confirmed' });
      expect(rang).to.equal(false);
    });
  });
