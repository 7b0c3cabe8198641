import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MultiLineError } from '../index.ts';
import { scriptedLine, type ScriptedCall, type ScriptedLine } from '@multiline/testing';
import { browser, desk, lucy, stranger, type Desk } from '../../test/desk.ts';

/** What a line that is slow to answer has told so far, one sign at a time: answered, held, not held. */
interface Unhurried extends Desk {
  readonly told: boolean[];
}

/** A desk whose line says nothing by itself, and Lucy, who rings. */
async function unhurried(line: ScriptedLine = scriptedLine({ obliging: false })): Promise<[Unhurried, ScriptedCall]> {
  const here = await desk(browser(), { line });
  line.status({ state: 'registered' });
  const told: boolean[] = [];
  here.workspace.$unsettled.subscribe((unsettled) => told.push(unsettled));
  const call = here.line.ring({ address: lucy });
  await here.clock.run(0);
  return [{ ...here, told }, call];
}

async function answered(here: Desk, call: ScriptedCall): Promise<void> {
  await here.workspace.answer(call.id);
  call.signal({ type: 'answered' });
}

describe('calls that change with one another', () => {
  it('are settled while one only rings, and not from the answer until it is there', async () => {
    const [here, call] = await unhurried();
    assert.deepEqual(here.told, [false]);
    await here.workspace.answer(call.id);
    assert.deepEqual(here.told, [false, true]);
    call.signal({ type: 'answered' });
    assert.deepEqual(here.told, [false, true, false]);
    await here.workspace.stop();
  });

  it('are settled while one is declined', async () => {
    const [here, call] = await unhurried();
    await here.workspace.decline(call.id);
    assert.equal(here.call().pending, 'decline');
    assert.deepEqual(here.told, [false]);
    await here.workspace.stop();
  });

  it('are unsettled until the line has answered what was asked of one, or has refused it', async () => {
    const [here, call] = await unhurried();
    await answered(here, call);
    here.told.splice(0);
    await here.workspace.hold(call.id);
    assert.deepEqual(here.told, [true]);
    call.signal({ type: 'held', by: 'us', held: true });
    assert.deepEqual(here.told, [true, false]);
    call.hold = () => Promise.reject(new MultiLineError('server'));
    await assert.rejects(here.workspace.resume(call.id), { code: 'server' });
    assert.deepEqual(here.told, [true, false, true, false]);
    await here.workspace.stop();
  });

  it('are unsettled while somebody is being reached, until they answer or it is over', async () => {
    const [here, call] = await unhurried();
    await answered(here, call);
    await here.workspace.hold(call.id);
    call.signal({ type: 'held', by: 'us', held: true });
    here.told.splice(0);
    await here.workspace.dial(stranger);
    const [dialed] = here.line.dialed;
    dialed!.signal({ type: 'ringing' });
    assert.deepEqual(here.told, [true]);
    await assert.rejects(here.workspace.swap(call.id), { code: 'in-call' });
    dialed!.signal({ type: 'answered' });
    assert.deepEqual(here.told.at(-1), false);
    await here.workspace.stop();
  });

  it('are not those of another phone of the user’s', async () => {
    const [here, call] = await unhurried(scriptedLine({ device: 'elsewhere' }));
    await here.workspace.decline(call.id);
    await here.workspace.dial(stranger);
    assert.equal(here.call().phase, 'connecting');
    assert.deepEqual(here.told, [false]);
    await here.workspace.stop();
  });
});
