import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MultiLineError, presets, type CrmRecord } from '../index.ts';
import { scriptedLine } from '@multiline/testing';
import { browser, desk, lucy, stranger, type Browser, type Desk } from '../../test/desk.ts';

const identity = { uri: 'sip:ann@sandbox.test', numbers: ['+14155550001', '+14155550009'] };
const [first, second] = identity.numbers as [string, string];
const mobile = '+14155550301';
const office = '+14155550302';
const nora: CrmRecord = { kind: 'Contact', id: 'nora', name: 'Nora Two' };
const bob: CrmRecord = { kind: 'Contact', id: 'bob', name: 'Bob One' };

/** A desk whose user has two numbers, in a CRM where Nora has two as well. */
async function twoNumbers(inside: Browser = browser()): Promise<Desk> {
  inside.crm.put({ ...nora, numbers: [mobile, office] });
  return desk(inside, { line: scriptedLine({ identity }) });
}

/** Dials, is refused, and answers which number the call went out with. */
async function seen(here: Desk, number: string, request: Parameters<Desk['workspace']['dial']>[1] = {}) {
  await here.workspace.dial(number, request);
  await here.clock.run(0);
  here.line.dialed.at(-1)?.signal({ type: 'ended', reason: 'busy', by: 'them' });
  await here.clock.run(1000);
  return here.line.dialedWith.at(-1)?.callerId?.number;
}

describe('the number a call goes out with', () => {
  const identity = { uri: 'sip:ann@sandbox.test', numbers: ['+14155550001', '+14155550009'] };

  it('is chosen, remembered for whom it was chosen, also after a reload, and kept when asking somebody', async () => {
    const inside = browser();
    const line = scriptedLine({ identity });
    const here = await desk(inside, { line, policy: presets.default({ calls: { callerId: 'from' } }) });
    const { $call, id } = await here.workspace.dial(lucy, { callerId: '+14155550009' });
    assert.deepEqual(line.dialedWith.at(-1), { callerId: { number: '+14155550009', as: 'from' } });
    assert.equal($call.get().callerId, '+14155550009');
    line.dialed.at(-1)?.signal({ type: 'answered' });
    await here.workspace.consult(id, '1002');
    assert.equal(line.dialedWith.at(-1)?.callerId?.number, '+14155550009');
    await here.workspace.stop();
    const again = scriptedLine({ identity });
    const after = await desk(inside, { line: again });
    await after.workspace.dial(lucy);
    assert.equal(again.dialedWith.at(-1)?.callerId?.number, '+14155550009');
    again.dialed.at(-1)?.signal({ type: 'ended', reason: 'busy', by: 'them' });
    await after.workspace.dial('+14155550103');
    assert.deepEqual(again.dialedWith.at(-1), {});
    await after.workspace.stop();
  });

  it('is one of the user’s; without a choice nothing is sent', async () => {
    const here = await desk(browser(), { line: scriptedLine({ identity }) });
    await assert.rejects(here.workspace.dial(lucy, { callerId: '+19999999999' }), { code: 'refused' });
    await here.workspace.stop();
    const line = scriptedLine();
    const plain = await desk(browser(), { line });
    await plain.workspace.dial(lucy, { callerId: '+19999999999' });
    assert.deepEqual(line.dialedWith, [{}]);
    assert.deepEqual(plain.workspace.$capabilities.get().callerIds, []);
    await plain.workspace.stop();
  });
});

