import { MultiLineError } from '@multiline/core';
import { expect } from '@open-wc/testing';
import { call, newKey, seededOrg } from '../test/calls.ts';
import type { Row } from '../test/practice-org.ts';

const desk = seededOrg();

const ownerOf = async (key: string): Promise<unknown> => {
  const [row] = await desk.org.query(`SELECT Owner.Name FROM Task WHERE ML_Call_Key__c = '${key}'`);
  return (row?.['Owner'] as Row | undefined)?.['Name'];
};
const user = async (name: string): Promise<{ id: string; username: string }> => {
  const [row] = await desk.org.query(`SELECT Id, Username FROM User WHERE LastName = '${name}'`);
  return { id: String(row?.['Id']), username: String(row?.['Username']) };
};

describe('whose a logged call is', () => {
  it('[XB-03] is the user who had it: whose token it is, who is named, or the administrator where the org knows nobody of that name', async () => {
    const [bob, erin, gone] = [await user('Baker'), await user('Evans'), await user('Former')];
    const owners: unknown[] = [];
    for (const author of [
      undefined,
      { username: bob.username.toUpperCase(), administrator: erin.id },
      { username: 'nobody@example.com', administrator: erin.id },
      // Who has left owns nothing any more.
      { username: gone.username, administrator: erin.id },
      { username: "x' OR Name LIKE '%", administrator: erin.id },
    ]) {
      const crm = desk.org.make(author && { author });
      const [alone, first, second] = [newKey(), newKey(), newKey()];
      await crm.logActivity(alone, call(desk.lucy));
      await crm.logActivities?.([first, second].map((key) => ({ key, activity: call(desk.lucy) })));
      owners.push([await ownerOf(alone), await ownerOf(first), await ownerOf(second)].join());
    }
    const thrice = (name: string): string => [name, name, name].join();
    expect(owners).to.deep.equal([
      thrice('Ann Archer'),
      thrice('Bob Baker'),
      thrice('Erin Evans'),
      thrice('Erin Evans'),
      thrice('Erin Evans'),
    ]);
  });

  it('asks the org once, and leaves alone whom somebody has given the call to', async () => {
    const [bob, erin] = [await user('Baker'), await user('Evans')];
    const crm = desk.org.make({ author: { username: bob.username, administrator: erin.id } });
    const key = newKey();
    const asked = async (): Promise<number> =>
      (await desk.org.requests()).filter((request) => /FROM(?:\+|%20| )User\b/.test(request)).length;
    await asked();
    const { ref } = await crm.logActivity(key, call(desk.lucy));
    expect(await asked()).to.equal(1);
    await desk.org.asBob('PATCH', `/sobjects/Task/${ref.id}`, { OwnerId: erin.id });
    await crm.logActivity(key, call(desk.lucy, { notes: 'Later.' }), { previousNotes: 'Asked about the invoice.' });
    expect(await asked()).to.equal(0);
    expect(await ownerOf(key)).to.equal('Erin Evans');
  });

  it('refuses an administrator that is no id', () => {
    const make = () => desk.org.make({ author: { username: 'bob', administrator: 'the boss' } });
    expect(make).to.throw(MultiLineError);
  });
});
