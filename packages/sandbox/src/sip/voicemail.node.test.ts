import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { mediaPhone } from './testing/media-phone.ts';
import type { ScriptedAgent } from './testing/scripted-agent.ts';
import { openSipBed, type SipBed } from './testing/sip-bed.ts';

const SDP = { name: 'Content-Type', value: 'application/sdp' };
const SPOKEN = 'L'.charCodeAt(0);

describe('voicemail', () => {
  let bed: SipBed;
  let lucy: ScriptedAgent;
  beforeEach(async () => {
    bed = await openSipBed({ noAnswerMs: 100, maxRecordingMs: 200 });
    lucy = await bed.agent('+14155550101');
  });
  afterEach(() => bed.end());

  const dial = async (agent: ScriptedAgent, target: string) => {
    const media = mediaPhone(undefined, 'L'.repeat(160));
    const from = `"${agent.user} L" <sip:${agent.user}@sandbox.test>;tag=l`;
    const invite = await agent.start('INVITE', target, { headers: [SDP], body: await media.offer(), from });
    const ok = await agent.response(invite, 200);
    await media.peer.setRemoteDescription({ type: 'answer', sdp: ok.body });
    agent.ack(invite, ok);
    return { invite, ok, media };
  };
  /** Speaks until the recording is as long as it may be and the server hangs up. */
  const leave = async (target: string) => {
    const { media } = await dial(lucy, target);
    const stop = media.speak();
    lucy.reply(await lucy.request('BYE'), 200);
    stop();
    await media.peer.close();
  };
  const messages = (user: string) => bed.server.mailboxes.of(user).list();

  it('takes what a caller says to somebody who is away, and who it was', async () => {
    await leave('carol');
    const [message, ...more] = messages('carol');
    assert.deepEqual(more, []);
    assert.deepEqual(
      { ...message, id: '', at: 0 },
      { id: '', from: '+14155550101', name: '+14155550101 L', at: 0, durationMs: 200, heard: false },
    );
    const recording = bed.server.mailboxes.of('carol').recording(message?.id ?? '');
    assert.deepEqual(new Set(recording), new Set([SPOKEN]));
  });

  it('takes the call of somebody who is busy, or does not answer', async () => {
    const carol = await bed.agent('carol');
    const busy = carol.request('INVITE').then((invite) => carol.reply(invite, 486));
    await leave('carol');
    await busy;
    await leave('carol');
    await carol.request('CANCEL');
    assert.equal(messages('carol').length, 2);
  });

  it('takes what is said to a number for messages, and a call that is sent there', async () => {
    await leave('*991001');
    const ann = await bed.agent('ann');
    const sent = ann
      .request('INVITE')
      .then((invite) =>
        ann.reply(invite, 302, { headers: [{ name: 'Contact', value: '<sip:*991001@sandbox.test>' }] }),
      );
    await leave('ann');
    await sent;
    assert.deepEqual(
      messages('ann')
        .slice(0, 2)
        .map(({ from }) => from),
      ['+14155550101', '+14155550101'],
    );
  });

  it('takes the call of somebody who wants none, but none that was declined, and none without it', async () => {
    bed.server.handlings.set('carol', { dnd: true });
    const carol = await bed.agent('carol');
    await leave('carol');
    assert.equal(messages('carol').length, 1);
    bed.server.handlings.set('carol', { dnd: false });
    const declined = await lucy.start('INVITE', 'carol');
    carol.reply(await carol.request('INVITE'), 603);
    assert.equal((await lucy.final(declined)).status, 603);
    bed.server.handlings.set('carol', { voicemail: false });
    const missed = await lucy.start('INVITE', 'carol');
    assert.equal((await lucy.final(missed)).status, 480);
  });

  it('keeps nothing of a caller who presses # at once', async () => {
    const { invite, ok, media } = await dial(lucy, 'carol');
    await media.converse();
    const headers = [{ name: 'Content-Type', value: 'application/dtmf' }];
    await lucy.final(lucy.within('INFO', invite, ok, { headers, body: '#' }));
    lucy.reply(await lucy.request('BYE'), 200);
    await media.peer.close();
    assert.deepEqual(messages('carol'), []);
  });

  it('plays the new messages at *98, which makes them heard and says so', async () => {
    await leave('carol');
    const carol = await bed.agent('carol');
    await carol.start('SUBSCRIBE', 'carol', { headers: [{ name: 'Event', value: 'message-summary' }] });
    const first = await carol.request('NOTIFY');
    carol.reply(first, 200);
    assert.match(first.body, /Voice-Message: 1\/0/);
    const { media } = await dial(carol, '*98');
    await media.converse(({ payload }) => payload.every((byte) => byte === SPOKEN));
    carol.reply(await carol.request('BYE'), 200);
    await media.peer.close();
    assert.match((await carol.request('NOTIFY')).body, /Voice-Message: 0\/1/);
    assert.deepEqual(
      messages('carol').map(({ heard }) => heard),
      [true],
    );
  });

  it('is hung up by reset, which leaves the messages of the start', async () => {
    const { media } = await dial(lucy, 'carol');
    await media.converse();
    bed.server.reset();
    lucy.reply(await lucy.request('BYE'), 200);
    await media.peer.close();
    assert.deepEqual(messages('carol'), []);
    assert.deepEqual(
      messages('ann').map(({ from, heard }) => [from, heard]),
      [
        ['+14155550199', false],
        ['+14155550101', true],
      ],
    );
  });
});
