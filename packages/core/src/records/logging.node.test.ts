import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MultiLineError, presets } from '../index.ts';
import { browser, desk, lucy, receiveCall, recent, stranger, type Desk } from '../../test/desk.ts';

const reasons = ({ workspace }: Desk) => workspace.$tray.get().items.map(({ reason }) => reason);
const records = ({ crm }: Desk) => crm.activitiesWritten.map(({ record }) => record?.id ?? null);
const ng = { kind: 'Lead', id: 'lead-newest', name: 'Newest Ng' };

describe('notes', () => {
  it('saved in mid-call are logged with the call', async () => {
    const here = await desk();
    const call = here.line.ring({ address: lucy });
    await here.workspace.answer(call.id);
    await here.workspace.saveNotes(call.id, 'In mid-call.');
    assert.equal(here.crm.activitiesWritten.length, 0);
    call.signal({ type: 'ended', reason: 'completed', by: 'them' });
    await here.clock.run(0);
    assert.equal(here.crm.activitiesWritten[0]?.notes, 'In mid-call.');
    await here.workspace.stop();
  });

  it('[MV-66] typed and not saved are logged at the end, if so configured', async () => {
    for (const autoSave of [true, false]) {
      const here = await desk(browser(), { policy: presets.default({ notes: { autoSave } }) });
      const call = here.line.ring({ address: lucy });
      await here.workspace.answer(call.id);
      await here.workspace.draftNotes(call.id, 'Typed.');
      call.signal({ type: 'ended', reason: 'completed', by: 'them' });
      await here.clock.run(0);
      assert.equal(here.crm.activitiesWritten[0]?.notes, autoSave ? 'Typed.' : '');
      assert.equal(recent(here, call.id).notes.text, 'Typed.');
      await here.workspace.stop();
    }
  });

  it('with markup, emoji and 33,000 characters: cut with a mark in the CRM, whole here, not written again for that', async () => {
    const here = await desk();
    const text = `<script>alert(1)</script> {name} 👩‍🚀 ${'x'.repeat(33_000)}`;
    const call = here.line.ring({ address: lucy, name: `<b>${'é'.repeat(33_000)}` });
    await here.workspace.answer(call.id);
    await here.workspace.saveNotes(call.id, text);
    call.signal({ type: 'ended', reason: 'completed', by: 'them' });
    await here.clock.run(60_000);
    assert.equal(recent(here, call.id).notes.saved, text);
    assert.equal(recent(here, call.id).displayName?.length, 33_003);
    const written = here.crm.activitiesWritten[0]?.notes ?? '';
    assert.ok(written.startsWith('<script>alert(1)</script> {name} 👩‍🚀 x') && written.length <= 32_000);
    assert.match(written, /cut/);
    assert.equal(here.crm.served.filter((verb) => verb === 'logActivity').length, 1);
    await here.workspace.stop();
  });

  it('wrapping up keeps what was typed and puts the call away', async () => {
    const here = await desk();
    const { id } = await receiveCall(here, lucy);
    await here.workspace.draftNotes(id, 'Typed afterwards.');
    await here.workspace.wrapUp(id);
    await here.clock.run(0);
    assert.deepEqual(here.workspace.$calls.get(), []);
    assert.equal(here.crm.activitiesWritten[0]?.notes, 'Typed afterwards.');
    await here.workspace.stop();
  });
});

