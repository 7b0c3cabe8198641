import type { ConflictDetails } from '@multiline/core';
import { manualClock } from '@multiline/testing';
import { expect } from '@open-wc/testing';
import { call, newKey, rejection, seededOrg, task } from '../test/calls.ts';
import type { Row } from '../test/practice-org.ts';

const desk = seededOrg();

describe('a call in Salesforce', () => {
  it('is one completed Task of the kind Call, with all that is known of it', async () => {
    const key = newKey();
    const { ref, created } = await desk.org.make().logActivity(key, call(desk.lucy));
    const { attributes: _, Owner, ...row } = await task(desk.org, key);
    expect({ ref, created }).to.deep.equal({ ref: { kind: 'Task', id: row['Id'] }, created: true });
    expect((Owner as Row)['Name']).to.equal('Ann Archer');
    expect(row).to.deep.equal({
      Id: ref.id,
      Subject: 'Call from Lucy Hall',
      Description: 'Asked about the invoice.',
      Status: 'Completed',
      IsClosed: true,
      TaskSubtype: 'Call',
      CallType: 'Inbound',
      CallDurationInSeconds: 61,
      CallDisposition: 'completed',
      CallObject: call(null).correlation,
      ActivityDate: '2026-11-20',
      WhoId: desk.lucy.id,
      WhatId: null,
      ML_Call_Key__c: key,
    });
  });

  it('keeps how the call sounded in a column that the org has for it, and in none otherwise', async () => {
    const quality = { mos: 4.376, rttMs: 20, jitterMs: 2, lossPercent: 0, problem: 'none' } as const;
    const stored = async (mosField?: string): Promise<unknown> => {
      const key = newKey();
      await desk.org.make({ ...(mosField && { mosField }) }).logActivity(key, call(desk.lucy, { quality }));
      return (await desk.org.query(`SELECT ML_MOS__c FROM Task WHERE ML_Call_Key__c = '${key}'`))[0]?.['ML_MOS__c'];
    };
    expect([await stored('ML_MOS__c'), await stored()]).to.deep.equal([4.38, null]);
  });

  it('costs one request for the match and one for the log with its notes, a later edit two', async () => {
    const crm = desk.org.make();
    const key = newKey();
    await desk.org.requests();
    const [match] = await crm.identify({ numbers: ['+14155550101'], country: 'US' });
    await crm.logActivity(key, call(match?.record ?? null));
    expect(await desk.org.requests()).to.have.length(2);
    await crm.logActivity(key, call(desk.lucy, { notes: 'Sent it.' }), { previousNotes: 'Asked about the invoice.' });
    expect(await desk.org.requests()).to.have.length(2);
    expect((await task(desk.org, key))['Description']).to.equal('Sent it.');
  });

  it('costs the same with a person account, whose contact came with the match', async () => {
    const crm = desk.org.make();
    const key = newKey();
    await desk.org.requests();
    const [match] = await crm.identify({ numbers: ['+442079460105'], country: 'US' });
    expect(match?.record.kind).to.equal('PersonAccount');
    await crm.logActivity(key, call(match?.record ?? null));
    expect(await desk.org.requests()).to.have.length(2);
    const [account] = await desk.org.query("SELECT PersonContactId FROM Account WHERE Name = 'Petra Person'");
    expect((await task(desk.org, key))['WhoId']).to.equal(account?.['PersonContactId']);
  });

  it('finds the contact of a person account it has not seen before', async () => {
    const key = newKey();
    const { id } = await desk.org.find('Account', "Name = 'Petra Person'");
    await desk.org.make().logActivity(key, call({ kind: 'PersonAccount', id }));
    expect(String((await task(desk.org, key))['WhoId'])).to.match(/^003/);
  });

  it('belongs to an account and a case by WhatId, to a lead by WhoId alone', async () => {
    const crm = desk.org.make();
    for (const [kind, where, column] of [
      ['Account', "Name = 'Acme'", 'WhatId'],
      ['Case', "Origin = 'Phone'", 'WhatId'],
      ['Lead', "Name = 'Larry Thomas'", 'WhoId'],
    ] as const) {
      const key = newKey();
      const ref = await desk.org.find(kind, where);
      await crm.logActivity(key, call(ref));
      expect((await task(desk.org, key))[column], kind).to.equal(ref.id);
    }
  });

  it('moves from an account to a lead, and keeps the opportunity a person put beside a contact', async () => {
    const crm = desk.org.make();
    const [first, second] = [newKey(), newKey()];
    const acme = await desk.org.find('Account', "Name = 'Acme'");
    const larry = await desk.org.find('Lead', "Name = 'Larry Thomas'");
    await crm.logActivity(first, call(acme));
    await crm.logActivity(first, call(larry), { previousNotes: 'Asked about the invoice.' });
    expect(await task(desk.org, first)).to.include({ WhoId: larry.id, WhatId: null });

    const { ref } = await crm.logActivity(second, call(desk.lucy));
    const renewal = await desk.org.find('Opportunity', "Name = 'Acme Renewal'");
    await desk.org.asBob('PATCH', `/sobjects/Task/${ref.id}`, { WhatId: renewal.id });
    await crm.logActivity(second, call(desk.lucy, { notes: 'Two' }), { previousNotes: 'Asked about the invoice.' });
    expect(await task(desk.org, second)).to.include({
      WhoId: desk.lucy.id,
      WhatId: renewal.id,
      Description: 'Two',
      TaskSubtype: 'Call',
    });
  });

  it('is logged where the kind of a Task may not be set', async () => {
    await desk.org.configure({ readOnlyFields: ['Task.TaskSubtype'] });
    const key = newKey();
    expect((await desk.org.make().logActivity(key, call(desk.lucy))).created).to.equal(true);
    await task(desk.org, key);
  });

  it('names who changed the notes, and when', async () => {
    const crm = desk.org.make();
    const key = newKey();
    const { ref } = await crm.logActivity(key, call(desk.lucy));
    const before = Date.now();
    await desk.org.asBob('PATCH', `/sobjects/Task/${ref.id}`, { Description: 'Theirs' });
    const error = await rejection(
      crm.logActivity(key, call(desk.lucy, { notes: 'Ours' }), { previousNotes: 'Asked about the invoice.' }),
    );
    const { ours, theirs, changedBy, changedAt } = error.details as ConflictDetails;
    expect([error.code, ours, theirs, changedBy]).to.deep.equal(['conflict', 'Ours', 'Theirs', 'Bob Baker']);
    expect(Math.abs((changedAt ?? 0) - before)).to.be.below(10_000);
  });
});

