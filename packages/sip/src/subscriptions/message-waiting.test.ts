import { expect } from '@open-wc/testing';
import type { Line, MessageWaiting } from '@multiline/core';
import { manualClock, wire, type ManualClock, type Wire } from '@multiline/testing';
import { sipAccount, sipLine } from '../index.ts';
import { headerOf, notifier, type Notifier } from '../testing/notifier.ts';

const TYPE = 'application/simple-message-summary';
const summary = (fresh: number, heard: number): string =>
  `Messages-Waiting: ${fresh > 0 ? 'yes' : 'no'}\r\nVoice-Message: ${String(fresh)}/${String(heard)} (0/0)\r\n`;

describe('messages that wait', () => {
  let clock: ManualClock;
  let network: Wire;
  let mailbox: Notifier;
  let line: Line;
  let heard: (MessageWaiting | null)[];
  let unlisten: () => void;

  beforeEach(async () => {
    clock = manualClock();
    network = wire({ clock });
    mailbox = notifier(network, 'ann', TYPE);
    line = sipLine(
      sipAccount({
        servers: ['ws://a.wire.test'],
        uri: 'sip:ann@wire.test',
        credentials: () => ({ password: 'ann' }),
        transport: network.transport,
        random: () => 1,
        // Hours pass here; nobody needs a sign of life every few seconds of them.
        pulseMs: { attentive: 50_000, hidden: 50_000 },
        clock,
      }),
    );
    heard = [];
    unlisten = line.$messageWaiting!.listen((waiting) => heard.push(waiting));
    await line.start();
  });

  afterEach(async () => {
    unlisten();
    await line.stop();
  });

  const subscriptions = (): string[] =>
    network.messages.filter(({ start }) => start.startsWith('SUBSCRIBE')).map((message) => headerOf(message, 'Event'));

  it('are counted as the server says it', async () => {
    const subscription = await mailbox.subscribed('message-summary');
    expect(headerOf(subscription.request, 'Accept')).to.equal(TYPE);
    subscription.notify(summary(2, 8));
    await mailbox.party.next(200);
    subscription.notify(summary(0, 10));
    await mailbox.party.next(200);
    expect(heard).to.deep.equal([
      { fresh: 2, heard: 8 },
      { fresh: 0, heard: 10 },
    ]);
    await line.stop();
    expect(line.$messageWaiting!.get()).to.equal(null);
  });

  it('are heard of without having been asked for', async () => {
    mailbox.party.request('NOTIFY', 'ann', {
      headers: [
        ['Event', 'message-summary'],
        ['Subscription-State', 'active'],
        ['Content-Type', TYPE],
      ],
      body: summary(1, 0),
    });
    // The notifier is reached first by the user's name; the phone by its contact.
    const own = await mailbox.party.next('NOTIFY');
    const contact = headerOf(
      network.messages.find(({ start }) => start.startsWith('REGISTER'))!,
      'Contact',
    );
    mailbox.party.send({ ...own, start: `NOTIFY ${/<([^>]*)>/.exec(contact)?.[1] ?? ''} SIP/2.0` });
    await mailbox.party.next(200);
    expect(heard).to.deep.equal([{ fresh: 1, heard: 0 }]);
  });

  it('are asked for again in time, and anew when the server has lost the subscription', async () => {
    const subscription = await mailbox.subscribed('message-summary');
    subscription.notify(summary(0, 0), 'active;expires=100');
    await clock.run(0);
    await clock.run(89_000);
    const renewed = subscription.renewed(481);
    await clock.run(1_000);
    await renewed;
    await clock.run(0);
    const again = await mailbox.subscribed('message-summary');
    expect(headerOf(again.request, 'Call-ID')).not.to.equal(headerOf(subscription.request, 'Call-ID'));
    again.notify(summary(3, 0));
    await clock.run(0);
    expect(line.$messageWaiting!.get()).to.deep.equal({ fresh: 3, heard: 0 });
  });

  it('are asked for anew after a cut', async () => {
    const subscription = await mailbox.subscribed('message-summary');
    subscription.notify(summary(1, 0));
    await clock.run(0);
    network.cut();
    await clock.run(4_000);
    const again = await mailbox.subscribed('message-summary');
    again.notify(summary(2, 0));
    await clock.run(0);
    expect(heard.at(-1)).to.deep.equal({ fresh: 2, heard: 0 });
  });

  it('are asked for once after a cut, however often the phone was told to hurry', async () => {
    network.delay(100);
    network.cut();
    for (let turn = 0; turn < 8; turn++) {
      line.reconnect?.();
      await clock.run(50);
    }
    await clock.run(4_000);
    expect(line.$status.get().state).to.equal('registered');
    expect(subscriptions()).to.deep.equal(['message-summary', 'message-summary']);
    network.delay(0);
  });

  it('are left alone where the server knows no such thing, until it is another server', async () => {
    const request = await mailbox.party.next('SUBSCRIBE');
    mailbox.party.respond(request, 489);
    await clock.run(3_600_000);
    expect(subscriptions()).to.have.length(1);
    network.cut();
    await clock.run(4_000);
    await mailbox.subscribed('message-summary');
  });

  it('are asked for again when the server ends the subscription, as soon as it says', async () => {
    const first = await mailbox.subscribed('message-summary');
    first.notify('', 'terminated;reason=deactivated');
    await clock.run(0);
    const second = await mailbox.subscribed('message-summary');
    second.notify('', 'terminated;reason=probation;retry-after=300');
    await clock.run(299_000);
    expect(subscriptions()).to.have.length(2);
    await clock.run(1_000);
    const third = await mailbox.subscribed('message-summary');
    third.notify('', 'terminated;reason=rejected');
    await clock.run(3_600_000);
    expect(subscriptions()).to.have.length(3);
  });

  it('do not make the phone ask in a circle', async () => {
    for (let round = 0; round < 3; round++) {
      const subscription = await mailbox.subscribed('message-summary');
      subscription.notify('', 'terminated;reason=deactivated');
      await clock.run(60_000);
    }
    expect(subscriptions().length).to.be.at.most(4);
  });

  it('are given up with the server while it can still be told', async () => {
    const subscription = await mailbox.subscribed('message-summary');
    subscription.notify(summary(0, 0));
    await mailbox.party.next(200);
    const over = subscription.renewed();
    await line.stop();
    expect(headerOf(await over, 'Expires')).to.equal('0');
  });
});
