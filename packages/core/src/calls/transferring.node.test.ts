import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MultiLineError, type Call } from '../index.ts';
import { scriptedLine, type ScriptedCall } from '@multiline/testing';
import { browser, desk, lucy, recent, type Desk } from '../../test/desk.ts';

const failure = { code: 'server', message: 'Busy Here', retryable: true } as const;
const byId = ({ workspace }: Desk, id: string): Call | undefined =>
  workspace.$calls.get().find((call) => call.id === id);

async function talking(here: Desk): Promise<ScriptedCall> {
  const call = here.line.ring({ address: lucy });
  await here.clock.run(0);
  await here.workspace.answer(call.id);
  return call;
}

/** Lucy waits while we ask 1002. */
async function consulting(here: Desk, answered = true): Promise<{ first: ScriptedCall; second: ScriptedCall }> {
  const first = await talking(here);
  await here.workspace.consult(first.id, '1002');
  const second = here.line.dialed.at(-1)!;
  if (answered) second.signal({ type: 'answered' });
  return { first, second };
}

describe('a transfer without asking', () => {
  it('ends the call as transferred once the target has taken it, and remembers whom it was sent to', async () => {
    const here = await desk();
    const call = await talking(here);
    await here.workspace.transfer(call.id, '1002');
    const { reason, legs } = recent(here, call.id);
    assert.deepEqual(
      [reason, legs?.map(({ kind, number }) => [kind, number])],
      ['transferred', [['transferred-to', '1002']]],
    );
    await here.workspace.stop();
  });

  it('that fails leaves the call as it was, with the reason', async () => {
    const line = scriptedLine({ obliging: false });
    const here = await desk(browser(), { line });
    const call = await talking(here);
    call.signal({ type: 'answered' });
    await here.workspace.transfer(call.id, '1002');
    assert.deepEqual([here.call().pending, here.call().transfer?.state], ['transfer', 'asked']);
    call.signal({ type: 'transfer', state: 'ringing' });
    assert.equal(here.call().transfer?.state, 'ringing');
    call.signal({ type: 'transfer', state: 'failed', failure });
    assert.deepEqual(
      [here.call().phase, here.call().transfer],
      ['active', { target: '1002', state: 'failed', failure }],
    );
    call.transfer = () => Promise.reject(new MultiLineError('refused'));
    await assert.rejects(here.workspace.transfer(call.id, '1003'), { code: 'refused' });
    assert.deepEqual([here.call().pending, here.call().transfer?.failure?.code], [null, 'refused']);
    await assert.rejects(here.workspace.transfer(call.id, 'nobody'), { code: 'invalid-number' });
    await here.workspace.stop();
  });

  it('is told at the target too: who sent the caller on', async () => {
    const here = await desk();
    const call = here.line.ring({ address: lucy, transferredBy: { address: '1002', name: 'Bob' } });
    await here.clock.run(0);
    await here.workspace.answer(call.id);
    assert.deepEqual(
      [here.call().redirectedBy, here.call().legs?.map(({ kind, name }) => [kind, name])],
      ['Bob', [['transferred-by', 'Bob']]],
    );
    call.signal({ type: 'ended', reason: 'completed', by: 'them' });
    await here.clock.run(0);
    assert.equal(here.crm.activitiesWritten[0]?.notes, 'Transferred by Bob (1002) after 0:00');
    await here.workspace.stop();
  });
});

