import { get, post, TASK, UNKNOWN_CONTACT, type Refusal } from './refusal.ts';

/** Records that are gone, locked, kept by others, or don't go together. */
// prettier-ignore
export const REFUSED_RECORDS: readonly Refusal[] = [
  {
    source: 'salesforce.md §4.3 table "malformed id"', name: 'who is no id',
    send: post('Task', { ...TASK, WhoId: 'lucy' }),
    status: 400, code: 'MALFORMED_ID', message: 'Name ID: id value of incorrect type: lucy', fields: ['WhoId'],
  },
  {
    source: 'salesforce.md §4.3 table "malformed id", §4.4 person account', name: 'who is a person account',
    send: ({ ann, idOf }) => ann.send('POST', '/sobjects/Task', { ...TASK, WhoId: idOf('Account', 'Person') }),
    status: 400, code: 'MALFORMED_ID', message: /^Contact\/Lead ID: id value of incorrect type: 001/, fields: ['WhoId'],
  },
  {
    source: 'salesforce.md §4.3 table "malformed id"', name: 'account of a contact is a lead',
    send: ({ ann, idOf }) => ann.send('POST', '/sobjects/Contact', { LastName: 'L', AccountId: idOf('Lead', 'Thomas') }),
    status: 400, code: 'MALFORMED_ID', message: /^Account ID: id value of incorrect type: 00Q/, fields: ['AccountId'],
  },
  {
    source: 'salesforce.md §4.3 table "malformed id"', name: 'address with a malformed id',
    send: get('/sobjects/Account/001'),
    status: 400, code: 'MALFORMED_ID', message: 'Account ID: id value of incorrect type: 001', fields: ['Id'],
  },
  {
    source: 'salesforce.md §4.3 table "malformed id"', name: "address with another object's id",
    send: get(`/sobjects/Account/${UNKNOWN_CONTACT}`),
    status: 400, code: 'MALFORMED_ID', message: `Account ID: id value of incorrect type: ${UNKNOWN_CONTACT}`, fields: ['Id'],
  },
  {
    source: 'salesforce.md §4.3 table "unknown id"', name: 'unknown record read',
    send: get(`/sobjects/Contact/${UNKNOWN_CONTACT}`),
    status: 404, code: 'NOT_FOUND', message: 'The requested resource does not exist',
  },
  {
    source: 'salesforce.md §4.3 table "unknown id", PATCH', name: 'unknown record changed',
    send: ({ ann }) => ann.send('PATCH', `/sobjects/Contact/${UNKNOWN_CONTACT}`, { LastName: 'L' }),
    status: 404, code: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid cross reference id', fields: [],
  },
  {
    source: 'salesforce.md §4.3 table "unknown id"', name: 'who is unknown',
    send: post('Task', { ...TASK, WhoId: UNKNOWN_CONTACT }),
    status: 400, code: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid cross reference id', fields: [],
  },
  {
    source: 'salesforce.md §4.3 table "deleted"', name: 'deleted record read',
    send({ ann }) {
      const id = ann.create('Contact', { LastName: 'Gone' });
      ann.send('DELETE', `/sobjects/Contact/${id}`);
      return ann.send('GET', `/sobjects/Contact/${id}`);
    },
    status: 404, code: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [],
  },
  {
    source: 'salesforce.md §4.3 table "deleted"', name: 'deleted record changed',
    send({ ann }) {
      const id = ann.create('Task', TASK);
      ann.send('DELETE', `/sobjects/Task/${id}`);
      return ann.send('PATCH', `/sobjects/Task/${id}`, { Subject: 'S' });
    },
    status: 404, code: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [],
  },
  {
    source: 'salesforce.md §4.3 table "deleted"', name: 'who was deleted in mid-call',
    send({ ann }) {
      const id = ann.create('Contact', { LastName: 'Gone' });
      ann.send('DELETE', `/sobjects/Contact/${id}`);
      return ann.send('POST', '/sobjects/Task', { ...TASK, WhoId: id });
    },
    status: 404, code: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [],
  },
  {
    source: 'salesforce.md §4.4 Task "if WhoId is a Lead, WhatId must be empty"', name: 'lead together with an account',
    send: ({ ann, idOf }) => ann.send('POST', '/sobjects/Task', { ...TASK, WhoId: idOf('Lead', 'Thomas'), WhatId: idOf('Account', 'Person') }),
    status: 400, code: 'FIELD_INTEGRITY_EXCEPTION', message: 'Related To must be empty when the name is a lead', fields: ['WhatId'],
  },
  {
    source: 'salesforce.md §4.4 Task "if WhoId is a Lead, WhatId must be empty"', name: 'account moved to a lead later',
    send({ ann, idOf }) {
      const id = ann.create('Task', { ...TASK, WhatId: idOf('Account', 'Person') });
      return ann.send('PATCH', `/sobjects/Task/${id}`, { WhoId: idOf('Lead', 'Thomas') });
    },
    status: 400, code: 'FIELD_INTEGRITY_EXCEPTION', message: 'Related To must be empty when the name is a lead', fields: ['WhatId'],
  },
  {
    source: 'salesforce.md §4.3 table "validation rule"', name: 'validation rule of the whole record',
    send({ org, ann }) {
      org.configure({ validationRule: { object: 'Task', message: 'Say why they called.' } });
      return ann.send('PATCH', '/sobjects/Task/ML_Call_Key__c/v', TASK);
    },
    status: 400, code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Say why they called.', fields: [],
  },
  {
    source: 'salesforce.md §4.3 table "validation rule"', name: 'validation rule of a field',
    send({ org, ann }) {
      org.configure({ validationRule: { object: 'Task', message: 'Too short.', field: 'Description' } });
      return ann.send('POST', '/sobjects/Task', TASK);
    },
    status: 400, code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Too short.', fields: ['Description'],
  },
  {
    source: 'salesforce.md §4.3 table "lock"', name: 'record somebody else is writing',
    send({ org, ann, idOf }) {
      const id = idOf('Contact', 'Hall');
      org.configure({ lockedIds: [id] });
      return ann.send('PATCH', `/sobjects/Contact/${id}`, { Title: 'T' });
    },
    status: 400, code: 'UNABLE_TO_LOCK_ROW', message: /^unable to obtain exclusive access to this record or 1 records: 003/, fields: [],
  },
  {
    source: 'salesforce.md §4.3 table "perms"', name: 'record the user may only read',
    send({ org, ann, idOf }) {
      const id = idOf('Contact', 'Hall');
      org.configure({ readOnlyIds: [id] });
      return ann.send('PATCH', `/sobjects/Contact/${id}`, { Title: 'T' });
    },
    status: 403, code: 'INSUFFICIENT_ACCESS_OR_READONLY', message: 'insufficient access rights on object id', fields: [],
  },
  {
    source: 'salesforce.md §4.4 Task "OwnerId"', name: 'owner who left',
    send: ({ ann, idOf }) => ann.send('POST', '/sobjects/Task', { ...TASK, OwnerId: idOf('User', 'Former') }),
    status: 400, code: 'INACTIVE_OWNER_OR_USER', message: 'operation performed with inactive user [Frank Former] as owner of task', fields: ['OwnerId'],
  },
  {
    source: 'salesforce.md §0 "External Id + unique"', name: 'second task with the key of the first',
    send({ ann }) {
      ann.create('Task', { ...TASK, ML_Call_Key__c: 'Key' });
      return ann.send('POST', '/sobjects/Task', { ...TASK, ML_Call_Key__c: 'KEY' });
    },
    status: 400, code: 'DUPLICATE_VALUE', message: /^duplicate value found: ML_Call_Key__c duplicates value on record with id: 00T/, fields: [],
  },
  {
    source: 'salesforce.md §4.3 "Upsert"', name: 'upsert by a field that is no external id',
    send: ({ ann }) => ann.send('PATCH', '/sobjects/Task/Subject/x', TASK),
    status: 404, code: 'NOT_FOUND', message: 'Provided external ID field does not exist or is not accessible: Subject',
  },
  {
    source: 'salesforce.md §4.3 "Upsert"', name: 'upsert by an unknown field',
    send: ({ ann }) => ann.send('PATCH', '/sobjects/Task/Nope__c/x', TASK),
    status: 404, code: 'NOT_FOUND', message: 'Provided external ID field does not exist or is not accessible: Nope__c',
  },
  {
    source: 'salesforce.md §4.3 "Body must not contain the ext field"', name: 'key in address and body',
    send: ({ ann }) => ann.send('PATCH', '/sobjects/Task/ML_Call_Key__c/x', { ...TASK, ML_Call_Key__c: 'x' }),
    status: 400, code: 'INVALID_FIELD', message: 'The ML_Call_Key__c field should not be specified in the sobject data.',
  },
  {
    source: 'salesforce.md §4.3 "Body must not contain the ext field"', name: 'id in address and body',
    send: ({ ann, idOf }) => ann.send('PATCH', `/sobjects/Contact/${idOf('Contact', 'Hall')}`, { Id: 'x' }),
    status: 400, code: 'INVALID_FIELD', message: 'The Id field should not be specified in the sobject data.',
  },
  {
    source: 'salesforce.md §4.3 "updateOnly"', name: 'updateOnly without a record',
    send: ({ ann }) => ann.send('PATCH', '/sobjects/Task/ML_Call_Key__c/none?updateOnly=true', TASK),
    status: 404, code: 'NOT_FOUND', message: 'The requested resource does not exist',
  },
  {
    source: 'salesforce.md §4.3 "Conditional"', name: 'changed since the caller read it',
    send: ({ ann, idOf }) => ann.send('PATCH', `/sobjects/Contact/${idOf('Contact', 'Hall')}`, { Title: 'T' }, { 'if-unmodified-since': 'Thu, 01 Jan 2015 00:00:00 GMT' }),
    status: 412, code: 'PRECONDITION_FAILED', message: 'The record was modified since the given time.',
  },
  {
    source: 'salesforce.md §4.3 table "perms"', name: 'record the user may not see, read',
    send({ org, ann, idOf }) {
      const id = idOf('Contact', 'Hall');
      org.configure({ hiddenIds: [id] });
      return ann.send('GET', `/sobjects/Contact/${id}`);
    },
    status: 404, code: 'NOT_FOUND', message: 'The requested resource does not exist',
  },
  {
    source: 'salesforce.md §4.3 table "perms"', name: 'who is a record the user may not see',
    send({ org, ann, idOf }) {
      const id = idOf('Contact', 'Hall');
      org.configure({ hiddenIds: [id] });
      return ann.send('POST', '/sobjects/Task', { ...TASK, WhoId: id });
    },
    status: 400, code: 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', message: /^insufficient access rights on cross-reference id: 003/, fields: [],
  },
];
