import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { createOrg } from '../org.ts';
import { restClient } from '../testing/rest-client.ts';

type Body = Record<string, unknown>;

const CALL = {
  Subject: 'Call',
  TaskSubtype: 'Call',
  CallType: 'Inbound',
  Status: 'Completed',
  CallDurationInSeconds: 42,
};

describe('records over REST', () => {
  let at = Date.UTC(2026, 10, 20, 18);
  const org = createOrg({ now: () => at });
  const ann = restClient(org);
  const bob = restClient(org, 'sandbox-bob');
  beforeEach(() => {
    at = Date.UTC(2026, 10, 20, 18);
    org.reset();
  });
  const read = (object: string, id: string) => ann.send('GET', `/sobjects/${object}/${id}`).body as Body;
  const lucyId = () => String(org.rows('Contact').find((row) => row['LastName'] === 'Hall')?.['Id']);
  const userId = (alias: string) => org.rows('User').find((row) => row['Alias'] === alias)?.['Id'];

  it('are created, read, changed and deleted', () => {
    const created = ann.send('POST', '/sobjects/Lead', { LastName: 'New', Company: 'C', Phone: '(415) 555-0142' });
    assert.equal(created.status, 201);
    const { id, ...rest } = created.body as Body & { id: string };
    assert.deepEqual(rest, { success: true, errors: [] });
    assert.equal(created.headers?.['Location'], `/services/data/v68.0/sobjects/Lead/${id}`);
    assert.deepEqual(ann.send('GET', `/sobjects/lead/${id}?fields=name,Phone`).body, {
      attributes: { type: 'Lead', url: `/services/data/v68.0/sobjects/Lead/${id}` },
      Id: id,
      Name: 'New',
      Phone: '(415) 555-0142',
    });
    assert.deepEqual(ann.send('PATCH', `/sobjects/Lead/${id}`, { Status: 'Working - Contacted' }), {
      status: 204,
      headers: { 'Sforce-Limit-Info': 'api-usage=3/15000' },
    });
    assert.equal(read('Lead', id)['Status'], 'Working - Contacted');
    assert.equal(ann.send('DELETE', `/sobjects/Lead/${id}`).status, 204);
    assert.equal(ann.send('GET', `/sobjects/Lead/${id}`).status, 404);
  });

  it('keep whose they are, who changed them and when', () => {
    const id = ann.create('Task', CALL);
    at += 90_000;
    bob.send('PATCH', `/sobjects/Task/${id}`, { Description: 'by bob' });
    const task = read('Task', id);
    assert.equal(task['OwnerId'], userId('ann'));
    assert.equal(task['CreatedById'], userId('ann'));
    assert.equal(task['CreatedDate'], '2026-11-20T18:00:00.000+0000');
    assert.equal(task['LastModifiedById'], userId('bob'));
    assert.equal(task['LastModifiedDate'], '2026-11-20T18:01:30.000+0000');
    assert.equal(task['SystemModstamp'], task['LastModifiedDate']);
  });

  it('get what the platform derives: status, account, completion', () => {
    const open = read('Task', ann.create('Task', { Subject: 'later' }));
    assert.deepEqual(
      [open['Status'], open['Priority'], open['TaskSubtype'], open['IsClosed'], open['CompletedDateTime']],
      ['Not Started', 'Normal', 'Task', false, null],
    );
    const task = read('Task', ann.create('Task', { ...CALL, WhoId: lucyId() }));
    assert.equal(task['IsClosed'], true);
    assert.equal(task['CompletedDateTime'], '2026-11-20T18:00:00.000+0000');
    assert.equal(task['AccountId'], org.rows('Account').find((row) => row['Name'] === 'Acme')?.['Id']);
    assert.equal(task['ActivityDate'], null);
  });

  it('keep texts verbatim, markup, emoji and all', () => {
    const text = '<img src=x onerror=alert(1)> "quoted" \\ 😀\n\tشكرا';
    assert.equal(read('Task', ann.create('Task', { ...CALL, Description: text }))['Description'], text);
    assert.equal(
      read('Task', ann.create('Task', { ...CALL, Description: 'd'.repeat(32000) }))['Description'],
      'd'.repeat(32000),
    );
  });

  it('keep a person account and the contact behind it together', () => {
    const id = ann.create('Account', { FirstName: 'Paula', LastName: 'Private', PersonMobilePhone: '1' });
    const account = read('Account', id);
    assert.equal(account['Name'], 'Paula Private');
    ann.send('PATCH', `/sobjects/Account/${id}`, { LastName: 'Public', PersonEmail: 'p@example.com' });
    const contact = read('Contact', String(account['PersonContactId']));
    assert.deepEqual(
      [contact['Name'], contact['Email'], contact['MobilePhone'], contact['IsPersonAccount'], contact['AccountId']],
      ['Paula Public', 'p@example.com', '1', true, id],
    );
    const task = read('Task', ann.create('Task', { ...CALL, WhoId: account['PersonContactId'] }));
    assert.equal(task['AccountId'], id);
    ann.send('DELETE', `/sobjects/Account/${id}`);
    assert.equal(ann.send('GET', `/sobjects/Contact/${String(account['PersonContactId'])}`).status, 404);
  });

  describe('upserted by external id', () => {
    const path = '/sobjects/Task/ML_Call_Key__c/';

    it('are created once and then changed', () => {
      const first = ann.send('PATCH', `${path}call-1`, CALL);
      assert.equal(first.status, 201);
      const { id } = first.body as { id: string };
      assert.deepEqual(first.body, { id, success: true, errors: [], created: true });
      const second = ann.send('PATCH', `${path}CALL-1`, { Description: 'notes' });
      assert.equal(second.status, 200);
      assert.deepEqual(second.body, { id, success: true, errors: [], created: false });
      assert.equal(org.rows('Task').filter((row) => row['ML_Call_Key__c'] === 'call-1').length, 1);
      assert.equal((ann.send('GET', `${path}call-1`).body as Body)['Description'], 'notes');
    });

    it('answer 204 before version 46', () => {
      ann.send('PATCH', `${path}old`, CALL);
      assert.equal(ann.send('PATCH', `/services/data/v45.0${path}old`, { Description: 'd' }).status, 204);
    });

    it('take any key once it is encoded', () => {
      const key = 'a/b?c#d %é+😀';
      assert.equal(ann.send('PATCH', path + encodeURIComponent(key), CALL).status, 201);
      assert.equal(ann.send('PATCH', path + encodeURIComponent(key), { Description: 'd' }).status, 200);
      assert.equal(org.rows('Task').at(-1)?.['ML_Call_Key__c'], key);
    });

    it('list the matches with 300 when several share the key', () => {
      org.configure({ callKeyField: 'not-unique' });
      const ids = [
        ann.create('Task', { ...CALL, ML_Call_Key__c: 'twice' }),
        ann.create('Task', { ...CALL, ML_Call_Key__c: 'twice' }),
      ];
      const reply = ann.send('PATCH', `${path}twice`, { Description: 'd' });
      assert.equal(reply.status, 300);
      assert.deepEqual(
        reply.body,
        ids.map((id) => `/services/data/v68.0/sobjects/Task/${id}`),
      );
    });

    it('are made anew after a deletion', () => {
      const { id } = ann.send('PATCH', `${path}k`, CALL).body as { id: string };
      ann.send('DELETE', `/sobjects/Task/${id}`);
      assert.equal(ann.send('PATCH', `${path}k`, CALL).status, 201);
    });
  });

  it('stop at a duplicate rule unless the caller saves anyway', () => {
    org.configure({ duplicateRule: true });
    const again = { FirstName: 'Larry', LastName: 'Thomas', Company: 'T', Phone: '415-555-0102' };
    const refused = ann.send('POST', '/sobjects/Lead', again);
    assert.equal(refused.status, 400);
    const [entry] = refused.body as {
      errorCode: string;
      message: string;
      duplicateResut: { matchResults: { matchRecords: { record: { Id: string } }[] }[] };
    }[];
    assert.equal(entry?.errorCode, 'DUPLICATES_DETECTED');
    assert.equal(entry.message, 'Use one of these records?');
    assert.match(entry.duplicateResut.matchResults[0]?.matchRecords[0]?.record.Id ?? '', /^00Q/);
    const header = {
      'sforce-duplicate-rule-header': 'allowSave=true; includeRecordDetails=true; runAsCurrentUser=true',
    };
    assert.equal(ann.send('POST', '/sobjects/Lead', again, header).status, 201);
  });

  it('are described with the attributes forms are built from', () => {
    const { fields, ...object } = ann.send('GET', '/sobjects/Task/describe').body as Body & { fields: Body[] };
    assert.deepEqual([object['name'], object['keyPrefix'], object['createable']], ['Task', '00T', true]);
    const field = (name: string) => fields.find((one) => one['name'] === name) ?? {};
    assert.deepEqual([field('Subject')['type'], field('Subject')['length']], ['combobox', 255]);
    assert.deepEqual(
      [field('Description')['type'], field('Description')['length'], field('Description')['filterable']],
      ['textarea', 32000, false],
    );
    assert.deepEqual([field('TaskSubtype')['createable'], field('TaskSubtype')['updateable']], [true, false]);
    assert.deepEqual(field('WhoId')['referenceTo'], ['Contact', 'Lead']);
    assert.equal(field('CallType')['restrictedPicklist'], true);
    const key = field('ML_Call_Key__c');
    assert.deepEqual(
      [key['externalId'], key['unique'], key['custom'], key['caseSensitive']],
      [true, true, true, false],
    );
    const lead = (ann.send('GET', '/sobjects/Lead/describe').body as { fields: Body[] }).fields;
    const required = lead
      .filter((one) => !one['nillable'] && !one['defaultedOnCreate'] && one['createable'])
      .map((one) => one['name']);
    assert.deepEqual(required, ['LastName']);
    assert.equal(new Set(fields.flatMap((one) => Object.keys(one).length)).size, 1);
  });

  it('are described by what the user may see and write', () => {
    org.configure({
      hiddenFields: ['Task.Description'],
      readOnlyFields: ['Task.Subject', 'Task.CallDisposition'],
      callKeyField: 'absent',
    });
    const { fields } = ann.send('GET', '/sobjects/Task/describe').body as { fields: Body[] };
    const named = new Map(fields.map((one) => [one['name'], one]));
    assert.equal(named.has('Description'), false);
    assert.equal(named.has('ML_Call_Key__c'), false);
    assert.equal(named.get('Subject')?.['updateable'], false);
    assert.equal(named.get('CallDisposition')?.['updateable'], true);
  });

  it('answer 304 to a describe the caller has already', () => {
    const first = ann.send('GET', '/sobjects/Lead/describe');
    const again = ann.send('GET', '/sobjects/Lead/describe', undefined, {
      'if-modified-since': first.headers?.['Last-Modified'] ?? '',
    });
    assert.equal(again.status, 304);
    assert.equal(again.body, undefined);
    at += 1000;
    org.configure({ callKeyField: 'absent' });
    const changed = ann.send('GET', '/sobjects/Task/describe', undefined, {
      'if-modified-since': first.headers?.['Last-Modified'] ?? '',
    });
    assert.equal(changed.status, 200);
  });

  it('are listed by object, version and resource', () => {
    const versions = org.handle({
      method: 'GET',
      path: '/services/data',
      query: new URLSearchParams(),
      headers: {},
      body: '',
    }).body as Body[];
    assert.deepEqual(versions.at(-1), { label: "Winter '27", url: '/services/data/v68.0', version: '68.0' });
    assert.equal(versions.at(-2)?.['label'], "Summer '26");
    const resources = ann.send('GET', '/').body as Body;
    assert.equal(resources['sobjects'], '/services/data/v68.0/sobjects');
    assert.match(String(resources['identity']), /\/id\/00D\w{15}\/005\w{15}$/);
    const { sobjects } = ann.send('GET', '/sobjects').body as { sobjects: Body[] };
    assert.ok(
      ['Account', 'Contact', 'Lead', 'Case', 'Task', 'User'].every((name) =>
        sobjects.some((one) => one['name'] === name),
      ),
    );
    const limits = ann.send('GET', '/limits').body as { DailyApiRequests: { Max: number; Remaining: number } };
    assert.equal(limits.DailyApiRequests.Max - limits.DailyApiRequests.Remaining, 3);
  });
});
