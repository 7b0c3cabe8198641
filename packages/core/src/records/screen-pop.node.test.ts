import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { presets, type Host, type PolicyChange } from '../index.ts';
import { browser, desk, lucy, stranger } from '../../test/desk.ts';

/** A desk whose host tells what it was asked to show. */
async function poppingDesk(pop: PolicyChange['pop'] = {}, host: Partial<Host> = {}) {
  const shown: string[] = [];
  const made = await desk(browser(), {
    policy: presets.default({ pop }),
    host: {
      name: 'test',
      pop: (record, url) => void shown.push(`${record.name} ${url}`),
      popNew: (kind, values) => void shown.push(`new ${kind} ${values['Phone']}`),
      ...host,
    },
  });
  return { ...made, shown };
}

const LUCY = 'Lucy Hall https://crm.example.test/Contact/contact-lucy';

describe('screen pop', () => {
  it('[MV-56] opens the record at ringing or at answered, as the user has set', async () => {
    const here = await poppingDesk();
    const first = here.line.ring({ address: lucy });
    await here.clock.run(0);
    assert.deepEqual(here.shown, [LUCY]);
    await here.workspace.answer(first.id);
    await here.clock.run(0);
    assert.deepEqual(here.shown, [LUCY]);
    await here.workspace.hangUp(first.id);

    await here.workspace.changeSettings({ popAt: 'answered' });
    const second = here.line.ring({ address: lucy });
    await here.clock.run(0);
    assert.equal(here.shown.length, 1);
    await here.workspace.answer(second.id);
    assert.deepEqual(here.shown, [LUCY, LUCY]);
    await here.workspace.hangUp(second.id);

    await here.workspace.changeSettings({ popAt: 'never' });
    const third = here.line.ring({ address: lucy });
    await here.workspace.answer(third.id);
    await here.clock.run(0);
    assert.equal(here.shown.length, 2);
    await here.workspace.stop();
  });

  it('opens as soon as the CRM has answered, though the call was answered before', async () => {
    const here = await poppingDesk();
    here.crm.hang(1, 'identify');
    const call = here.line.ring({ address: lucy });
    await here.workspace.answer(call.id);
    assert.deepEqual(here.shown, []);
    here.crm.release();
    await here.clock.run(0);
    assert.deepEqual(here.shown, [LUCY]);
    await here.workspace.stop();
  });

  it('opens nothing for a call one makes, nor for one that is over', async () => {
    const here = await poppingDesk();
    const { id } = await here.workspace.dial(lucy);
    await here.clock.run(0);
    await here.workspace.hangUp(id);
    here.crm.hang(1, 'identify');
    const call = here.line.ring({ address: '+14155550102' });
    await here.clock.run(0);
    call.signal({ type: 'ended', reason: 'missed', by: 'them' });
    here.crm.release();
    await here.clock.run(0);
    assert.deepEqual(here.shown, []);
    await here.workspace.stop();
  });

  it('of several opens none until a person has chosen, the first, or each, by policy', async () => {
    const asked = await poppingDesk();
    const call = asked.line.ring({ address: '+14155550104' });
    await asked.clock.run(0);
    assert.deepEqual(asked.shown, []);
    const [, middle] = asked.call().match.candidates;
    assert.ok(middle);
    await asked.workspace.associate(call.id, middle);
    assert.match(asked.shown.join(), /^Middle Mbeki /);
    await asked.workspace.stop();

    for (const [several, count] of [
      ['first', 1],
      ['all', 3],
    ] as const) {
      const here = await poppingDesk({ several });
      here.line.ring({ address: '+14155550104' });
      await here.clock.run(0);
      assert.equal(here.shown.length, count);
      assert.match(here.shown[0] ?? '', /^Newest Ng /);
      await here.workspace.stop();
    }
  });

  it('[MV-60] shows the CRM’s form for a caller nobody knows, if so configured; never for a withheld number', async () => {
    const silent = await poppingDesk();
    silent.line.ring({ address: stranger });
    await silent.clock.run(0);
    assert.deepEqual(silent.shown, []);
    await silent.workspace.stop();

    const here = await poppingDesk({ unknown: 'new-record', newKind: 'Contact' });
    here.line.ring({ address: 'anonymous' }).signal({ type: 'ended', reason: 'missed', by: 'them' });
    here.line.ring({ address: stranger });
    await here.clock.run(0);
    assert.deepEqual(here.shown, [`new Contact ${stranger}`]);
    await here.workspace.stop();
  });

  it('a host that throws disturbs no call', async () => {
    const fail = (): never => {
      throw new Error('host');
    };
    const here = await poppingDesk({}, { pop: fail, show: fail, stop: fail });
    const call = here.line.ring({ address: lucy });
    await here.workspace.answer(call.id);
    await here.clock.run(0);
    assert.equal(here.call().phase, 'active');
    await here.workspace.pickNumber(lucy);
    await here.workspace.stop();
  });
});
