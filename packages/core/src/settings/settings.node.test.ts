import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { presets, type Settings } from '../index.ts';
import { browser, desk, lucy, receiveCall } from '../../test/desk.ts';

const rules = ({ popAt, dialMode, subject }: Settings) => ({ popAt, dialMode, subject });

describe('settings', () => {
  it('begin with the policy’s values, last over a reload, and let a changed policy show through', async () => {
    const inside = browser();
    const first = await desk(inside);
    assert.deepEqual(rules(first.workspace.$settings.get()), {
      popAt: 'ringing',
      dialMode: 'confirm',
      subject: 'Call with {name}',
    });
    await first.workspace.changeSettings({ dialMode: 'edit' });
    await first.workspace.stop();
    const here = await desk(inside, { policy: presets.default({ pop: { at: 'answered' } }) });
    assert.deepEqual(rules(here.workspace.$settings.get()), {
      popAt: 'answered',
      dialMode: 'edit',
      subject: 'Call with {name}',
    });
    await here.workspace.changeSettings({ dialMode: undefined } as never);
    assert.equal(here.workspace.$settings.get().dialMode, 'confirm');
    await here.workspace.stop();
  });

  it('the subject holds for the next log', async () => {
    const here = await desk();
    await here.workspace.changeSettings({ subject: 'Spoke to {name}' });
    await receiveCall(here, lucy);
    assert.equal(here.crm.activitiesWritten[0]?.subject, 'Spoke to Lucy Hall');
    await here.workspace.stop();
  });

  it('refuse what they do not know, and take nothing of it', async () => {
    const here = await desk();
    const before = here.workspace.$settings.get();
    for (const wrong of [
      { popAt: 'noon' },
      { dialMode: 7 },
      { subject: '' },
      { colour: 'red' },
      { subject: 'ok', popAt: null },
    ])
      await assert.rejects(here.workspace.changeSettings(wrong as never), { code: 'refused' });
    assert.deepEqual(here.workspace.$settings.get(), before);
    await here.workspace.stop();
  });

  it('of another version are taken as far as they are understood', async () => {
    const inside = browser();
    const first = await desk(inside);
    await first.storage.write([
      { table: 'settings', key: 'user', at: 1, value: { popAt: 'noon', dialMode: 'edit', old: 1 } },
    ]);
    await first.workspace.stop();
    const here = await desk(inside);
    assert.deepEqual(rules(here.workspace.$settings.get()), {
      popAt: 'ringing',
      dialMode: 'edit',
      subject: 'Call with {name}',
    });
    await here.workspace.stop();
  });
});
