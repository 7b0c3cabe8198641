import { expect } from '@open-wc/testing';
import { call, newKey, seededOrg, task } from '../test/calls.ts';

const desk = seededOrg();

describe('many calls at once', () => {
  it('are 200 in one request, and each refusal is its own', async () => {
    const crm = desk.org.make();
    await desk.org.requests();
    const entries = Array.from({ length: 200 }, () => ({ key: newKey(), activity: call(desk.lucy) }));
    const results = await crm.logActivities?.(entries);
    expect(results?.every((result) => 'ok' in result && result.ok.created)).to.equal(true);
    expect(await desk.org.requests()).to.have.length(1);
  });

  it('keep one result per entry, in order, whatever is wrong with some', async () => {
    const crm = desk.org.make();
    const [known, fresh] = [newKey(), newKey()];
    await crm.logActivity(known, call(desk.lucy));
    const petra = await desk.org.find('Account', "Name = 'Petra Person'");
    const results = await crm.logActivities?.([
      { key: '', activity: call(desk.lucy) },
      { key: known, activity: call(desk.lucy, { notes: 'Again' }) },
      { key: 'k', activity: call({ kind: 'Contact', id: 'nobody' }) },
      { key: fresh, activity: call({ kind: 'PersonAccount', id: petra.id }) },
      { key: newKey(), activity: call({ kind: 'Contact', id: '003000000000000' }) },
    ]);
    expect(results?.map((result) => ('ok' in result ? result.ok.created : result.error.code))).to.deep.equal([
      'refused',
      false,
      'not-found',
      true,
      'not-found',
    ]);
    expect(await task(desk.org, known)).to.include({ Description: 'Again', TaskSubtype: 'Call' });
    expect(await task(desk.org, fresh)).to.include({ TaskSubtype: 'Call' });
  });
});
