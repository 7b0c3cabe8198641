import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MultiLineError, presets } from '../index.ts';
import { scriptedLine } from '@multiline/testing';
import { browser, desk, lucy, receiveCall, recent, stranger } from '../../test/desk.ts';

const ended = (reason: 'completed' | 'missed') => ({ type: 'ended', reason, by: 'them' }) as const;

describe('dialing', () => {
  it('dials what a person wrote, by the dial rules, and shows it connecting until the wire says more', async () => {
    const here = await desk();
    const call = await here.workspace.dial('(415) 555-0101');
    assert.equal(here.line.dialed[0]?.remote.address, lucy);
    assert.deepEqual([call.$call.get().phase, call.$call.get().number], ['connecting', lucy]);
    here.line.dialed[0]?.signal({ type: 'ringing' });
    assert.equal(call.$call.get().phase, 'ringing');
    await here.workspace.stop();
  });

  it('[MV-33] puts the prefixes in front that the administrator has set', async () => {
    const policy = presets.default({ dialing: { format: 'pbx', outsidePrefix: '9', longDistancePrefix: '1' } });
    const here = await desk(browser(), { policy });
    await here.workspace.dial('+1 415 555 0101');
    assert.equal(here.line.dialed[0]?.remote.address, '914155550101');
    assert.equal(here.call().number, lucy);
    await here.workspace.stop();
  });

  it('[ML-35] sends the digits of an extension to whoever has answered, once', async () => {
    const here = await desk();
    await here.workspace.dial('+1 415 555 0106 x12');
    const [dialed] = here.line.dialed;
    dialed?.signal({ type: 'ringing' });
    assert.deepEqual(dialed?.asked, []);
    for (let times = 0; times < 2; times++) dialed?.signal({ type: 'answered' });
    await new Promise(setImmediate);
    assert.deepEqual(dialed?.asked, ['digits ,12']);
    await here.workspace.stop();
  });

  it('refuses what is no number, and says so until a dial succeeds', async () => {
    const here = await desk();
    for (const text of ['', 'abc', '4'.repeat(40), '<img src=x>', 'x'.repeat(33_000)]) {
      await assert.rejects(here.workspace.dial(text), { code: 'invalid-number' }, text.slice(0, 40));
    }
    assert.equal(here.workspace.$failure.get()?.code, 'invalid-number');
    await here.workspace.dial(lucy);
    assert.equal(here.workspace.$failure.get(), null);
    await here.workspace.stop();
  });

  it('makes one call of a double click', async () => {
    const here = await desk();
    const [first, second] = await Promise.allSettled([here.workspace.dial(lucy), here.workspace.dial(lucy)]);
    assert.equal(first.status, 'fulfilled');
    assert.equal(second.status === 'rejected' && (second.reason as MultiLineError).code, 'in-call');
    assert.equal(here.line.dialed.length, 1);
    await here.workspace.stop();
  });

  it('can dial again after a dial that failed', async () => {
    const here = await desk();
    here.line.failWith(new MultiLineError('mic-denied'));
    await assert.rejects(here.workspace.dial(lucy), { code: 'mic-denied' });
    assert.deepEqual(here.workspace.$calls.get(), []);
    here.line.failWith(null);
    await here.workspace.dial(lucy);
    assert.equal(here.call().phase, 'connecting');
    await here.workspace.stop();
  });

  it('does not ask the CRM for somebody who is known', async () => {
    const here = await desk();
    await here.workspace.dial(lucy, { record: { kind: 'Lead', id: 'lead-x', name: 'Known Nell' } });
    await here.clock.run(0);
    assert.equal(here.call().match.record?.name, 'Known Nell');
    assert.ok(!here.crm.served.includes('identify'));
    await here.workspace.stop();
  });
});

