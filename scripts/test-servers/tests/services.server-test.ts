import { expect } from '@open-wc/testing';
import { lineSignals, nextIncoming } from '@multiline/testing';
import { asPhoneWithoutEvents } from './testing/desk-phone.ts';
import { leaveMessage } from './testing/mailbox.ts';
import { audible, featureCode, phone, reached, registered, server, spoken, talking, until } from './testing/phones.ts';
import { telephoneEvents } from './testing/telephone-events.ts';

describe(`what ${server.name} does by itself`, () => {
  it('disturbs nobody who has said so, until that is taken back', async () => {
    const [ann, bob] = await registered('ann', 'bob');
    await featureCode(bob, '*78');
    const ended = await lineSignals(await ann.dial('1002')).next('ended');
    expect(ended.reason).to.equal('busy');
    await featureCode(bob, '*79');
    await talking(ann, bob, '1002');
  });

  it('sends calls on to the number a person has named, and says who sent them', async () => {
    const [ann, bob, carol] = await registered('ann', 'bob', 'carol');
    await featureCode(bob, '*721003');
    const { ours, theirs } = await talking(ann, carol, '1002');
    await Promise.all([audible(ours), audible(theirs)]);
    expect(theirs.remote.address).to.be.oneOf(['ann', '1001']);
    expect(theirs.redirectedBy?.address).to.be.oneOf(['bob', '1002']);
    await ours.hangUp();
    await featureCode(bob, '*73');
    await talking(ann, bob, '1002');
  });

  it('takes digits as they go out (RFC 4733)', async () => {
    const [ann, bob] = await registered('ann', 'bob');
    if (server.pbx) {
      // The attendant connects whose extension was typed.
      const { call } = await reached(ann, '1000');
      await spoken(call, 1);
      const coming = nextIncoming(bob);
      await call.sendDigits?.('1002');
      const answering = await coming;
      expect(answering.collectedDigits).to.equal('1002');
      await answering.answer();
      await audible(answering);
    } else {
      const events = telephoneEvents();
      const { ours, we } = await talking(ann, bob, '1002');
      await audible(ours);
      const arrived = events.next(4);
      await ours.sendDigits?.('1002');
      expect((await we.next('digits-sent')).digits).to.equal('1002');
      expect(await arrived).to.equal('1002');
      events.stop();
    }
  });

  it('carries digits by INFO to a phone that takes them so', async () => {
    const [ann, erin] = [phone('ann', asPhoneWithoutEvents), phone('erin', asPhoneWithoutEvents)];
    await Promise.all([ann.start(), erin.start()]);
    const { ours, they } = await talking(ann, erin, '1005');
    await ours.sendDigits?.('7#');
    for (const digit of ['7', '#']) expect((await they.next('digits-received')).digits).to.equal(digit);
    expect(ann.log?.().filter((line) => line.includes('sent INFO'))).to.have.length(2);
  });

  if (!server.pbx) return;

  it('brings digits of a phone with telephone events to one without by INFO', async () => {
    const [ann, erin] = await registered('ann', 'erin');
    const { ours, they } = await talking(ann, erin, '1005');
    await ours.sendDigits?.('59');
    for (const digit of ['5', '9']) expect((await they.next('digits-received')).digits).to.equal(digit);
    expect(ann.log?.().some((line) => line.includes('INFO'))).to.equal(false);
  });

  it('takes digits by INFO where the call has no telephone events, and sends them so', async () => {
    const [ann, erin] = await registered('ann', 'erin');
    const { call } = await reached(erin, '1000');
    await spoken(call, 1);
    const coming = nextIncoming(ann);
    await call.sendDigits?.('1001');
    const answering = await coming;
    await answering.answer();
    await audible(answering);
    await answering.sendDigits?.('7');
    await audible(call);
    expect(erin.log?.().some((line) => line.includes('INFO'))).to.equal(true);
  });

  it('echoes, and plays music', async () => {
    const ann = phone('ann');
    await ann.start();
    for (const number of ['*43', '*44']) {
      const { call, signals } = await reached(ann, number);
      await audible(call);
      await call.hangUp();
      await signals.next('ended');
    }
  });

  it('lets five people hear one another in a room', async () => {
    const people = ['ann', 'bob', 'carol', 'dave', 'erin'].map((user) => phone(user));
    await Promise.all(people.map((line) => line.start()));
    const members = await Promise.all(people.map((line) => reached(line, '700')));
    await Promise.all(members.map(({ call }) => audible(call)));
    await members[4]?.call.hangUp();
    await Promise.all(members.slice(0, 4).map(({ call }) => audible(call)));
  });

  it('takes a message for who does not answer, and says that one waits', async () => {
    const [ann, bob] = await registered('ann', 'bob');
    const waiting = bob.$messageWaiting!;
    const before = (await until(waiting, (told) => told !== null))?.fresh ?? 0;
    await leaveMessage(ann, bob, '1002');
    await until(waiting, (told) => told?.fresh === before + 1);
    const mailbox = await reached(bob, '*98');
    await audible(mailbox.call);
  });
});
