import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { presets, type DialClick, type PolicyChange } from '../index.ts';
import { browser, desk, lucy, stranger } from '../../test/desk.ts';

async function clickingDesk(mode: NonNullable<PolicyChange['dialing']>['mode'] = 'confirm') {
  const listeners = new Set<(click: DialClick) => void>();
  const shown: boolean[] = [];
  const made = await desk(browser(), {
    policy: presets.default({ dialing: { mode } }),
    host: {
      name: 'test',
      onClickToDial: (listener) => (listeners.add(listener), () => listeners.delete(listener)),
      show: (open) => void shown.push(open),
    },
  });
  const click = async (how: DialClick): Promise<void> => {
    for (const listener of listeners) listener(how);
    await made.clock.run(0);
  };
  return { ...made, click, shown };
}

describe('a click on a number', () => {
  it('fills the field as people write it, names whose it is, and opens the panel', async () => {
    const here = await clickingDesk();
    await here.click({ number: 'tel:+14155550101' });
    const { text, record, clicks } = here.workspace.$dialField.get();
    assert.deepEqual([text, record?.name, clicks, here.shown], ['(415) 555-0101', 'Lucy Hall', 1, [true]]);
    assert.equal(here.line.dialed.length, 0);
    await here.workspace.stop();
  });

  it('of a record the page names needs no CRM, neither for the field nor for the call', async () => {
    const here = await clickingDesk();
    await here.click({ number: lucy, record: { kind: 'Lead', id: 'lead-9' }, name: 'Page Petra' });
    const { record } = here.workspace.$dialField.get();
    assert.deepEqual(record, { kind: 'Lead', id: 'lead-9', name: 'Page Petra' });
    await here.workspace.dial(here.workspace.$dialField.get().text, { record });
    await here.clock.run(0);
    assert.equal(here.call().match.record?.name, 'Page Petra');
    assert.ok(!here.crm.served.includes('identify'));
    await here.workspace.stop();
  });

  it('of a record without a name, or a name without a record, asks whose the number is', async () => {
    const here = await clickingDesk();
    await here.click({ number: lucy, record: { kind: 'Lead', id: 'lead-9' } });
    assert.equal(here.workspace.$dialField.get().record?.name, 'Lucy Hall');
    await here.click({ number: stranger, name: 'Somebody' });
    assert.equal(here.workspace.$dialField.get().record, null);
    await here.workspace.stop();
  });

  it('dials at once where so set, with the record', async () => {
    const here = await clickingDesk('immediate');
    await here.click({ number: lucy, record: { kind: 'Lead', id: 'lead-9' }, name: 'Page Petra' });
    assert.deepEqual([here.call().number, here.call().match.record?.id], [lucy, 'lead-9']);
    await here.workspace.stop();
  });

  it('on what is no number shows it, and says why it cannot be dialed', async () => {
    const here = await clickingDesk('immediate');
    await here.click({ number: '<img src=x onerror=alert(1)>' });
    assert.equal(here.workspace.$failure.get()?.code, 'invalid-number');
    here.workspace.dismissFailure();
    assert.equal(here.workspace.$failure.get(), null);
    const patient = await clickingDesk();
    await patient.click({ number: 'call me' });
    assert.equal(patient.workspace.$dialField.get().text, 'call me');
    await patient.workspace.stop();
    await here.workspace.stop();
  });

  it('does not put a late name to what was typed since', async () => {
    const here = await clickingDesk();
    here.crm.hang(1, 'identify');
    await here.click({ number: lucy });
    here.workspace.setDialField('something else');
    here.crm.release();
    await here.clock.run(0);
    assert.deepEqual(here.workspace.$dialField.get(), {
      text: 'something else',
      record: null,
      callerId: null,
      clicks: 1,
    });
    await here.workspace.stop();
  });

  it('names nobody where several have the number', async () => {
    const here = await clickingDesk();
    await here.click({ number: '+14155550103' });
    assert.equal(here.workspace.$dialField.get().record, null);
    await here.workspace.stop();
  });
});