describe('what Salesforce refuses', () => {
  it('is told in the admin’s own words when a validation rule stands against it', async () => {
    const message = 'Calls need a <b>reason</b>.';
    await desk.org.configure({ validationRule: { object: 'Task', message } });
    const error = await rejection(desk.org.make().logActivity(newKey(), call(desk.lucy)));
    expect(error).to.include({ code: 'refused', message, retryable: false });
  });

  it('is duplicate when two Tasks have the key, by 300 and by looking', async () => {
    await desk.org.configure({ callKeyField: 'not-unique' });
    const key = newKey();
    for (const Subject of ['One', 'Two'])
      await desk.org.asBob('POST', '/sobjects/Task', { Subject, ML_Call_Key__c: key });
    const crm = desk.org.make();
    for (const how of [{}, { previousNotes: '' }]) {
      expect(await rejection(crm.logActivity(key, call(desk.lucy), how))).to.include({
        code: 'duplicate',
        retryable: false,
      });
    }
    expect(await desk.org.query(`SELECT Id FROM Task WHERE ML_Call_Key__c = '${key}'`)).to.have.length(2);
  });

  it('is limit, and says when to come back, later each time', async () => {
    const clock = manualClock();
    const crm = desk.org.make({ clock });
    const body = [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'ConcurrentPerOrgLongTxn Limit exceeded.' }];
    const waits: number[] = [];
    await desk.org.fault('^PATCH ', { status: 403, body }, 2);
    for (let attempt = 0; attempt < 2; attempt++) {
      const error = await rejection(crm.logActivity(newKey(), call(desk.lucy)));
      expect(error).to.include({ code: 'limit', retryable: true });
      waits.push((error.retryAt ?? 0) - clock.now());
    }
    expect(waits).to.deep.equal([60_000, 120_000]);
  });

  it('is a quarter of an hour away when the day’s requests are used up', async () => {
    const clock = manualClock();
    await desk.org.configure({ apiLimit: { max: 10, used: 10 } });
    const error = await rejection(desk.org.make({ clock }).logActivity(newKey(), call(desk.lucy)));
    expect(error.code).to.equal('limit');
    expect(error.retryAt).to.be.at.least(clock.now() + 60_000);
  });

  it('is not asked at all for a key that is none, an id that is none, a kind without activities', async () => {
    const crm = desk.org.make();
    await desk.org.requests();
    const user = await desk.org.find('User', "Name = 'Bob Baker'");
    for (const [key, record, code] of [
      ['', desk.lucy, 'refused'],
      ['..', desk.lucy, 'refused'],
      ['x'.repeat(256), desk.lucy, 'refused'],
      ['k', { kind: 'Contact', id: "003' OR Id != '" }, 'not-found'],
      ['k', user, 'refused'],
    ] as const) {
      expect((await rejection(crm.logActivity(key, call(record)))).code).to.equal(code);
    }
    expect(await desk.org.requests()).to.deep.equal([]);
  });

  it('takes a key with any character as one key', async () => {
    const key = `a/b?c#d%2F&e'"\\f ü ${newKey()}`;
    const crm = desk.org.make();
    const { ref } = await crm.logActivity(key, call(desk.lucy));
    const again = await crm.logActivity(key, call(desk.lucy, { notes: 'Two' }), {
      previousNotes: 'Asked about the invoice.',
    });
    expect(again).to.deep.equal({ ref, created: false });
  });
});