describe('the number a contact of two numbers is called with', () => {
  it('is the same for both, whichever of them it was chosen for', async () => {
    const here = await twoNumbers();
    assert.equal(await seen(here, mobile, { record: nora, callerId: second }), second);
    assert.equal(await seen(here, office, { record: nora }), second);
    assert.equal(await seen(here, office, { record: nora, callerId: first }), first);
    assert.equal(await seen(here, mobile, { record: nora }), first);
    await here.workspace.stop();
  });

  it('is the same for both when only the numbers are dialed, and after a reload', async () => {
    const inside = browser();
    const here = await twoNumbers(inside);
    // Each was looked up before: nobody waits for the CRM to dial.
    for (const number of [mobile, office]) await seen(here, number);
    await seen(here, mobile, { callerId: second });
    assert.equal(await seen(here, '(415) 555-0302'), second);
    await here.workspace.stop();
    const after = await twoNumbers(inside);
    inside.crm.fail(1_000, new MultiLineError('network'));
    assert.equal(await seen(after, office), second);
    await after.workspace.stop();
  });

  it('is taken over when it becomes known later whose number was called', async () => {
    const here = await twoNumbers();
    const { id } = await here.workspace.dial(stranger, { callerId: second });
    here.line.dialed.at(-1)?.signal({ type: 'ended', reason: 'busy', by: 'them' });
    await here.clock.run(0);
    assert.equal(await seen(here, office, { record: nora }), undefined);
    await here.workspace.associate(id, nora);
    await here.clock.run(0);
    assert.equal(await seen(here, office, { record: nora }), second);
    await here.workspace.stop();
  });

  it('is not taken over from an older call than the last choice', async () => {
    const here = await twoNumbers();
    const { id } = await here.workspace.dial(stranger, { callerId: second });
    here.line.dialed.at(-1)?.signal({ type: 'ended', reason: 'busy', by: 'them' });
    await here.clock.run(1000);
    await seen(here, mobile, { record: nora, callerId: first });
    await here.workspace.associate(id, nora);
    await here.clock.run(0);
    assert.equal(await seen(here, office, { record: nora }), first);
    await here.workspace.stop();
  });

  it('is taken back from a wrong match, who has again what they had, and is whose the call was', async () => {
    const here = await twoNumbers();
    here.crm.put(bob);
    await seen(here, office, { record: nora, callerId: first });
    const { id } = await here.workspace.dial(mobile, { callerId: second });
    here.line.dialed.at(-1)?.signal({ type: 'ended', reason: 'busy', by: 'them' });
    await here.clock.run(1000);
    assert.equal((await here.workspace.readCall(id))?.match.record?.id, nora.id);
    // A call that goes out with what is remembered says nothing new.
    assert.equal(await seen(here, office, { record: nora }), second);
    await here.workspace.associate(id, bob);
    await here.clock.run(0);
    assert.equal(await seen(here, office, { record: nora }), first);
    assert.equal(await seen(here, stranger, { record: bob }), second);
    await here.workspace.stop();
  });

  it('is taken back from who had none, also after a reload', async () => {
    const inside = browser();
    const here = await twoNumbers(inside);
    here.crm.put(bob);
    const { id } = await here.workspace.dial(mobile, { record: nora, callerId: second });
    here.line.dialed.at(-1)?.signal({ type: 'ended', reason: 'busy', by: 'them' });
    await here.clock.run(1000);
    await here.workspace.stop();
    const after = await twoNumbers(inside);
    await after.workspace.associate(id, bob);
    await after.clock.run(0);
    assert.equal(await seen(after, office, { record: nora }), undefined);
    await after.workspace.stop();
  });

  it('stays with who was called when the call is sent on to somebody else', async () => {
    const here = await twoNumbers();
    const { id } = await here.workspace.dial(mobile, { record: nora, callerId: second });
    const call = here.line.dialed.at(-1);
    call?.signal({ type: 'answered' });
    call?.signal({ type: 'party-changed', remote: { address: stranger } });
    await here.clock.run(0);
    assert.notEqual((await here.workspace.readCall(id))?.match.record?.id, nora.id);
    call?.signal({ type: 'ended', reason: 'completed', by: 'them' });
    await here.clock.run(1000);
    assert.equal(await seen(here, office, { record: nora }), second);
    await here.workspace.stop();
  });

  it('is forgotten, for all their numbers, by a call that names none', async () => {
    const here = await twoNumbers();
    await seen(here, mobile, { callerId: second });
    assert.equal(await seen(here, mobile, { callerId: null }), undefined);
    assert.deepEqual(here.line.dialedWith.at(-1), {});
    for (const number of [mobile, office]) assert.equal(await seen(here, number), undefined);
    here.workspace.setDialField(office, nora);
    await here.clock.run(0);
    assert.equal(here.workspace.$dialField.get().callerId, null);
    await here.workspace.stop();
  });

  it('is each number’s own while nobody knows whose they are', async () => {
    const here = await desk(browser(), { line: scriptedLine({ identity }) });
    await seen(here, mobile, { callerId: second });
    assert.equal(await seen(here, mobile), second);
    assert.equal(await seen(here, office), undefined);
    await here.workspace.stop();
  });

  it('stands in the dial field: by whom was picked, by the number typed, and for nobody else', async () => {
    const here = await twoNumbers();
    const { workspace, clock } = here;
    const shown = async (text: string, record: CrmRecord | null = null): Promise<string | null> => {
      workspace.setDialField(text, record);
      await clock.run(0);
      return workspace.$dialField.get().callerId;
    };
    await seen(here, mobile, { callerId: second });
    assert.deepEqual(
      [await shown(office, nora), await shown('(415) 555-0301'), await shown(lucy), await shown('no')],
      [second, second, null, null],
    );
    await workspace.pickNumber(office);
    await clock.run(0);
    const { record, callerId } = workspace.$dialField.get();
    assert.deepEqual([record?.id, callerId], ['nora', second]);
    await workspace.stop();
  });
});
