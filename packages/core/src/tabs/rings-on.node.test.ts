import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MultiLineError, presets, type Host, type LineCall, type Policy } from '../index.ts';
import { scriptedLine, type ScriptedLine } from '@multiline/testing';
import { browser, desk, lucy, newDesk, recent, type Browser, type Desk } from '../../test/desk.ts';

const from = { address: lucy, correlation: 'call-1' };

/** A line that takes its time over bringing a call back; `asked` counts how often it was asked to. */
function slow(): { line: ScriptedLine; bring(): void; refuse(): void; asked(): number } {
  const line = scriptedLine({ resumable: true });
  const resume = (token: string): Promise<LineCall> => scripted(token);
  const scripted = line.resume!.bind(line);
  const open: { token: string; resolve(call: Promise<LineCall>): void }[] = [];
  let asked = 0;
  line.resume = (token) => {
    asked++;
    return new Promise((resolve) => open.push({ token, resolve }));
  };
  return {
    line,
    bring: () => open.splice(0).forEach(({ token, resolve }) => resolve(resume(token))),
    refuse: () => open.splice(0).forEach(({ resolve }) => resolve(Promise.reject(new MultiLineError('no-such-call')))),
    asked: () => asked,
  };
}

interface Handover {
  readonly inside: Browser;
  readonly first: Desk;
  readonly other: Desk;
  readonly id: string;
  readonly popped: string[];
  bring(): void;
  refuse(): void;
  asked(): number;
}

/** A call rings in the first of two tabs; that tab is gone, and the other has yet to bring the call back. */
async function handedOver(policy: Policy = presets.default(), settled = true): Promise<Handover> {
  const inside = browser();
  const popped: string[] = [];
  const host: Host = { name: 'crm', pop: async ({ id }) => void popped.push(id) };
  const first = await desk(inside, { policy, host, line: scriptedLine({ resumable: true }) });
  const { line, ...more } = slow();
  const other = await desk(inside, { policy, host, line });
  if (!settled) inside.crm.hang(1, 'identify');
  const { id } = first.line.ring(from);
  await inside.clock.run(2_000);
  first.kill();
  await inside.clock.run(50);
  return { inside, first, other, id, popped, ...more };
}

const count = <Item>(items: readonly Item[], item: Item): number => items.filter((one) => one === item).length;

