import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { createWorkspace, presets, type WorkspaceParts } from './index.ts';
import { manualClock, memoryCrm, memoryStorage, scriptedLine } from '@multiline/testing';

async function desk(parts: Partial<WorkspaceParts> = {}) {
  const clock = manualClock();
  const line = scriptedLine();
  const crm = memoryCrm();
  const workspace = createWorkspace({
    line,
    crm,
    clock,
    storage: memoryStorage(),
    policy: presets.default(),
    ...parts,
  });
  await workspace.start();
  return { clock, line, crm, workspace };
}

const once = (target: EventTarget, type: string): Promise<Event> =>
  new Promise((resolve) => target.addEventListener(type, resolve, { once: true }));

describe('createWorkspace', () => {
  it('[ML-43] takes an inbound call from ringing through in progress to ended, with its facts in order', async () => {
    const { clock, line, crm, workspace } = await desk();
    const facts: string[] = [];
    for (const type of [
      'ml-call-incoming',
      'ml-record-matched',
      'ml-call-answered',
      'ml-call-ended',
      'ml-call-logged',
    ]) {
      workspace.addEventListener(type, () => facts.push(type));
    }
    const call = line.ring({ address: '+14155550101' });
    await clock.run(0);
    assert.equal(workspace.$calls.get()[0]?.phase, 'ringing');
    assert.equal(workspace.$calls.get()[0]?.match.record?.name, 'Lucy Hall');
    await workspace.answer(call.id);
    assert.equal(workspace.$calls.get()[0]?.phase, 'active');
    await clock.run(61_000);
    await workspace.saveNotes(call.id, 'Wants the renewal.');
    const logged = once(workspace, 'ml-call-logged');
    call.signal({ type: 'ended', reason: 'completed', by: 'them' });
    await logged;
    assert.equal(workspace.$calls.get()[0]?.phase, 'ended');
    assert.deepEqual(facts, [
      'ml-call-incoming',
      'ml-record-matched',
      'ml-call-answered',
      'ml-call-ended',
      'ml-call-logged',
    ]);
    assert.equal(crm.activitiesWritten.length, 1);
    assert.equal(crm.activitiesWritten[0]?.notes, 'Wants the renewal.');
    assert.equal(crm.activitiesWritten[0]?.durationMs, 61_000);
    await workspace.stop();
  });
});
