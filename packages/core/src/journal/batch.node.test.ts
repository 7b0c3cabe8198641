import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MultiLineError, type Crm } from '../index.ts';
import { memoryCrm, seedPeople } from '@multiline/testing';
import { browser, desk, lucy, pass, receiveCall } from '../../test/desk.ts';

describe('many logs at once', () => {
  it('200 calls of an outage go out in one request behind the one that tried the door', async () => {
    const people = Array.from({ length: 200 }, (_, i) => ({
      kind: 'Contact',
      id: `c${i}`,
      name: `P ${i}`,
      numbers: [`+1415556${1000 + i}`],
    }));
    const inside = browser();
    const crm = memoryCrm({ clock: inside.clock, records: [...seedPeople, ...people] });
    const here = await desk({ ...inside, crm });
    crm.fail(10_000, new MultiLineError('network'));
    for (const { numbers } of people) await receiveCall(here, numbers[0]!);
    assert.equal(here.workspace.$tray.get().waiting + here.workspace.$tray.get().items.length, 200);
    crm.clear();
    const before = crm.served.length;
    // The longest wait, wherever in it chance has put the next try; and turns enough for all that is read before the request.
    await pass(here, 90_000);
    assert.equal(crm.activitiesWritten.length, 200);
    assert.equal(new Set(crm.activitiesWritten.map(({ key }) => key)).size, 200);
    const served = crm.served.slice(before);
    assert.deepEqual(
      served.filter((verb) => verb !== 'identify'),
      ['logActivity', 'logActivities'],
    );
    assert.ok(served.length <= 14, `${served.length} requests`);
    await here.workspace.stop();
  });

  it('a batch cut after the write was done writes nobody twice', async () => {
    const inside = browser();
    const here = await desk(inside);
    inside.crm.fail(1, new MultiLineError('limit', { retryAt: inside.clock.now() + 5_000 }), 'logActivity');
    for (let i = 0; i < 5; i++) await receiveCall(here, lucy, 100);
    inside.crm.cutAfterWrite(1, 'logActivities');
    await pass(here, 30_000);
    assert.equal(inside.crm.activitiesWritten.length, 5);
    assert.deepEqual(here.workspace.$tray.get(), { items: [], waiting: 0 });
    await here.workspace.stop();
  });

  it('of a batch only what was refused needs a person', async () => {
    const inside = browser();
    const here = await desk(inside);
    inside.crm.fail(1, new MultiLineError('limit', { retryAt: inside.clock.now() + 5_000 }), 'logActivity');
    await receiveCall(here, lucy, 100);
    for (const number of ['+14155550102', '+14155550106']) await receiveCall(here, number, 100);
    const refuse: Crm['logActivities'] = async (entries) =>
      entries.map(({ activity }) =>
        activity.record?.id === 'lead-larry'
          ? { error: new MultiLineError('refused', { message: 'No.' }) }
          : { ok: { ref: { kind: 'Activity', id: 'x' }, created: true } },
      );
    inside.crm.logActivities = refuse;
    await here.clock.run(10_000);
    assert.deepEqual(
      here.workspace.$tray.get().items.map(({ failure }) => failure?.message),
      ['No.'],
    );
    await here.workspace.stop();
  });
});
