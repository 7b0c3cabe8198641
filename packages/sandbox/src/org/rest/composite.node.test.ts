import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { createOrg } from '../org.ts';
import { restClient } from '../testing/rest-client.ts';

const CALL = { attributes: { type: 'Task' }, Subject: 'Call', TaskSubtype: 'Call', Status: 'Completed' };

interface Result {
  id?: string;
  success: boolean;
  errors: { statusCode: string; message: string; fields: string[] }[];
  created?: boolean;
}

const org = createOrg();
const ann = restClient(org);
beforeEach(() => org.reset());
const keyed = (key: string, more: Record<string, unknown> = {}) => ({ ...CALL, ML_Call_Key__c: key, ...more });
const tasks = () => org.rows('Task').length;

describe('many records in one request', () => {
  const path = '/composite/sobjects/Task/ML_Call_Key__c';

  it('are upserted one by one, each with its own result', () => {
    ann.send('PATCH', path, { records: [keyed('a')] });
    const results = ann.send('PATCH', path, {
      allOrNone: false,
      records: [
        { attributes: { type: 'Task' }, ML_Call_Key__c: 'A', Description: 'd' },
        keyed('b'),
        keyed('c', { Subject: 'x'.repeat(256) }),
        CALL,
      ],
    }).body as Result[];
    assert.deepEqual(
      results.map(({ success, created }) => [success, created]),
      [
        [true, false],
        [true, true],
        [false, undefined],
        [false, undefined],
      ],
    );
    assert.deepEqual(results[2]?.errors, [
      {
        statusCode: 'STRING_TOO_LONG',
        message: `Subject: data value too large: ${'x'.repeat(256)} (max length=255)`,
        fields: ['Subject'],
      },
    ]);
    assert.equal(results[3]?.errors[0]?.statusCode, 'MISSING_ARGUMENT');
  });

  it('are refused where two carry one key', () => {
    const results = ann.send('PATCH', path, { records: [keyed('same'), keyed('SAME'), keyed('other')] })
      .body as Result[];
    assert.deepEqual(
      results.map(({ errors }) => errors[0]?.statusCode),
      ['DUPLICATE_VALUE', 'DUPLICATE_VALUE', undefined],
    );
  });

  it('are all taken back under allOrNone when one is refused', () => {
    const before = tasks();
    const results = ann.send('PATCH', path, { allOrNone: true, records: [keyed('a'), keyed('b', { CallType: 'x' })] })
      .body as Result[];
    assert.deepEqual(
      results.map(({ errors }) => errors[0]?.statusCode),
      ['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'],
    );
    assert.equal(tasks(), before);
  });

  it('are created, changed, read and deleted together', () => {
    const [lead, task] = ann.send('POST', '/composite/sobjects', {
      records: [{ attributes: { type: 'Lead' }, LastName: 'L' }, CALL],
    }).body as Result[];
    assert.ok(lead?.id && task?.id);
    const changed = ann.send('PATCH', '/composite/sobjects', {
      records: [
        { attributes: { type: 'Task' }, id: task.id, Subject: 'S' },
        { attributes: { type: 'Task' } },
        { attributes: { type: 'Nope' } },
      ],
    }).body as Result[];
    assert.deepEqual(
      changed.map(({ errors }) => errors[0]?.statusCode),
      [undefined, 'MISSING_ARGUMENT', 'INVALID_TYPE'],
    );
    const rows = ann.send('GET', `/composite/sobjects/Task?ids=${task.id},00TgL0000000zzzUAA&fields=Subject`)
      .body as (Record<string, unknown> | null)[];
    assert.equal(rows[0]?.['Subject'], 'S');
    assert.equal(rows[1], null);
    const gone = ann.send('DELETE', `/composite/sobjects?ids=${task.id},${lead.id}`).body as Result[];
    assert.deepEqual(
      gone.map(({ success }) => success),
      [true, true],
    );
  });
});

describe('a composite request', () => {
  const run = (compositeRequest: unknown[], allOrNone = true) =>
    (
      ann.send('POST', '/composite', { allOrNone, compositeRequest }).body as {
        compositeResponse: {
          body: unknown;
          httpStatusCode: number;
          httpHeaders: Record<string, string>;
          referenceId: string;
        }[];
      }
    ).compositeResponse;
  const url = '/services/data/v68.0/sobjects';

  it('uses what earlier parts answered', () => {
    const [lead, task, read] = run([
      { method: 'POST', url: `${url}/Lead`, referenceId: 'lead', body: { LastName: 'Caller', Phone: '+14155550199' } },
      { method: 'POST', url: `${url}/Task`, referenceId: 'task', body: { Subject: 'Call', WhoId: '@{lead.id}' } },
      {
        method: 'GET',
        url: "/services/data/v68.0/query?q=SELECT+Who.Name+FROM+Task+WHERE+Id='@{task.id}'",
        referenceId: 'read',
      },
    ]);
    assert.equal(lead?.httpStatusCode, 201);
    assert.match(lead.httpHeaders['Location'] ?? '', /\/sobjects\/Lead\/00Q/);
    assert.equal(task?.httpStatusCode, 201);
    const { records } = read?.body as { records: { Who: { Name: string } }[] };
    assert.equal(records[0]?.Who.Name, 'Caller');
  });

  it('leaves nothing behind when a part of an all-or-none one is refused', () => {
    const before = org.rows('Lead').length;
    const replies = run([
      { method: 'POST', url: `${url}/Lead`, referenceId: 'lead', body: { LastName: 'Caller' } },
      {
        method: 'POST',
        url: `${url}/Task`,
        referenceId: 'task',
        body: { Subject: 'Call', CallType: 'x', WhoId: '@{lead.id}' },
      },
    ]);
    const codes = replies.map(({ body }) => (body as { errorCode: string }[])[0]?.errorCode);
    assert.deepEqual(codes, ['PROCESSING_HALTED', 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST']);
    assert.equal(org.rows('Lead').length, before);
  });

  it('goes on past a refusal otherwise, but not for parts that need it', () => {
    const replies = run(
      [
        { method: 'POST', url: `${url}/Lead`, referenceId: 'lead', body: {} },
        { method: 'POST', url: `${url}/Task`, referenceId: 'task', body: { Subject: 'Call', WhoId: '@{lead.id}' } },
        { method: 'GET', url: '/services/data/v68.0/limits', referenceId: 'limits' },
      ],
      false,
    );
    assert.deepEqual(
      replies.map(({ httpStatusCode }) => httpStatusCode),
      [400, 400, 200],
    );
  });
});
