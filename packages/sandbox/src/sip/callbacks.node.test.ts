import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { connectDeskPhone, type DeskPhone } from '../testing/desk-phone.ts';
import type { Callback, CallbackState } from './callbacks.ts';
import { openSipBed, type SipBed } from './testing/sip-bed.ts';

describe('a call that rings the own device first', () => {
  let bed: SipBed;
  let phones: DeskPhone[];
  const open = async (confirmMs = 10_000) => {
    bed = await openSipBed({ noAnswerMs: 1_000, confirmMs });
    phones = [];
  };
  beforeEach(() => open());
  afterEach(async () => {
    await bed.end();
    await Promise.all(phones.map((phone) => phone.close()));
  });

  const phone = async (user: string, name = 'Desk phone') => {
    const connected = await connectDeskPhone({ server: bed.url, user, name });
    phones.push(connected);
    return connected;
  };
  const start = (to = '+14155550101'): Callback =>
    bed.server.callbacks.start({
      user: 'ann',
      to: `sip:${to}@sandbox.test`,
      display: to,
      devices: bed.server.registrations('ann').map(({ contact }) => contact),
      callId: 'c-7',
    });
  /** Every state up to the end. */
  const course = (callback: Callback) =>
    new Promise<string[]>((resolve) => {
      const seen: string[] = [];
      callback.watch((state: CallbackState) => {
        seen.push('ended' in state ? state.ended : state.stage);
        if ('ended' in state) resolve(seen);
      });
    });
  const reached = (callback: Callback, stage: string) =>
    new Promise<void>((resolve) => {
      callback.watch((state) => {
        if ('stage' in state && state.stage === stage) resolve();
      });
    });
  const said = (payload: Buffer) => payload.every((byte) => byte === 'D'.charCodeAt(0));

  it('asks for a key, calls, lets both hear each other, and ends with either', async () => {
    const [desk, lucy] = [await phone('ann'), await phone('+14155550101')];
    const callback = start();
    const whole = course(callback);
    const atDesk = await desk.call();
    assert.deepEqual(atDesk.from, { name: '+14155550101', user: 'ann' });
    await atDesk.answer();
    await atDesk.press('5');
    const atLucy = await lucy.call();
    assert.equal(atLucy.from.user, 'ann');
    await atLucy.answer();
    await reached(callback, 'answered');
    await Promise.all([atDesk.hear(said), atLucy.hear(said)]);
    await atLucy.hangUp();
    await atDesk.ended;
    assert.deepEqual(await whole, ['calling-device', 'confirming', 'calling', 'answered', 'completed']);
  });

  it('never calls where a voicemail takes the call: nobody pressed a key', async () => {
    await bed.end();
    await open(800);
    const [desk, lucy] = [await phone('ann'), await bed.agent('+14155550101')];
    const whole = course(start());
    const taken = await desk.call();
    await taken.answer();
    await taken.ended;
    assert.deepEqual(await whole, ['calling-device', 'confirming', 'not-confirmed']);
    assert.equal(lucy.inbox.length, 0);
  });

  it('stops the other devices when one answers', async () => {
    const [desk, mobile] = [await phone('ann'), await phone('ann', 'Mobile')];
    const callback = start();
    const [atDesk, atMobile] = [await desk.call(), await mobile.call()];
    await atMobile.answer();
    await atDesk.ended;
    await reached(callback, 'confirming');
    await atMobile.hangUp();
    assert.equal((await course(callback)).at(-1), 'not-confirmed');
  });

  it('is declined for all devices by one', async () => {
    const [desk, mobile] = [await phone('ann'), await phone('ann', 'Mobile')];
    const callback = start();
    const [atDesk, atMobile] = [await desk.call(), await mobile.call()];
    atDesk.refuse(603);
    await atMobile.ended;
    assert.deepEqual(await course(callback), ['declined']);
  });

  for (const [status, ended] of [
    [486, 'busy'],
    [603, 'declined'],
    [480, 'no-answer'],
    [404, 'failed'],
  ] as const) {
    it(`says ${ended} when the called answers ${String(status)}, and when the device does`, async () => {
      const [desk, lucy] = [await phone('ann'), await phone('+14155550101')];
      const first = course(start());
      const atDesk = await desk.call();
      await atDesk.answer();
      await atDesk.press('1');
      (await lucy.call()).refuse(status);
      await atDesk.ended;
      assert.deepEqual((await first).slice(-2), ['calling', ended]);
      const second = course(start());
      (await desk.call()).refuse(status);
      assert.deepEqual(await second, ['calling-device', ended]);
    });
  }

  it('is ended from outside at any stage, and takes back what rings', async () => {
    const [desk, lucy] = [await phone('ann'), await phone('+14155550101')];
    const ringing = start();
    const first = await desk.call();
    ringing.end();
    await first.ended;
    assert.deepEqual(await course(ringing), ['no-answer']);
    const calling = start();
    const second = await desk.call();
    await second.answer();
    await second.press('1');
    const atLucy = await lucy.call();
    calling.end();
    await Promise.all([second.ended, atLucy.ended]);
    assert.deepEqual((await course(calling)).at(-1), 'no-answer');
  });

  it('reaches what this server itself answers', async () => {
    const desk = await phone('ann');
    const callback = start('echo');
    const call = await desk.call();
    await call.answer();
    await call.press('#');
    await call.hear(said);
    await call.hangUp();
    assert.equal((await course(callback)).at(-1), 'completed');
  });

  it('is not shown among the user’s calls, where it would stand twice', async () => {
    const desk = await phone('ann');
    const bob = await bed.agent('bob');
    await bob.start('SUBSCRIBE', 'ann', { headers: [{ name: 'Event', value: 'dialog' }] });
    bob.reply(await bob.request('NOTIFY'), 200);
    const callback = start();
    await (await desk.call()).answer();
    await reached(callback, 'confirming');
    assert.equal(bob.inbox.filter((each) => each.kind === 'request').length, 0);
  });
});
