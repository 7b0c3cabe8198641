import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MultiLineError, type Workspace } from '../index.ts';
import { scriptedLine } from '@multiline/testing';
import {
  FACTS,
  browser,
  desk,
  lucy,
  pass,
  receiveCall,
  recent,
  stranger,
  type Browser,
  type Desk,
} from '../../test/desk.ts';

async function pair(inside: Browser = browser()): Promise<{ leader: Desk; follower: Desk; inside: Browser }> {
  const leader = await desk(inside);
  const follower = await desk(inside);
  return { leader, follower, inside };
}

const seen = ({ $calls, $tray, $settings, $phone }: Workspace) => ({
  calls: $calls.get(),
  tray: $tray.get(),
  settings: $settings.get(),
  line: $phone.get().line,
});

describe('several tabs of one user', () => {
  it('one has the phone; the others show the same and say where it is', async () => {
    const { leader, follower, inside } = await pair();
    assert.deepEqual([leader.workspace.$phone.get().here, follower.workspace.$phone.get().here], [true, false]);
    const call = leader.line.ring({ address: lucy });
    await inside.clock.run(0);
    assert.deepEqual(seen(follower.workspace), seen(leader.workspace));
    await leader.workspace.answer(call.id);
    call.signal({ type: 'muted', muted: true });
    await leader.workspace.saveNotes(call.id, 'Typed there.');
    await inside.clock.run(0);
    assert.deepEqual(seen(follower.workspace), seen(leader.workspace));
    call.signal({ type: 'ended', reason: 'completed', by: 'them' });
    await inside.clock.run(0);
    assert.equal(recent(follower, call.id).log.state, 'delivered');
    assert.deepEqual(follower.workspace.$recentCalls.get(), leader.workspace.$recentCalls.get());
    assert.equal(inside.crm.activitiesWritten.length, 1);
    assert.equal(follower.attention.rings, 0);
    await follower.workspace.stop();
    await leader.workspace.stop();
  });

  it('a tab opened in mid-call shows it', async () => {
    const inside = browser();
    const leader = await desk(inside);
    const call = leader.line.ring({ address: lucy });
    await leader.workspace.answer(call.id);
    const late = await desk(inside);
    assert.deepEqual(seen(late.workspace), seen(leader.workspace));
    await late.workspace.stop();
    await leader.workspace.stop();
  });

  it('a fact is told once in every tab, with who has the phone', async () => {
    const { leader, follower, inside } = await pair();
    const told: [string, string, boolean][] = [];
    for (const [name, { workspace }] of Object.entries({ leader, follower }))
      for (const type of FACTS)
        workspace.addEventListener(type, (event) =>
          told.push([name, type, 'leading' in event && event.leading === true]),
        );
    await receiveCall(leader, lucy);
    await inside.clock.run(0);
    for (const [name, leading] of [
      ['leader', true],
      ['follower', false],
    ] as const)
      assert.deepEqual(
        told.filter(([of]) => of === name).map(([, type, leads]) => [type, leads]),
        ['ml-call-incoming', 'ml-record-matched', 'ml-call-answered', 'ml-call-ended', 'ml-call-logged'].map((type) => [
          type,
          leading,
        ]),
      );
    await follower.workspace.stop();
    await leader.workspace.stop();
  });

  it('every verb works in every tab, and fails there with the same reason', async () => {
    const { leader, follower, inside } = await pair();
    const call = await follower.workspace.dial(lucy);
    assert.equal(leader.line.dialed.length, 1);
    assert.equal(call.$call.get().phase, 'connecting');
    leader.line.dialed[0]?.signal({ type: 'answered' });
    await call.mute();
    await call.sendDigits('12#');
    await call.saveNotes('From over there.');
    assert.deepEqual([call.$call.get().muted, call.$call.get().digits], [true, '12#']);
    await call.unmute();
    await call.hangUp();
    await inside.clock.run(0);
    assert.equal(call.$call.get().reason, 'completed');
    assert.equal(inside.crm.activitiesWritten[0]?.notes, 'From over there.');
    await assert.rejects(call.hangUp(), { code: 'no-such-call' });

    leader.line.failWith(new MultiLineError('mic-in-use', { message: 'Held by Meet.' }));
    await assert.rejects(follower.workspace.dial(lucy), {
      code: 'mic-in-use',
      message: 'Held by Meet.',
      retryable: true,
    });
    assert.deepEqual([follower.workspace.$failure.get()?.code, leader.workspace.$failure.get()], ['mic-in-use', null]);
    await follower.workspace.stop();
    await leader.workspace.stop();
  });

  it('the tray is settled from any tab', async () => {
    const { leader, follower, inside } = await pair();
    const { id } = await receiveCall(leader, stranger);
    await inside.clock.run(0);
    assert.equal(follower.workspace.$tray.get().items[0]?.callId, id);
    await follower.workspace.associate(id, { kind: 'Contact', id: 'contact-lucy', name: 'Lucy Hall' });
    await inside.clock.run(0);
    assert.deepEqual([follower.workspace.$tray.get().items, inside.crm.activitiesWritten.length], [[], 1]);
    await follower.workspace.stop();
    await leader.workspace.stop();
  });

  it('settings changed in one tab hold in all, and in whichever leads next', async () => {
    const { leader, follower, inside } = await pair();
    await follower.workspace.changeSettings({ dialMode: 'immediate' });
    assert.equal(follower.workspace.$settings.get().dialMode, 'immediate');
    await leader.workspace.changeSettings({ subject: 'Ring' });
    await inside.clock.run(0);
    leader.kill();
    await inside.clock.run(0);
    await follower.workspace.changeSettings({ popAt: 'never' });
    const late = await desk(inside);
    const { dialMode, subject, popAt } = late.workspace.$settings.get();
    assert.deepEqual({ dialMode, subject, popAt }, { dialMode: 'immediate', subject: 'Ring', popAt: 'never' });
    await late.workspace.stop();
    await follower.workspace.stop();
  });

  it('when the leader dies another leads: registered, told once, delivering what waits', async () => {
    const { leader, follower, inside } = await pair();
    inside.crm.fail(1, new MultiLineError('server'), 'logActivity');
    const { id } = await receiveCall(leader, lucy);
    leader.kill();
    await pass(inside, 2_000);
    assert.deepEqual(
      [follower.workspace.$phone.get().here, follower.workspace.$phone.get().line.state],
      [true, 'registered'],
    );
    assert.equal(recent(follower, id).log.state, 'delivered');
    assert.equal(inside.crm.activitiesWritten.length, 1);
    await receiveCall(follower, lucy);
    assert.equal(inside.crm.activitiesWritten.length, 2);
    await follower.workspace.stop();
  });

  it('a follower does not remember an older state of a call than it was told', async () => {
    const { leader, follower, inside } = await pair();
    const { id } = await receiveCall(leader, lucy);
    leader.line.ring({ address: stranger });
    await inside.clock.run(0);
    assert.equal((await follower.workspace.readCall(id))?.phase, 'ended');
    leader.kill();
    await inside.clock.run(0);
    await follower.workspace.saveNotes(id, 'Later.');
    await pass(inside, 1_000);
    assert.deepEqual([recent(follower, id).phase, recent(follower, id).reason], ['ended', 'completed']);
    assert.deepEqual(
      inside.crm.activitiesWritten
        .filter(({ correlation }) => correlation.includes('scripted-1@'))
        .map(({ notes, outcome }) => [notes, outcome]),
      [['Later.', 'completed']],
    );
    await follower.workspace.stop();
  });

  it('a verb that died with the leader is carried out by the next one, once', async () => {
    const inside = browser();
    const leader = await desk(inside, { line: { ...scriptedLine(), dial: () => new Promise(() => undefined) } });
    const next = await desk(inside);
    const third = await desk(inside);
    const dialed = third.workspace.dial(lucy);
    await inside.clock.run(0);
    leader.kill();
    await inside.clock.run(0);
    assert.equal((await dialed).$call.get().phase, 'connecting');
    assert.equal(next.line.dialed.length, 1);
    await third.workspace.stop();
    await next.workspace.stop();
  });

  it('a verb of the tab that leads next is carried out there', async () => {
    const inside = browser();
    const leader = await desk(inside, { line: { ...scriptedLine(), dial: () => new Promise(() => undefined) } });
    const follower = await desk(inside);
    const dialed = follower.workspace.dial(lucy);
    await inside.clock.run(0);
    leader.kill();
    await inside.clock.run(0);
    assert.equal((await dialed).$call.get().phase, 'connecting');
    assert.equal(follower.line.dialed.length, 1);
    await follower.workspace.stop();
  });

  it('a verb nobody answers says so in its time', async () => {
    const inside = browser();
    const leader = await desk(inside, { line: { ...scriptedLine(), dial: () => new Promise(() => undefined) } });
    const follower = await desk(inside);
    const dialed = assert.rejects(follower.workspace.dial(lucy), { code: 'timeout' });
    await inside.clock.run(30_000);
    await dialed;
    assert.equal(follower.workspace.$failure.get()?.code, 'timeout');
    await follower.workspace.stop();
    await leader.workspace.stop();
  });

  it('what is no message of ours, or of another version, is not understood and does no harm', async () => {
    const { leader, follower, inside } = await pair();
    const stranger = inside.hub.members.map(({ listeners }) => [...listeners]).flat();
    for (const listener of stranger)
      for (const message of [
        null,
        undefined,
        7,
        'x',
        {},
        { type: 'constructor' },
        { type: 'done', id: 'x' },
        { type: 'command', id: 'y', verb: '__proto__', args: [] },
      ])
        listener(message, 'elsewhere');
    await receiveCall(leader, lucy);
    await inside.clock.run(0);
    assert.deepEqual(seen(follower.workspace), seen(leader.workspace));
    await follower.workspace.stop();
    await leader.workspace.stop();
  });
});
