import type { ConflictDetails } from '@multiline/core';
import { expect } from '@open-wc/testing';
import { call, newKey, rejection, seededOrg, task } from '../test/calls.ts';

const desk = seededOrg();

describe('two phones of one user log the same call', () => {
  it('the one that had no part in it leaves length, outcome and notes of the other alone', async () => {
    const key = newKey();
    await desk.org.make().logActivity(key, call(desk.lucy, { notes: 'Asked about the invoice.' }));
    const elsewhere = call(desk.lucy, { notes: '', durationMs: null, outcome: 'answered-elsewhere' });
    const { created } = await desk.org.make().logActivity(key, elsewhere);
    expect(created).to.equal(false);
    const row = await task(desk.org, key);
    expect(row['Description']).to.equal('Asked about the invoice.');
    expect(row['CallDurationInSeconds']).to.equal(61);
    expect(row['CallDisposition']).to.equal('completed');
  });

  it('the one that had the call completes what the other has begun, and keeps its notes', async () => {
    const key = newKey();
    const elsewhere = call(desk.lucy, {
      notes: 'Took it on the desk phone.',
      durationMs: null,
      outcome: 'answered-elsewhere',
    });
    await desk.org.make().logActivity(key, elsewhere);
    await desk.org.make().logActivity(key, call(desk.lucy, { notes: '' }));
    const row = await task(desk.org, key);
    expect(row['Description']).to.equal('Took it on the desk phone.');
    expect(row['CallDurationInSeconds']).to.equal(61);
    expect(row['CallDisposition']).to.equal('completed');
  });

  it('two different notes are a conflict, alone and in a batch; nobody’s are lost', async () => {
    const key = newKey();
    await desk.org.make().logActivity(key, call(desk.lucy, { notes: 'Mine.' }));
    const other = desk.org.make();
    const error = await rejection(other.logActivity(key, call(desk.lucy, { notes: 'Yours.' })));
    expect(error.code).to.equal('conflict');
    const { ours, theirs } = error.details as ConflictDetails;
    expect([ours, theirs]).to.deep.equal(['Yours.', 'Mine.']);

    const [result] = (await other.logActivities?.([{ key, activity: call(desk.lucy, { notes: 'Yours.' }) }])) ?? [];
    expect(result && 'error' in result && result.error.code).to.equal('conflict');
    expect((await task(desk.org, key))['Description']).to.equal('Mine.');
  });
});