describe('a person decides', () => {
  it('which of several it was: the log waits in the tray, then goes out', async () => {
    const here = await desk();
    const { id } = await receiveCall(here, '+14155550104');
    assert.deepEqual(reasons(here), ['choose-match']);
    assert.deepEqual(records(here), []);
    await here.workspace.associate(id, ng);
    await here.clock.run(0);
    assert.deepEqual([reasons(here), records(here)], [[], ['lead-newest']]);
    assert.equal(recent(here, id).log.why?.code, 'chosen');
    await here.workspace.stop();
  });

  it('while the call ends: nothing is left waiting for a decision that was made', async () => {
    const here = await desk();
    const call = here.line.ring({ address: '+14155550104' });
    await here.clock.run(0);
    call.signal({ type: 'ended', reason: 'missed', by: 'them' });
    await here.workspace.associate(call.id, ng);
    await here.clock.run(0);
    assert.deepEqual([reasons(here), records(here)], [[], ['lead-newest']]);
    await here.workspace.stop();
  });

  it('before the CRM has answered: a late answer changes nothing', async () => {
    const here = await desk();
    here.crm.hang(1, 'identify');
    const call = here.line.ring({ address: lucy });
    await here.clock.run(0);
    await here.workspace.associate(call.id, ng);
    here.crm.release();
    await here.clock.run(0);
    assert.equal(here.call().match.record?.id, 'lead-newest');
    await here.workspace.stop();
  });

  it('who an unknown number is, or that the record was wrong: the same activity moves', async () => {
    const here = await desk();
    const unknown = await receiveCall(here, stranger);
    assert.deepEqual(reasons(here), ['unknown-number']);
    await here.workspace.associate(unknown.id, ng);
    const wrong = await receiveCall(here, lucy);
    await here.workspace.associate(wrong.id, ng);
    await here.clock.run(0);
    assert.deepEqual(records(here), ['lead-newest', 'lead-newest']);
    await here.workspace.stop();
  });

  it('that a call a rule leaves out is logged all the same', async () => {
    const policy = presets.default({ log: { exclude: { unknownNumber: true, internal: true } } });
    const here = await desk(browser(), { policy });
    const unknown = await receiveCall(here, stranger);
    const colleague = await receiveCall(here, '1002');
    assert.deepEqual(
      [recent(here, unknown.id).log.state, recent(here, colleague.id).log.why?.code],
      ['excluded', 'excluded-internal'],
    );
    for (const { id } of [unknown, colleague]) await here.workspace.associate(id, ng);
    await here.clock.run(0);
    assert.deepEqual(records(here), ['lead-newest', 'lead-newest']);
    await here.workspace.stop();
  });

  it('that the CRM is asked again: whoever was created meanwhile gets the waiting log', async () => {
    const here = await desk();
    const { id } = await receiveCall(here, stranger);
    here.crm.put({ kind: 'Contact', id: 'nora', name: 'New Nora', numbers: [stranger] });
    await here.workspace.rematch(id);
    await here.clock.run(0);
    assert.deepEqual([reasons(here), records(here)], [[], ['nora']]);
    assert.equal(recent(here, id).log.why?.code, 'only-match');
    await here.workspace.stop();
  });

  it('that the CRM is asked again after a wrong match: the written activity moves, also from a chosen record', async () => {
    const here = await desk();
    const { id } = await receiveCall(here, lucy);
    await here.workspace.associate(id, ng);
    await here.clock.run(0);
    assert.deepEqual(records(here), ['lead-newest']);
    await here.workspace.rematch(id);
    await here.clock.run(0);
    assert.deepEqual(records(here), ['contact-lucy']);
    await here.workspace.stop();
  });

  it('that the CRM is asked again: a choice stays while nobody has the number, and all stays when the CRM fails', async () => {
    const inside = browser();
    const here = await desk(inside);
    const chosen = await receiveCall(here, stranger);
    await here.workspace.associate(chosen.id, ng);
    await here.workspace.rematch(chosen.id);
    const { match } = recent(here, chosen.id);
    assert.deepEqual([match.record?.id, match.why?.code], ['lead-newest', 'chosen']);
    const known = await receiveCall(here, lucy);
    const before = recent(here, known.id);
    here.crm.fail(1, new MultiLineError('network'), 'identify');
    await assert.rejects(here.workspace.rematch(known.id), { code: 'network' });
    assert.equal(recent(here, known.id), before);
    // Nor is the name gone that the next call is drawn with.
    here.crm.hang(1, 'identify');
    here.line.ring({ address: lucy });
    assert.equal(here.call().match.record?.name, 'Lucy Hall');
    await here.workspace.stop();
  });

  it('that the CRM is asked again while they choose: their word counts', async () => {
    const here = await desk();
    const { id } = await receiveCall(here, lucy);
    here.crm.hang(1, 'identify');
    const asked = here.workspace.rematch(id);
    await here.clock.run(0);
    await here.workspace.associate(id, ng);
    here.crm.release();
    await asked;
    await here.clock.run(0);
    assert.deepEqual(records(here), ['lead-newest']);
    await here.workspace.stop();
  });

  it('on a call the CRM could not name: the failure is said, and the log goes out when it can', async () => {
    const here = await desk();
    here.crm.fail(1, new MultiLineError('refused', { message: 'No phone search.' }), 'identify');
    const call = here.line.ring({ address: lucy });
    await here.clock.run(0);
    assert.deepEqual([here.call().match.state, here.call().match.failure?.message], ['failed', 'No phone search.']);
    call.signal({ type: 'ended', reason: 'missed', by: 'them' });
    await here.clock.run(0);
    assert.deepEqual(records(here), ['contact-lucy']);
    await here.workspace.stop();
  });
});

describe('without a CRM', () => {
  it('calls are listed, nobody is asked, and why nothing is logged is said', async () => {
    const here = await desk(browser(), { crm: undefined as never });
    const { id } = await receiveCall(here, lucy);
    assert.deepEqual([recent(here, id).match.why?.code, recent(here, id).log.why?.code], ['no-crm', 'no-crm']);
    await here.workspace.associate(id, ng);
    assert.equal(recent(here, id).log.state, 'excluded');
    assert.deepEqual(await here.workspace.search('Lucy'), []);
    await here.workspace.stop();
  });
});
