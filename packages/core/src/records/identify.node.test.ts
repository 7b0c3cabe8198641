import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MultiLineError, type Match } from '../index.ts';
import { createJournal } from '../journal/journal.ts';
import { createIdentify } from './identify.ts';
import { manualClock, memoryCrm, memoryDisk, memoryStorage } from '@multiline/testing';
import { lucy, stranger } from '../../test/desk.ts';

const larry = '+14155550102';
const MINUTE = 60_000;

async function bench(disk = memoryDisk()) {
  const clock = manualClock();
  const crm = memoryCrm({ clock });
  const storage = memoryStorage({ disk });
  await storage.open('ann');
  const identify = createIdentify(crm, storage, createJournal(storage), clock, 'US');
  /** The names of each answer, in order. */
  const ask = async (...numbers: string[]): Promise<string[][]> => {
    const answers: string[][] = [];
    await identify.lookUp(numbers, (matches: readonly Match[]) =>
      answers.push(matches.map(({ record }) => record.name)),
    );
    return answers;
  };
  return { clock, crm, storage, identify, ask, disk };
}

describe('identify', () => {
  it('asks the CRM once for all numbers of a call', async () => {
    const { ask, crm } = await bench();
    assert.deepEqual(await ask(lucy, larry, stranger), [['Lucy Hall', 'Larry Thomas']]);
    assert.equal(crm.requests, 1);
  });

  it('answers a fresh number at once and asks nobody, for ten minutes, also after a reload', async () => {
    const { ask, crm, clock, disk } = await bench();
    await ask(lucy);
    await clock.run(10 * MINUTE - 1);
    assert.deepEqual(await ask(lucy), [['Lucy Hall']]);
    assert.equal(crm.requests, 1);
    const again = await bench(disk);
    assert.deepEqual(await again.ask(lucy), [['Lucy Hall']]);
    assert.equal(again.crm.requests, 0);
  });

  it('answers a number it has in memory before it returns, so that a call is drawn with its name', async () => {
    const { ask, identify } = await bench();
    await ask(lucy);
    const answers: (readonly Match[])[] = [];
    const looked = identify.lookUp([lucy], (matches) => answers.push(matches));
    assert.deepEqual(
      answers.flat().map(({ record }) => record.name),
      ['Lucy Hall'],
    );
    await looked;
    assert.equal(answers.length, 1);
  });

  it('answers an older number at once, asks again, and answers anew', async () => {
    const { ask, crm, clock } = await bench();
    await ask(lucy);
    crm.put({ kind: 'Contact', id: 'contact-lucy', name: 'Lucy Wed', numbers: [lucy] });
    await clock.run(10 * MINUTE);
    assert.deepEqual(await ask(lucy), [['Lucy Hall'], ['Lucy Wed']]);
    assert.equal(crm.requests, 2);
  });

  it('goes on with an older answer when the CRM fails, and rejects when there is none', async () => {
    const { ask, crm, clock } = await bench();
    await ask(lucy);
    await clock.run(11 * MINUTE);
    crm.fail(2, new MultiLineError('server'));
    assert.deepEqual(await ask(lucy), [['Lucy Hall']]);
    await assert.rejects(ask(larry), { code: 'server' });
  });

  it('believes that nobody has a number for a minute', async () => {
    const { ask, crm, clock } = await bench();
    assert.deepEqual(await ask(stranger), [[]]);
    await clock.run(MINUTE - 1);
    assert.deepEqual(await ask(stranger), [[]]);
    assert.equal(crm.requests, 1);
    crm.put({ kind: 'Lead', id: 'new', name: 'New Nora', numbers: [stranger] });
    await clock.run(1);
    assert.deepEqual(await ask(stranger), [['New Nora']]);
  });

  it('shares one request among equal questions under way', async () => {
    const { ask, crm } = await bench();
    await Promise.all([ask(lucy), ask(lucy), ask(lucy)]);
    assert.equal(crm.requests, 1);
  });

  it('takes what is from the future, after a clock was set back, for old', async () => {
    const { ask, crm, clock } = await bench();
    await ask(lucy);
    clock.shift(-3_600_000);
    assert.deepEqual(await ask(lucy), [['Lucy Hall'], ['Lucy Hall']]);
    assert.equal(crm.requests, 2);
  });

  it('forgets a number, its answer under way included', async () => {
    const { ask, crm, clock, identify, storage } = await bench();
    crm.hang(1);
    const before = ask(lucy);
    await clock.run(0);
    await identify.forget([lucy]);
    crm.put({ kind: 'Contact', id: 'contact-lucy', name: 'Lucy New', numbers: [lucy] });
    assert.deepEqual(await ask(lucy), [['Lucy New']]);
    crm.release();
    await before;
    await identify.forget([larry]);
    assert.deepEqual(await ask(lucy), [['Lucy New']]);
    assert.equal((await storage.list('matches')).length, 1);
  });

  it('gives a CRM that hangs half a minute', async () => {
    const { ask, crm, clock } = await bench();
    crm.hang(1);
    const asked = assert.rejects(ask(lucy), { code: 'timeout' });
    await clock.run(30_000);
    await asked;
    assert.deepEqual(await ask(lucy), [['Lucy Hall']]);
  });

  it('names a caller though nothing can be stored, and whatever object the CRM makes of a record', async () => {
    const { identify, crm, storage, ask } = await bench();
    storage.write = () => {
      throw new Error('no disk');
    };
    storage.read = () => {
      throw new Error('no disk');
    };
    crm.put({ kind: 'Contact', id: 'odd', name: 'Odd', numbers: [larry], fields: {} });
    assert.deepEqual(await ask(lucy), [['Lucy Hall']]);
    const odd = createIdentify(
      {
        ...crm,
        identify: async () => [
          { number: larry, record: { kind: 'Contact', id: 'x', name: 'X', open: () => 1 } as never },
        ],
      },
      storage,
      createJournal(storage),
      manualClock(),
      'US',
    );
    await odd.lookUp([larry], (matches) =>
      assert.deepEqual(Object.keys(matches[0]?.record ?? {}), ['kind', 'id', 'name']),
    );
    await identify.forget([lucy]);
  });
});
