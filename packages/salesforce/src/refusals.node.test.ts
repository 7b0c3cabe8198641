import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ErrorCode } from '@multiline/core';
import { OrgRefusal, recordRefusal, refusalOf, sessionExpired } from './refusals.ts';

const NOW = Date.UTC(2026, 10, 20, 12);

/** Status, error code, message; what it is for a caller, and whether the same may succeed later. */
const TABLE: readonly [status: number, errorCode: string, message: string, code: ErrorCode, retryable: boolean][] = [
  [400, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [LastName, Company]', 'refused', false],
  [400, 'INVALID_FIELD', "No such column 'foo__c' on sobject of type Lead", 'refused', false],
  [400, 'INVALID_FIELD_FOR_INSERT_UPDATE', 'Unable to create/update fields: TaskSubtype.', 'refused', false],
  [400, 'STRING_TOO_LONG', 'Subject: data value too large: xxx (max length=255)', 'refused', false],
  [400, 'DUPLICATES_DETECTED', 'Use one of these records?', 'refused', false],
  [401, 'INVALID_SESSION_ID', 'Session expired or invalid', 'auth-expired', true],
  [401, 'INVALID_SESSION_ID', 'This session is not valid for use with the REST API', 'forbidden', false],
  [401, 'INVALID_AUTH_HEADER', 'INVALID_HEADER_TYPE', 'auth-failed', false],
  [403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', 'limit', true],
  [403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentPerOrgLongTxn Limit exceeded.', 'limit', true],
  [429, '', '', 'limit', true],
  [400, 'UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record', 'busy', true],
  [500, 'UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record', 'busy', true],
  [
    400,
    'DUPLICATE_VALUE',
    'duplicate value found: ML_Call_Key__c duplicates value on record with id: 00T',
    'busy',
    true,
  ],
  [400, 'DUPLICATE_EXTERNAL_ID', 'More than one record found for external id field', 'duplicate', false],
  [404, 'ENTITY_IS_DELETED', 'entity is deleted', 'not-found', false],
  [404, 'NOT_FOUND', 'The requested resource does not exist', 'not-found', false],
  [400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', 'not-found', false],
  [400, 'MALFORMED_ID', 'Account ID: id value of incorrect type: 001', 'not-found', false],
  [400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', 'Calls need a reason', 'refused', false],
  [400, 'FIELD_INTEGRITY_EXCEPTION', 'Related To must be empty', 'refused', false],
  [400, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'bad value', 'refused', false],
  [400, 'INVALID_EMAIL_ADDRESS', 'invalid email address', 'refused', false],
  [403, 'INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id', 'forbidden', false],
  [400, 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', 'insufficient access rights', 'forbidden', false],
  [403, 'API_DISABLED_FOR_ORG', 'The REST API is not enabled for this Organization.', 'forbidden', false],
  [400, 'JSON_PARSER_ERROR', 'Unexpected character', 'refused', false],
  [400, 'MALFORMED_QUERY', 'unexpected token', 'refused', false],
  [400, 'INVALID_TYPE', "sObject type 'Leed' is not supported.", 'unsupported', false],
  [405, 'METHOD_NOT_ALLOWED', "HTTP Method 'PUT' not allowed.", 'unsupported', false],
  [412, 'PRECONDITION_FAILED', 'modified', 'conflict', false],
  [400, 'SOMETHING_NEW', 'A rule of another release', 'refused', false],
  [500, 'UNKNOWN_EXCEPTION', 'An unexpected error occurred.', 'server', true],
  [503, 'SERVER_UNAVAILABLE', 'Server is unavailable', 'server', true],
  [502, '', '', 'server', true],
  [504, '', '', 'timeout', true],
  [301, '', '', 'server', true],
];

describe('refusals of the org', () => {
  for (const [status, errorCode, message, code, retryable] of TABLE) {
    it(`reads ${status} ${errorCode} ${message} as ${code}`, () => {
      const body = errorCode === '' ? '<html>Bad</html>' : [{ errorCode, message }];
      const refusal = refusalOf({ status, headers: {}, body }, NOW);
      assert.deepEqual([refusal.code, refusal.retryable], [code, retryable]);
      if (message !== '') assert.equal(refusal.message, message, 'the words are the org’s own');
    });
  }

  it('reads 300, whose body lists the records, as a duplicate', () => {
    const body = ['/services/data/v68.0/sobjects/Task/00T1', '/services/data/v68.0/sobjects/Task/00T2'];
    assert.equal(refusalOf({ status: 300, headers: {}, body }, NOW).code, 'duplicate');
  });

  it('reads the errors of one record of a collection, which are named otherwise', () => {
    const refusal = recordRefusal([{ statusCode: 'UNABLE_TO_LOCK_ROW', message: 'locked', fields: [] }]);
    assert.deepEqual([refusal.code, refusal.message, refusal.retryable], ['busy', 'locked', true]);
    assert.equal(recordRefusal(undefined).code, 'refused');
  });

  it('joins several errors and takes the first for the code', () => {
    const body = [
      { errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'One.', fields: [] },
      { errorCode: 'STRING_TOO_LONG', message: 'Two.', fields: ['Subject'] },
    ];
    const refusal = refusalOf({ status: 400, headers: {}, body }, NOW);
    assert.deepEqual([refusal.code, refusal.message], ['refused', 'One.; Two.']);
    assert.ok(refusal.says('STRING_TOO_LONG', 'Subject'));
    assert.ok(!refusal.says('STRING_TOO_LONG', 'Description'));
  });

  it('does not repeat a text of 33,000 characters', () => {
    const message = `Description: data value too large: ${'x'.repeat(33_000)} (max length=32000)`;
    const refusal = refusalOf({ status: 400, headers: {}, body: [{ errorCode: 'STRING_TOO_LONG', message }] }, NOW);
    assert.equal(refusal.message.length, 501);
  });

  it('names the records a duplicate rule found, however the key is spelled', () => {
    for (const key of ['duplicateResut', 'duplicateResult']) {
      const result = { matchResults: [{ matchRecords: [{ record: { Id: '00QA' } }, { record: {} }] }, {}] };
      const body = [{ errorCode: 'DUPLICATES_DETECTED', message: 'Use one of these records?', [key]: result }];
      assert.deepEqual(refusalOf({ status: 400, headers: {}, body }, NOW).details, { duplicates: ['00QA'] });
    }
  });

  it('makes something of any body', () => {
    for (const body of [
      undefined,
      null,
      '',
      0,
      [],
      [null],
      ['x'],
      {},
      [[]],
      { errorCode: 7 },
      [{ duplicateResut: { matchResults: 'x' } }],
    ]) {
      assert.ok(refusalOf({ status: 400, headers: {}, body }, NOW) instanceof OrgRefusal);
    }
  });

  it('asks for another token only where one may help', () => {
    const answer = (status: number, message: string) => ({
      status,
      headers: {},
      body: [{ errorCode: 'INVALID_SESSION_ID', message }],
    });
    assert.ok(sessionExpired(answer(401, 'Session expired or invalid')));
    assert.ok(!sessionExpired(answer(401, 'This session is not valid for use with the REST API')));
    assert.ok(!sessionExpired(answer(403, 'Session expired or invalid')));
  });
});

describe('when the org may be asked again', () => {
  const limit = [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }];
  const retryAt = (status: number, headers: Record<string, string>, body: unknown, inARow = 1) =>
    refusalOf({ status, headers, body }, NOW, inARow).retryAt;

  it('is what it says, in seconds or as a date', () => {
    assert.equal(retryAt(403, { 'retry-after': '120' }, limit), NOW + 120_000);
    assert.equal(retryAt(503, { 'retry-after': 'Fri, 20 Nov 2026 12:05:00 GMT' }, ''), NOW + 300_000);
    assert.equal(retryAt(503, { 'retry-after': 'Fri, 20 Nov 2020 12:05:00 GMT' }, ''), NOW);
  });

  it('is a minute later after each refusal where it says nothing, at most a quarter of an hour', () => {
    assert.equal(retryAt(403, {}, limit), NOW + 60_000);
    assert.equal(retryAt(403, {}, limit, 3), NOW + 180_000);
    assert.equal(retryAt(403, { 'retry-after': 'soon' }, limit, 99), NOW + 900_000);
  });

  it('is a quarter of an hour later when the requests of the day are used up', () => {
    assert.equal(retryAt(403, { 'sforce-limit-info': 'api-usage=15000/15000' }, limit), NOW + 900_000);
    assert.equal(retryAt(403, { 'sforce-limit-info': 'api-usage=18/15000' }, limit), NOW + 60_000);
  });

  it('is not said of other errors', () => {
    assert.equal(retryAt(400, {}, [{ errorCode: 'UNABLE_TO_LOCK_ROW', message: '' }]), undefined);
  });
});
