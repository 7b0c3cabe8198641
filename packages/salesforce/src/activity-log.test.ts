import { type Activity, type ConflictDetails, MultiLineError, type RecordRef } from '@multiline/core';
import { manualClock } from '@multiline/testing';
import { expect } from '@open-wc/testing';
import { type PracticeOrg, type Row, practiceOrg } from '../test/practice-org.ts';

let org: PracticeOrg;
let lucy: RecordRef;
before(async () => {
  org = await practiceOrg();
});
beforeEach(async () => {
  await fetch(`${org.url}/__sandbox__/reset`, { method: 'POST' });
  lucy = await org.find('Contact', "Name = 'Lucy Hall'");
});
after(() => org.stop());

let count = 0;
const newKey = (): string => `key-${++count}-${'0123456789abcdef'.repeat(3)}`;

function call(record: RecordRef | null, changes: Partial<Activity> = {}): Activity {
  return {
    type: 'call',
    record,
    subject: 'Call from Lucy Hall',
    direction: 'inbound',
    number: '+14155550101',
    startedAt: Date.now() - 61_000,
    durationMs: 61_000,
    day: '2026-11-20',
    outcome: 'completed',
    notes: 'Asked about the invoice.',
    correlation: `call-${count}@customer.test`,
    ...changes,
  };
}

const COLUMNS =
  'Id, Subject, Description, Status, IsClosed, TaskSubtype, CallType, CallDurationInSeconds, CallDisposition, ' +
  'CallObject, ActivityDate, WhoId, WhatId, Owner.Name, ML_Call_Key__c';