describe('answering, declining, hanging up', () => {
  it('a blocked microphone leaves the call ringing, with the reason, and it can be answered afterwards', async () => {
    const here = await desk();
    const call = here.line.ring({ address: lucy });
    here.line.failWith(new MultiLineError('mic-denied'));
    await assert.rejects(here.workspace.answer(call.id), { code: 'mic-denied' });
    assert.deepEqual(
      [here.call().phase, here.call().pending, here.call().failure?.code],
      ['ringing', null, 'mic-denied'],
    );
    here.line.failWith(null);
    await here.workspace.answer(call.id);
    assert.deepEqual([here.call().phase, here.call().failure], ['active', undefined]);
    await here.workspace.stop();
  });

  it('declines as the policy says', async () => {
    const here = await desk(browser(), { policy: presets.default({ calls: { decline: 'busy' } }) });
    const call = here.line.ring({ address: lucy });
    await here.workspace.decline(call.id);
    assert.deepEqual(call.asked, ['decline busy']);
    assert.deepEqual([here.call().phase, here.call().reason], ['ended', 'declined']);
    await here.workspace.stop();
  });

  it('knows no call that is over', async () => {
    const here = await desk();
    const { id } = await receiveCall(here, lucy);
    const before = recent(here, id);
    for (const verb of ['answer', 'decline', 'hangUp', 'mute'] as const)
      await assert.rejects(here.workspace[verb](id), { code: 'no-such-call' });
    await assert.rejects(here.workspace.saveNotes('nobody', 'x'), { code: 'no-such-call' });
    assert.deepEqual(recent(here, id), before);
    await here.workspace.stop();
  });

  it('a call that ended before it was listened to is over, and logged', async () => {
    const line = scriptedLine();
    const here = await desk(browser(), { line });
    const stop = line.onIncoming((call) => line.calls.find(({ id }) => id === call.id)?.signal(ended('missed')));
    const { id } = here.line.ring({ address: lucy });
    stop();
    await here.clock.run(0);
    assert.deepEqual([recent(here, id).phase, recent(here, id).log.state], ['ended', 'delivered']);
    assert.equal(here.crm.activitiesWritten.length, 1);
    await here.workspace.stop();
  });
});

describe('two calls at once', () => {
  it('lets the second wait where the line holds nobody, answered once the first is over', async () => {
    const here = await desk(browser(), { line: scriptedLine({ without: ['hold'] }) });
    const first = here.line.ring({ address: lucy });
    await here.workspace.answer(first.id);
    const second = here.line.ring({ address: stranger });
    await here.clock.run(0);
    await assert.rejects(here.workspace.answer(second.id), { code: 'in-call' });
    assert.deepEqual(
      here.workspace.$calls.get().map(({ phase, pending }) => [phase, pending]),
      [
        ['active', null],
        ['ringing', null],
      ],
    );
    first.signal(ended('completed'));
    await here.workspace.answer(second.id);
    assert.equal(here.workspace.$calls.get().find(({ id }) => id === second.id)?.phase, 'active');
    await here.workspace.stop();
  });

  it('answers none while our own call goes out or another answer is under way', async () => {
    const here = await desk();
    await here.workspace.dial(lucy);
    const second = here.line.ring({ address: stranger });
    await here.clock.run(0);
    await assert.rejects(here.workspace.answer(second.id), { code: 'in-call' });
    assert.deepEqual(second.asked, []);
    here.line.dialed[0]?.signal(ended('completed'));

    const there = await desk(browser(), { line: scriptedLine({ obliging: false }) });
    const [one, two] = [there.line.ring({ address: lucy }), there.line.ring({ address: stranger })];
    await there.clock.run(0);
    await there.workspace.answer(one.id);
    await assert.rejects(there.workspace.answer(two.id), { code: 'in-call' });
    assert.deepEqual([one.asked, two.asked], [['answer'], []]);
    await there.workspace.stop();
    await here.workspace.stop();
  });

  it('refuses the second as busy where the policy says so: it is among the missed ones, rings and pops nothing', async () => {
    const popped: string[] = [];
    const host = { name: 'test', pop: ({ name }: { name: string }) => void popped.push(name) };
    const here = await desk(browser(), { policy: presets.default({ calls: { busy: 'refuse' } }), host });
    const first = here.line.ring({ address: stranger });
    await here.workspace.answer(first.id);
    const rings = here.attention.rings;
    const second = here.line.ring({ address: lucy });
    await here.clock.run(0);
    assert.deepEqual(second.asked, ['decline busy']);
    assert.equal(recent(here, second.id).reason, 'missed');
    assert.deepEqual([here.attention.rings, popped], [rings, []]);
    assert.equal(here.call().phase, 'active');
    assert.equal(here.crm.activitiesWritten[0]?.outcome, 'missed');
    await here.workspace.stop();
  });

  it('keeps two calls of one number apart, each with its notes and its activity', async () => {
    const here = await desk();
    const calls = [here.line.ring({ address: lucy }), here.line.ring({ address: lucy })];
    await here.clock.run(0);
    for (const { id } of calls) await here.workspace.saveNotes(id, `Notes of ${id}`);
    for (const call of calls) call.signal(ended('missed'));
    await here.clock.run(0);
    assert.deepEqual(
      here.crm.activitiesWritten.map(({ notes }) => notes).sort(),
      calls.map(({ id }) => `Notes of ${id}`).sort(),
    );
    assert.equal(here.crm.served.filter((verb) => verb === 'identify').length, 1);
    await here.workspace.stop();
  });
});