describe('asking first', () => {
  it('[MV-22] lets the first party wait by itself, whether for a transfer or for a conference', async () => {
    const here = await desk();
    const { first, second } = await consulting(here);
    assert.equal(byId(here, first.id)?.hold, 'us');
    assert.deepEqual(byId(here, second.id)?.consultFor, { callId: first.id, purpose: 'transfer' });
    await here.workspace.hangUp(second.id);
    const handle = await here.workspace.consult(first.id, '1003', 'conference');
    assert.deepEqual(handle.$call.get().consultFor, { callId: first.id, purpose: 'conference' });
    await here.workspace.stop();
  });

  it('[MV-35] connects the two sides, by the id of either, and both legs are told as one story', async () => {
    for (const which of ['first', 'second'] as const) {
      const here = await desk();
      const pair = await consulting(here);
      await here.workspace.completeTransfer(pair[which].id);
      await here.clock.run(0);
      assert.ok(pair.first.asked.includes(`transfer-to ${pair.second.id}`));
      assert.deepEqual(
        [recent(here, pair.first.id).reason, recent(here, pair.second.id).reason],
        ['transferred', 'transferred'],
      );
      const kinds = recent(here, pair.first.id).legs?.map(({ kind, number }) => `${kind} ${number}`);
      assert.deepEqual(kinds, ['consulted 1002', 'transferred-to 1002']);
      const other = recent(here, pair.second.id).legs?.map(({ kind, name }) => `${kind} ${name}`);
      assert.deepEqual(other, ['transferred-to Lucy Hall']);
      await here.workspace.stop();
    }
  });

  it('[MV-36] completed before the answer sends the first party there to wait', async () => {
    const here = await desk();
    const { first, second } = await consulting(here, false);
    second.signal({ type: 'ringing' });
    await here.workspace.completeTransfer(second.id);
    assert.deepEqual(second.asked, ['hang-up']);
    assert.deepEqual(first.asked, ['answer', 'hold', 'transfer 1002']);
    assert.equal(recent(here, first.id).reason, 'transferred');
    await here.workspace.stop();
  });

  it('[MV-36] unanswered, the first party comes back waiting, with the reason', async () => {
    const here = await desk();
    const { first, second } = await consulting(here, false);
    here.line.calls[0]!.transfer = async () => first.signal({ type: 'transfer', state: 'trying' });
    await here.workspace.completeTransfer(second.id);
    first.signal({ type: 'transfer', state: 'failed', failure });
    assert.deepEqual([byId(here, first.id)?.hold, byId(here, first.id)?.transfer?.failure], ['us', failure]);
    await here.workspace.resume(first.id);
    assert.equal(byId(here, first.id)?.hold, undefined);
    await here.workspace.stop();
  });

  it('given up, takes the first party back and says nothing of a failure', async () => {
    for (const answered of [true, false]) {
      const here = await desk();
      const { first, second } = await consulting(here, answered);
      await here.workspace.cancelConsult(first.id);
      assert.equal(recent(here, second.id).phase, 'ended');
      assert.deepEqual([byId(here, first.id)?.hold, byId(here, first.id)?.transfer], [undefined, undefined]);
      await here.workspace.stop();
    }
  });

  it('of somebody who does not take the call offers the first party back, with the reason', async () => {
    const here = await desk();
    const { first, second } = await consulting(here, false);
    second.signal({ type: 'ended', reason: 'busy', by: 'them' });
    const call = byId(here, first.id);
    assert.deepEqual([call?.hold, call?.transfer?.target, call?.transfer?.state], ['us', '1002', 'failed']);
    assert.deepEqual([call?.transfer?.failure?.code, call?.transfer?.failure?.message], ['not-reached', 'busy']);
    assert.equal(call?.legs, undefined, 'nobody was consulted');
    here.line.failWith(new MultiLineError('mic-denied'));
    await assert.rejects(here.workspace.consult(first.id, '1003'), { code: 'mic-denied' });
    assert.equal(byId(here, first.id)?.transfer?.failure?.code, 'mic-denied');
    await here.workspace.stop();
  });

  it('[MV-38] when the first party hangs up, who was asked is a call like any other', async () => {
    for (const answered of [true, false]) {
      const here = await desk();
      const { first, second } = await consulting(here, answered);
      first.signal({ type: 'ended', reason: 'completed', by: 'them' });
      if (!answered) second.signal({ type: 'answered' });
      const call = byId(here, second.id);
      assert.deepEqual([call?.phase, call?.consultFor], ['active', undefined]);
      await here.workspace.hold(second.id);
      await here.workspace.resume(second.id);
      await here.workspace.transfer(second.id, '1003');
      assert.equal(recent(here, second.id).reason, 'transferred');
      await here.workspace.stop();
    }
  });

  it('a transfer that fails leaves both; who was asked and hangs up later is no transfer', async () => {
    const here = await desk();
    const { first, second } = await consulting(here);
    here.line.calls[0]!.transferTo = async () => first.signal({ type: 'transfer', state: 'failed', failure });
    await here.workspace.completeTransfer(first.id);
    assert.deepEqual([byId(here, first.id)?.transfer?.state, byId(here, second.id)?.phase], ['failed', 'active']);
    second.signal({ type: 'ended', reason: 'completed', by: 'them' });
    assert.equal(recent(here, second.id).reason, 'completed');
    await here.workspace.stop();
  });

  it('needs somebody to connect with', async () => {
    const here = await desk();
    const call = await talking(here);
    await assert.rejects(here.workspace.completeTransfer(call.id), { code: 'unsupported' });
    await assert.rejects(here.workspace.cancelConsult(call.id), { code: 'unsupported' });
    await here.workspace.stop();
  });
});

describe('somebody else in the same call', () => {
  it('is looked up anew, and who was there before stays in the story', async () => {
    const here = await desk();
    const call = here.line.ring({ address: '1002', name: 'Bob' });
    await here.clock.run(0);
    await here.workspace.answer(call.id);
    call.signal({ type: 'party-changed', remote: { address: lucy } });
    await here.clock.run(0);
    const { number, match, internal, legs } = here.call();
    assert.deepEqual([number, match.record?.name, internal], [lucy, 'Lucy Hall', false]);
    assert.deepEqual(
      legs?.map(({ kind, number: of, name }) => [kind, of, name]),
      [['transferred-by', '1002', 'Bob Agent']],
    );
    await here.workspace.stop();
  });
});
