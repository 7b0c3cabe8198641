import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { header, type SipRequest } from '../message.ts';
import type { ScriptedAgent } from '../testing/scripted-agent.ts';
import { openSipBed, type SipBed } from '../testing/sip-bed.ts';

const watching = (event: string, expires = 600) => ({
  headers: [
    { name: 'Event', value: event },
    { name: 'Expires', value: String(expires) },
  ],
});

describe('subscriptions', () => {
  let bed: SipBed;
  let lucy: ScriptedAgent;
  let ann: ScriptedAgent;
  let bob: ScriptedAgent;
  beforeEach(async () => {
    bed = await openSipBed({ graceMs: 300, noAnswerMs: 2_000 });
    lucy = await bed.agent('+14155550101');
    ann = await bed.agent('ann');
    bob = await bed.agent('bob');
  });
  afterEach(() => bed.end());

  const notified = async (agent: ScriptedAgent): Promise<SipRequest> => {
    const notify = await agent.request('NOTIFY');
    agent.reply(notify, 200);
    return notify;
  };
  const subscribe = async (agent: ScriptedAgent, whom: string, event: string, expires?: number) => {
    const request = await agent.start('SUBSCRIBE', whom, watching(event, expires));
    const answer = await agent.final(request);
    return { request, answer };
  };

  describe('to the message count', () => {
    it('tells it at once and after each change, until it is over', async () => {
      const { request, answer } = await subscribe(ann, 'ann', 'message-summary');
      assert.equal(answer.status, 200);
      assert.equal(header(answer, 'Expires'), '600');
      const first = await notified(ann);
      assert.equal(header(first, 'Event'), 'message-summary');
      assert.match(header(first, 'Subscription-State') ?? '', /^active;expires=600$/);
      assert.equal(header(first, 'Content-Type'), 'application/simple-message-summary');
      assert.match(
        first.body,
        /^Messages-Waiting: yes\r\nMessage-Account: sip:ann@sandbox.test\r\nVoice-Message: 1\/1 /,
      );
      const mailbox = bed.server.mailboxes.of('ann');
      for (const { id } of mailbox.list()) mailbox.mark(id, true);
      assert.match((await notified(ann)).body, /waiting: no[^]*0\/2/i);
      bed.server.reset();
      assert.match((await notified(ann)).body, /waiting: yes[^]*1\/1/i);
      const over = ann.within('SUBSCRIBE', request, answer, watching('message-summary', 0));
      assert.equal((await ann.final(over)).status, 200);
      let last = await notified(ann);
      while (header(last, 'Subscription-State')?.startsWith('terminated') !== true) last = await notified(ann);
      mailbox.add({ number: '+14155550101' }, Buffer.alloc(8_000));
      const probe = ann.build('OPTIONS', 'sip:sandbox.test');
      ann.send(probe);
      await ann.final(probe);
      assert.equal(ann.inbox.length, 0);
    });

    it('is renewed inside its dialog, and is nobody else’s', async () => {
      const { request, answer } = await subscribe(ann, '1001', 'message-summary');
      await notified(ann);
      const again = ann.within('SUBSCRIBE', request, answer, watching('message-summary', 60));
      assert.equal(header(await ann.final(again), 'Expires'), '60');
      await notified(ann);
      assert.equal((await subscribe(bob, 'ann', 'message-summary')).answer.status, 403);
      const stranger = {
        ...again,
        headers: again.headers.map((each) => (each.name === 'To' ? { ...each, value: `${each.value}x` } : each)),
      };
      const lost = {
        ...stranger,
        headers: stranger.headers.map((each) => (each.name === 'Via' ? { ...each, value: `${each.value}9` } : each)),
      };
      ann.send(lost);
      assert.equal((await ann.final(lost)).status, 481);
    });

    it('refuses an interval too brief, and forgets a watcher who knows nothing of it', async () => {
      const brief = await subscribe(ann, 'ann', 'message-summary', 3);
      assert.equal(brief.answer.status, 423);
      assert.equal(header(brief.answer, 'Min-Expires'), '10');
      await subscribe(ann, 'ann', 'message-summary');
      ann.reply(await ann.request('NOTIFY'), 481);
      const probe = ann.build('OPTIONS', 'sip:sandbox.test');
      ann.send(probe);
      await ann.final(probe);
      bed.server.mailboxes.of('ann').add({ number: '+14155550101' }, Buffer.alloc(8_000));
      const later = ann.build('OPTIONS', 'sip:sandbox.test');
      ann.send(later);
      await ann.final(later);
      assert.equal(ann.inbox.length, 0);
    });

    it('finds a watcher who came back over another socket', async () => {
      await subscribe(ann, 'ann', 'message-summary');
      await notified(ann);
      ann.cut();
      await ann.closed;
      bed.server.mailboxes.of('ann').add({ number: '+14155550101' }, Buffer.alloc(8_000));
      const back = await bed.agent('ann', { contact: ann.contact });
      assert.match((await notified(back)).body, /2\/1/);
    });
  });

  describe('to the calls of a user', () => {
    const states = (notify: SipRequest) =>
      [...notify.body.matchAll(/direction="(\w+)"><state(?: event="([\w-]+)")?>(\w+)</g)].map(
        ([, direction, event, state]) => [direction, state, event].filter(Boolean).join(' '),
      );

    it('shows a call on another device from ringing to its end, with both tags and who it is with', async () => {
      const desk = await bed.agent('ann');
      await subscribe(ann, 'ann', 'dialog');
      const empty = await notified(ann);
      assert.match(empty.body, /version="0" state="full" entity="sip:ann@sandbox.test"/);
      assert.deepEqual(states(empty), []);
      const headers = [{ name: 'Subject', value: 'x' }];
      const invite = await lucy.start('INVITE', '+14155550001', {
        headers,
        from: '"Lucy & Co" <sip:+14155550101@sandbox.test>;tag=l1',
      });
      const offered = await desk.request('INVITE');
      assert.deepEqual(states(await notified(ann)), ['recipient trying']);
      desk.reply(offered, 180);
      assert.deepEqual(states(await notified(ann)), ['recipient early']);
      const answered = desk.reply(offered, 200);
      lucy.ack(invite, await lucy.response(invite, 200));
      const confirmed = await notified(ann);
      assert.deepEqual(states(confirmed), ['recipient confirmed']);
      const toTag = /tag=(\w+)/.exec(header(answered, 'To') ?? '')?.[1] ?? '?';
      assert.match(
        confirmed.body,
        new RegExp(`call-id="${header(invite, 'Call-ID') ?? '?'}" local-tag="${toTag}" remote-tag="l1"`),
      );
      assert.match(
        confirmed.body,
        /<remote><identity display="Lucy &amp; Co">sip:\+14155550101@sandbox.test<\/identity>/,
      );
      assert.ok(confirmed.body.includes(`<target uri="${desk.contact}"/>`));
      desk.within('BYE', offered, answered);
      assert.deepEqual(states(await notified(ann)), ['recipient terminated local-bye']);
      lucy.reply(await lucy.request('BYE'), 200);
    });

    it('shows a colleague’s own calls, and those that come to nothing', async () => {
      await subscribe(ann, 'bob', 'dialog;id=7');
      assert.equal(header(await notified(ann), 'Event'), 'dialog;id=7');
      const invite = await bob.start('INVITE', '+14155550101');
      const offered = await lucy.request('INVITE');
      assert.deepEqual(states(await notified(ann)), ['initiator trying']);
      lucy.reply(offered, 180);
      assert.deepEqual(states(await notified(ann)), ['initiator early']);
      bob.cancel(invite);
      lucy.reply(await lucy.request('CANCEL'), 200);
      lucy.reply(offered, 487);
      assert.deepEqual(states(await notified(ann)), ['initiator terminated cancelled']);
      await bob.start('INVITE', '+14155550101');
      lucy.reply(await lucy.request('INVITE'), 603);
      assert.deepEqual(states(await notified(ann)), ['initiator trying']);
      assert.deepEqual(states(await notified(ann)), ['initiator terminated rejected']);
    });

    it('ends the ringing of a device behind a broken socket when another has answered', async () => {
      const desk = await bed.agent('ann');
      await subscribe(bob, 'ann', 'dialog');
      await notified(bob);
      const invite = await lucy.start('INVITE', 'ann');
      await desk.request('INVITE');
      desk.cut();
      ann.reply(await ann.request('INVITE'), 486);
      assert.equal((await lucy.final(invite)).status, 486);
      assert.deepEqual(states(await notified(bob)), ['recipient trying']);
      assert.deepEqual(states(await notified(bob)), ['recipient terminated cancelled']);
    });

    it('is closed to customers and guests', async () => {
      assert.equal((await subscribe(lucy, 'ann', 'dialog')).answer.status, 403);
      const guest = await bed.agent('guest-1');
      assert.equal((await subscribe(guest, 'ann', 'dialog')).answer.status, 403);
    });
  });

  it('names the events there are, and knows people only', async () => {
    const { answer } = await subscribe(ann, 'bob', 'weather');
    assert.equal(answer.status, 489);
    assert.equal(header(answer, 'Allow-Events'), 'message-summary, dialog, presence');
    assert.equal((await subscribe(ann, 'sales', 'presence')).answer.status, 489);
    assert.equal((await subscribe(ann, 'nobody', 'presence')).answer.status, 404);
  });
});