describe('a call that rings on in another tab', () => {
  for (const calls of [{ busy: 'refuse' }, { max: 1 }] as const)
    it(`is not refused as busy when the server offers it once more by itself (${JSON.stringify(calls)})`, async () => {
      const { other, id, inside, refuse } = await handedOver(presets.default({ calls }));
      const again = other.line.ring(from);
      await inside.clock.run(50);
      assert.deepEqual(again.asked, []);
      assert.deepEqual([other.call().id, other.call().phase, other.call().pending], [id, 'ringing', null]);
      refuse();
      await other.workspace.stop();
    });

  it('by a late fork is one row, one notice, one pop, one log; the way it came first is told', async () => {
    const { other, id, inside, popped, asked, refuse } = await handedOver();
    const reasons = new Set<string | undefined>();
    other.workspace.$recentCalls.subscribe(({ calls }) => calls.forEach(({ reason }) => reasons.add(reason)));
    await other.workspace.draftNotes(id, 'Wants the ren');
    other.line.ring(from);
    await inside.clock.run(50);
    assert.equal(asked(), 1);
    refuse();
    await other.workspace.answer(id);
    await inside.clock.run(5_000);
    await other.workspace.hangUp(id);
    await inside.clock.run(60_000);
    assert.deepEqual([...reasons], [undefined, 'completed']);
    assert.equal(count(other.facts, 'ml-call-incoming'), 1);
    assert.equal(count(other.facts, 'ml-call-ended'), 1);
    assert.deepEqual(popped, ['contact-lucy']);
    assert.equal(other.workspace.$recentCalls.get().calls.length, 1);
    const [written, ...more] = inside.crm.activitiesWritten;
    assert.deepEqual([written?.outcome, written?.notes, more.length], ['completed', 'Wants the ren', 0]);
    await other.workspace.stop();
  });

  it('as its tab left it is one row, one pop, one log', async () => {
    const { other, id, inside, popped, bring } = await handedOver();
    assert.equal(other.attention.ringing, true, 'it rings before the line has it');
    bring();
    await inside.clock.run(50);
    assert.equal(other.attention.rings, 1);
    await other.workspace.answer(id);
    await inside.clock.run(5_000);
    await other.workspace.hangUp(id);
    await inside.clock.run(60_000);
    assert.equal(count(other.facts, 'ml-call-incoming'), 1);
    assert.deepEqual(popped, ['contact-lucy']);
    assert.deepEqual(
      inside.crm.activitiesWritten.map(({ outcome }) => outcome),
      ['completed'],
    );
    await other.workspace.stop();
  });

  it('while the CRM is asked who calls pops once that is known', async () => {
    const { other, inside, popped, bring } = await handedOver(presets.default(), false);
    assert.deepEqual(popped, []);
    bring();
    await inside.clock.run(50);
    assert.equal(other.call().match.record?.name, 'Lucy Hall');
    assert.deepEqual(popped, ['contact-lucy']);
    await other.workspace.stop();
  });

  it('is answered as soon as the line has it when somebody presses before', async () => {
    const { other, id, inside, bring } = await handedOver();
    const answered = other.workspace.answer(id);
    await inside.clock.run(100);
    assert.equal(other.call().phase, 'ringing');
    bring();
    await answered;
    assert.equal(other.call().phase, 'active');
    await other.workspace.stop();
  });

  it('that somebody was answering rings again', async () => {
    const inside = browser();
    const first = await desk(inside, { line: scriptedLine({ resumable: true, obliging: false }) });
    const other = await desk(inside, { line: scriptedLine({ resumable: true }) });
    const { id } = first.line.ring(from);
    await inside.clock.run(500);
    void first.workspace.answer(id);
    await inside.clock.run(0);
    assert.equal(other.call().pending, 'answer');
    first.kill();
    await inside.clock.run(50);
    assert.deepEqual([other.call().phase, other.call().pending, other.attention.ringing], ['ringing', null, true]);
    await other.workspace.stop();
  });

  it('that cannot be brought back is missed, once', async () => {
    const { other, id, inside, refuse } = await handedOver();
    refuse();
    await inside.clock.run(60_000);
    assert.deepEqual([recent(other, id).reason, recent(other, id).log.state], ['missed', 'delivered']);
    assert.equal(count(other.facts, 'ml-call-ended'), 1);
    assert.equal(other.attention.ringing, false);
    assert.equal(inside.crm.activitiesWritten.length, 1);
    await other.workspace.stop();
  });

  it('by a late fork and is declined at once stays ended; the way it came first is told all the same', async () => {
    const inside = browser();
    const first = await desk(inside, { line: scriptedLine({ resumable: true }) });
    const { line, asked, bring } = slow();
    let register = (): void => undefined;
    line.start = () => new Promise((resolve) => (register = resolve));
    const other = await desk(inside, { line });
    const { id } = first.line.ring(from);
    await inside.clock.run(2_000);
    first.kill();
    await inside.clock.run(50);
    const declined = other.workspace.decline(id);
    const fork = other.line.ring(from);
    await inside.clock.run(50);
    assert.deepEqual([other.call().phase, asked()], ['ringing', 0]);
    register();
    await declined;
    fork.signal({ type: 'ended', reason: 'declined', by: 'us' });
    await inside.clock.run(50);
    assert.equal(asked(), 1);
    bring();
    await inside.clock.run(50);
    assert.deepEqual([recent(other, id).reason, other.line.calls.length], ['declined', 2]);
    assert.deepEqual(
      other.workspace.$calls.get().filter(({ phase }) => phase !== 'ended'),
      [],
    );
    await other.workspace.stop();
  });

  it('after a reload, offered before the line was asked for it, is the same row, told and popped once', async () => {
    const inside = browser();
    const first = await desk(inside, { line: scriptedLine({ resumable: true }) });
    const { id } = first.line.ring(from);
    await inside.clock.run(2_000);
    await first.workspace.draftNotes(id, 'Wants the ren');
    first.kill();
    const { line, asked, bring } = slow();
    let register = (): void => undefined;
    line.start = () => new Promise((resolve) => (register = resolve));
    const popped: string[] = [];
    const after = newDesk(inside, {
      line,
      host: { name: 'crm', pop: async ({ id: record }) => void popped.push(record) },
    });
    const started = after.workspace.start();
    await inside.clock.run(50);
    after.line.ring(from);
    register();
    await started;
    await inside.clock.run(50);
    const { phase, notes } = after.call();
    assert.deepEqual([after.call().id, phase, notes.text], [id, 'ringing', 'Wants the ren']);
    assert.equal(asked(), 1, 'the way it came first is told');
    bring();
    await after.workspace.answer(id);
    await inside.clock.run(50);
    assert.deepEqual(popped, []);
    assert.equal(count(after.facts, 'ml-call-incoming'), 0);
    assert.equal(after.workspace.$recentCalls.get().calls.length, 1);
    await after.workspace.stop();
  });
});