const tasks = (key: string): Promise<Row[]> => org.query(`SELECT ${COLUMNS} FROM Task WHERE ML_Call_Key__c = '${key}'`);
async function task(key: string): Promise<Row> {
  const rows = await tasks(key);
  expect(rows.length, `Tasks of ${key}`).to.equal(1);
  return rows[0] as Row;
}
async function rejection(promise: Promise<unknown>): Promise<MultiLineError> {
  const error = await promise.then(
    (value) => new Error(`It did not reject: ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown,
  );
  expect(error).to.be.instanceOf(MultiLineError);
  return error as MultiLineError;
}

describe('a call in Salesforce', () => {
  it('is one completed Task of the kind Call, with all that is known of it', async () => {
    const key = newKey();
    const { ref, created } = await org.make().logActivity(key, call(lucy));
    const { attributes: _, Owner, ...row } = await task(key);
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
      CallObject: `call-${count}@customer.test`,
      ActivityDate: '2026-11-20',
      WhoId: lucy.id,
      WhatId: null,
      ML_Call_Key__c: key,
    });
  });

  it('costs one request for the match and one for the log with its notes, a later edit two', async () => {
    const crm = org.make();
    const key = newKey();
    await org.requests();
    const [match] = await crm.identify({ numbers: ['+14155550101'], country: 'US' });
    await crm.logActivity(key, call(match?.record ?? null));
    expect(await org.requests()).to.have.length(2);
    await crm.logActivity(key, call(lucy, { notes: 'Sent it.' }), { previousNotes: 'Asked about the invoice.' });
    expect(await org.requests()).to.have.length(2);
    expect((await task(key))['Description']).to.equal('Sent it.');
  });

  it('costs the same with a person account, whose contact came with the match', async () => {
    const crm = org.make();
    const key = newKey();
    await org.requests();
    const [match] = await crm.identify({ numbers: ['+442079460105'], country: 'US' });
    expect(match?.record.kind).to.equal('PersonAccount');
    await crm.logActivity(key, call(match?.record ?? null));
    expect(await org.requests()).to.have.length(2);
    const [account] = await org.query("SELECT PersonContactId FROM Account WHERE Name = 'Petra Person'");
    expect((await task(key))['WhoId']).to.equal(account?.['PersonContactId']);
  });

  it('finds the contact of a person account it has not seen before', async () => {
    const key = newKey();
    const { id } = await org.find('Account', "Name = 'Petra Person'");
    await org.make().logActivity(key, call({ kind: 'PersonAccount', id }));
    expect(String((await task(key))['WhoId'])).to.match(/^003/);
  });

  it('belongs to an account and a case by WhatId, to a lead by WhoId alone', async () => {
    const crm = org.make();
    for (const [kind, where, column] of [
      ['Account', "Name = 'Acme'", 'WhatId'],
      ['Case', "Origin = 'Phone'", 'WhatId'],
      ['Lead', "Name = 'Larry Thomas'", 'WhoId'],
    ] as const) {
      const key = newKey();
      const ref = await org.find(kind, where);
      await crm.logActivity(key, call(ref));
      expect((await task(key))[column], kind).to.equal(ref.id);
    }
  });

  it('moves from an account to a lead, and keeps the opportunity a person put beside a contact', async () => {
    const crm = org.make();
    const [first, second] = [newKey(), newKey()];
    const acme = await org.find('Account', "Name = 'Acme'");
    const larry = await org.find('Lead', "Name = 'Larry Thomas'");
    await crm.logActivity(first, call(acme));
    await crm.logActivity(first, call(larry), { previousNotes: 'Asked about the invoice.' });
    expect(await task(first)).to.include({ WhoId: larry.id, WhatId: null });

    const { ref } = await crm.logActivity(second, call(lucy));
    const renewal = await org.find('Opportunity', "Name = 'Acme Renewal'");
    await org.asBob('PATCH', `/sobjects/Task/${ref.id}`, { WhatId: renewal.id });
    await crm.logActivity(second, call(lucy, { notes: 'Two' }), { previousNotes: 'Asked about the invoice.' });
    expect(await task(second)).to.include({
      WhoId: lucy.id,
      WhatId: renewal.id,
      Description: 'Two',
      TaskSubtype: 'Call',
    });
  });

  it('is logged where the kind of a Task may not be set', async () => {
    await org.configure({ readOnlyFields: ['Task.TaskSubtype'] });
    const key = newKey();
    expect((await org.make().logActivity(key, call(lucy))).created).to.equal(true);
    await task(key);
  });

  it('names who changed the notes, and when', async () => {
    const crm = org.make();
    const key = newKey();
    const { ref } = await crm.logActivity(key, call(lucy));
    const before = Date.now();
    await org.asBob('PATCH', `/sobjects/Task/${ref.id}`, { Description: 'Theirs' });
    const error = await rejection(
      crm.logActivity(key, call(lucy, { notes: 'Ours' }), { previousNotes: 'Asked about the invoice.' }),
    );
    const { ours, theirs, changedBy, changedAt } = error.details as ConflictDetails;
    expect([error.code, ours, theirs, changedBy]).to.deep.equal(['conflict', 'Ours', 'Theirs', 'Bob Baker']);
    expect(Math.abs((changedAt ?? 0) - before)).to.be.below(10_000);
  });
});

describe('exactly one Task', () => {
  const retry = { uncertain: true, previousNotes: 'Asked about the invoice.' };

  it('through an answer that was cut after the write', async () => {
    const crm = org.make();
    const key = newKey();
    await org.fault('^PATCH ', { dropAfterWrite: true }, 9);
    expect(await rejection(crm.logActivity(key, call(lucy)))).to.include({ code: 'network', retryable: true });
    await org.clearFaults();
    const { created } = await crm.logActivity(key, call(lucy), retry);
    expect(created).to.equal(false);
    await task(key);
  });

  it('through a hang, given up after the time-out', async () => {
    const clock = manualClock(Date.now());
    const crm = org.make({ clock, timeoutMs: 3_000 });
    const key = newKey();
    await crm.me?.();
    await org.requests();
    await org.fault('^PATCH ', { hang: true });
    const hanging = rejection(crm.logActivity(key, call(lucy)));
    while ((await org.requests()).length === 0);
    clock.advance(3_000);
    expect(await hanging).to.include({ code: 'timeout', retryable: true });
    await crm.logActivity(key, call(lucy), retry);
    await task(key);
  });

  it('through 503', async () => {
    const crm = org.make();
    const key = newKey();
    await org.fault('^PATCH ', { status: 503 });
    expect(await rejection(crm.logActivity(key, call(lucy)))).to.include({ code: 'server', retryable: true });
    await crm.logActivity(key, call(lucy), retry);
    await task(key);
  });

  it('through a token that ends between the match and the log', async () => {
    let asked = 0;
    const credentials = async () => ({ accessToken: asked++ === 0 ? 'sandbox-ann' : await org.newToken('ann') });
    const crm = org.make({ credentials });
    const key = newKey();
    await crm.identify({ numbers: ['+14155550101'], country: 'US' });
    await org.expireTokens();
    await crm.logActivity(key, call(lucy));
    expect(asked).to.equal(2);
    await task(key);
  });

  it('through a record that somebody else is writing', async () => {
    const crm = org.make();
    const key = newKey();
    const { ref } = await crm.logActivity(key, call(lucy));
    await org.configure({ lockedIds: [ref.id] });
    const edit = () =>
      crm.logActivity(key, call(lucy, { notes: 'Two' }), { previousNotes: 'Asked about the invoice.' });
    expect(await rejection(edit())).to.include({ code: 'busy', retryable: true });
    await org.configure({ lockedIds: [] });
    await edit();
    expect((await task(key))['Description']).to.equal('Two');
  });

  it('when a key comes twice at once and once more in a batch', async () => {
    const crm = org.make();
    const key = newKey();
    await Promise.allSettled([crm.logActivity(key, call(lucy)), crm.logActivity(key, call(lucy))]);
    await crm.logActivities?.([1, 2].map(() => ({ key, activity: call(lucy) })));
    await task(key);
  });
});

describe('what Salesforce refuses', () => {
  it('is told in the admin’s own words when a validation rule stands against it', async () => {
    const message = 'Calls need a <b>reason</b>.';
    await org.configure({ validationRule: { object: 'Task', message } });
    const error = await rejection(org.make().logActivity(newKey(), call(lucy)));
    expect(error).to.include({ code: 'refused', message, retryable: false });
  });

  it('is duplicate when two Tasks have the key, by 300 and by looking', async () => {
    await org.configure({ callKeyField: 'not-unique' });
    const key = newKey();
    for (const Subject of ['One', 'Two']) await org.asBob('POST', '/sobjects/Task', { Subject, ML_Call_Key__c: key });
    const crm = org.make();
    for (const how of [{}, { previousNotes: '' }]) {
      expect(await rejection(crm.logActivity(key, call(lucy), how))).to.include({
        code: 'duplicate',
        retryable: false,
      });
    }
    expect(await tasks(key)).to.have.length(2);
  });

  it('is limit, and says when to come back, later each time', async () => {
    const clock = manualClock();
    const crm = org.make({ clock });
    const body = [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'ConcurrentPerOrgLongTxn Limit exceeded.' }];
    const waits: number[] = [];
    await org.fault('^PATCH ', { status: 403, body }, 2);
    for (let attempt = 0; attempt < 2; attempt++) {
      const error = await rejection(crm.logActivity(newKey(), call(lucy)));
      expect(error).to.include({ code: 'limit', retryable: true });
      waits.push((error.retryAt ?? 0) - clock.now());
    }
    expect(waits).to.deep.equal([60_000, 120_000]);
  });

  it('is a quarter of an hour away when the day’s requests are used up', async () => {
    const clock = manualClock();
    await org.configure({ apiLimit: { max: 10, used: 10 } });
    const error = await rejection(org.make({ clock }).logActivity(newKey(), call(lucy)));
    expect(error.code).to.equal('limit');
    expect(error.retryAt).to.be.at.least(clock.now() + 60_000);
  });

  it('is not asked at all for a key that is none, an id that is none, a kind without activities', async () => {
    const crm = org.make();
    await org.requests();
    const user = await org.find('User', "Name = 'Bob Baker'");
    for (const [key, record, code] of [
      ['', lucy, 'refused'],
      ['..', lucy, 'refused'],
      ['x'.repeat(256), lucy, 'refused'],
      ['k', { kind: 'Contact', id: "003' OR Id != '" }, 'not-found'],
      ['k', user, 'refused'],
    ] as const) {
      expect((await rejection(crm.logActivity(key, call(record)))).code).to.equal(code);
    }
    expect(await org.requests()).to.deep.equal([]);
  });

  it('takes a key with any character as one key', async () => {
    const key = `a/b?c#d%2F&e'"\\f ü ${newKey()}`;
    const crm = org.make();
    const { ref } = await crm.logActivity(key, call(lucy));
    const again = await crm.logActivity(key, call(lucy, { notes: 'Two' }), {
      previousNotes: 'Asked about the invoice.',
    });
    expect(again).to.deep.equal({ ref, created: false });
  });
});

describe('many calls at once', () => {
  it('are 200 in one request, and each refusal is its own', async () => {
    const crm = org.make();
    await org.requests();
    const entries = Array.from({ length: 200 }, () => ({ key: newKey(), activity: call(lucy) }));
    const results = await crm.logActivities?.(entries);
    expect(results?.every((result) => 'ok' in result && result.ok.created)).to.equal(true);
    expect(await org.requests()).to.have.length(1);
  });

  it('keep one result per entry, in order, whatever is wrong with some', async () => {
    const crm = org.make();
    const [known, fresh] = [newKey(), newKey()];
    await crm.logActivity(known, call(lucy));
    const petra = await org.find('Account', "Name = 'Petra Person'");
    const results = await crm.logActivities?.([
      { key: '', activity: call(lucy) },
      { key: known, activity: call(lucy, { notes: 'Again' }) },
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
    expect(await task(known)).to.include({ Description: 'Again', TaskSubtype: 'Call' });
    expect(await task(fresh)).to.include({ TaskSubtype: 'Call' });
  });
});
