import { post, TASK, type Refusal } from './refusal.ts';

const LONG = 'x'.repeat(256);
const WRITE_HINT =
  '. Please check the security settings of this field and verify that it is read/write for your profile or permission set.';

/** Fields that are missing, unknown, not writable or hold what they may not. */
// prettier-ignore
export const REFUSED_FIELDS: readonly Refusal[] = [
  {
    source: 'salesforce.md §4.3 table "required"', name: 'contact without last name',
    send: post('Contact', { FirstName: 'A' }),
    status: 400, code: 'REQUIRED_FIELD_MISSING', message: 'Required fields are missing: [LastName]', fields: ['LastName'],
  },
  {
    source: 'salesforce.md §4.3 table "required", §4.4 Lead', name: 'lead without last name and company, person accounts off',
    send({ org, ann }) {
      org.configure({ personAccounts: false });
      return ann.send('POST', '/sobjects/Lead', {});
    },
    status: 400, code: 'REQUIRED_FIELD_MISSING', message: 'Required fields are missing: [LastName, Company]', fields: ['LastName', 'Company'],
  },
  {
    source: 'salesforce.md §4.3 table "required"', name: 'account without name',
    send: post('Account', { Phone: '1' }),
    status: 400, code: 'REQUIRED_FIELD_MISSING', message: 'Required fields are missing: [Name]', fields: ['Name'],
  },
  {
    source: 'salesforce.md §4.3 table "required"', name: 'person account without last name',
    send: post('Account', { FirstName: 'P' }),
    status: 400, code: 'REQUIRED_FIELD_MISSING', message: 'Required fields are missing: [LastName]', fields: ['LastName'],
  },
  {
    source: 'salesforce.md §4.3 table "required"', name: 'required field emptied',
    send: ({ ann, idOf }) => ann.send('PATCH', `/sobjects/Contact/${idOf('Contact', 'Hall')}`, { LastName: '' }),
    status: 400, code: 'REQUIRED_FIELD_MISSING', message: 'Required fields are missing: [LastName]', fields: ['LastName'],
  },
  {
    source: 'salesforce.md §4.3 table "bad column (DML)"', name: 'unknown column',
    send: post('Lead', { LastName: 'L', foo__c: 1 }),
    status: 400, code: 'INVALID_FIELD', message: "No such column 'foo__c' on sobject of type Lead",
  },
  {
    source: 'salesforce.md §4.3 table "bad column (DML)"', name: 'the call key where the org has no such field',
    send({ org, ann }) {
      org.configure({ callKeyField: 'absent' });
      return ann.send('POST', '/sobjects/Task', { ...TASK, ML_Call_Key__c: 'k' });
    },
    status: 400, code: 'INVALID_FIELD', message: "No such column 'ML_Call_Key__c' on sobject of type Task",
  },
  {
    source: 'salesforce.md §6 "FLS"', name: 'column hidden by field-level security',
    send({ org, ann }) {
      org.configure({ hiddenFields: ['Task.Description'] });
      return ann.send('POST', '/sobjects/Task', { ...TASK, Description: 'd' });
    },
    status: 400, code: 'INVALID_FIELD', message: "No such column 'Description' on sobject of type Task",
  },
  {
    source: 'salesforce.md §4.3 table "bad column (DML)"', name: 'field the platform sets',
    send: post('Contact', { LastName: 'L', CreatedDate: '2026-01-01T00:00:00Z' }),
    status: 400, code: 'INVALID_FIELD_FOR_INSERT_UPDATE', message: `Unable to create/update fields: CreatedDate${WRITE_HINT}`, fields: ['CreatedDate'],
  },
  {
    source: 'salesforce.md §4.3 table "bad column (DML)"', name: 'several such fields',
    send: post('Task', { ...TASK, IsClosed: true, AccountId: null }),
    status: 400, code: 'INVALID_FIELD_FOR_INSERT_UPDATE', message: `Unable to create/update fields: IsClosed, AccountId${WRITE_HINT}`, fields: ['IsClosed', 'AccountId'],
  },
  {
    source: 'salesforce.md §4.4 Task "TaskSubtype cannot be updated"', name: 'task subtype changed',
    send: ({ ann }) => ann.send('PATCH', `/sobjects/Task/${ann.create('Task', TASK)}`, { TaskSubtype: 'Call' }),
    status: 400, code: 'INVALID_FIELD_FOR_INSERT_UPDATE', message: `Unable to create/update fields: TaskSubtype${WRITE_HINT}`, fields: ['TaskSubtype'],
  },
  {
    source: 'salesforce.md §4.3 table "bad column (DML)", FLS', name: 'read-only by field-level security',
    send({ org, ann }) {
      org.configure({ readOnlyFields: ['Task.Description'] });
      return ann.send('POST', '/sobjects/Task', { ...TASK, Description: 'd' });
    },
    status: 400, code: 'INVALID_FIELD_FOR_INSERT_UPDATE', message: `Unable to create/update fields: Description${WRITE_HINT}`, fields: ['Description'],
  },
  {
    source: 'salesforce.md §4.3 table "too long"', name: 'subject of 256 characters',
    send: post('Task', { ...TASK, Subject: LONG }),
    status: 400, code: 'STRING_TOO_LONG', message: `Subject: data value too large: ${LONG} (max length=255)`, fields: ['Subject'],
  },
  {
    source: 'salesforce.md §4.4 Task "Description 32000"', name: 'description of 32,001 characters',
    send: post('Task', { ...TASK, Description: 'd'.repeat(32001) }),
    status: 400, code: 'STRING_TOO_LONG', message: `Description: data value too large: ${'d'.repeat(32001)} (max length=32000)`, fields: ['Description'],
  },
  {
    source: 'salesforce.md §4.2 "max 40 chars"', name: 'phone of 41 characters',
    send: post('Contact', { LastName: 'L', Phone: '1'.repeat(41) }),
    status: 400, code: 'STRING_TOO_LONG', message: `Business Phone: data value too large: ${'1'.repeat(41)} (max length=40)`, fields: ['Phone'],
  },
  {
    source: 'salesforce.md §4.4 Lead "LastName(80)"', name: 'last name of 81 characters',
    send: post('Lead', { LastName: 'l'.repeat(81) }),
    status: 400, code: 'STRING_TOO_LONG', message: `Last Name: data value too large: ${'l'.repeat(81)} (max length=80)`, fields: ['LastName'],
  },
  {
    source: 'salesforce.md §4.3 "Upsert", §7 "length 255"', name: 'call key of 256 characters',
    send: ({ ann }) => ann.send('PATCH', `/sobjects/Task/ML_Call_Key__c/${LONG}`, TASK),
    status: 400, code: 'STRING_TOO_LONG', message: `ML Call Key: data value too large: ${LONG} (max length=255)`, fields: ['ML_Call_Key__c'],
  },
  {
    source: 'salesforce.md §4.3 table "bad picklist", §4.4 CallType', name: 'call type outside its picklist',
    send: post('Task', { ...TASK, CallType: 'Sideways' }),
    status: 400, code: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message: 'Call Type: bad value for restricted picklist field: Sideways', fields: ['CallType'],
  },
  {
    source: 'salesforce.md §4.3 table "bad picklist"', name: 'task subtype outside its picklist',
    send: post('Task', { TaskSubtype: 'Chat' }),
    status: 400, code: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message: 'Task Subtype: bad value for restricted picklist field: Chat', fields: ['TaskSubtype'],
  },
  {
    source: 'salesforce.md §4.3 table "bad email"', name: 'malformed e-mail address',
    send: post('Contact', { LastName: 'L', Email: 'nobody@' }),
    status: 400, code: 'INVALID_EMAIL_ADDRESS', message: 'Email: invalid email address: nobody@', fields: ['Email'],
  },
  {
    source: 'salesforce.md §4.4 Task "CallDurationInSeconds int"', name: 'duration with a fraction',
    send: post('Task', { ...TASK, CallDurationInSeconds: 1.5 }),
    status: 400, code: 'JSON_PARSER_ERROR', message: /^Cannot deserialize instance of int from VALUE_NUMBER_FLOAT value 1\.5 /,
  },
  {
    source: 'salesforce.md §4.4 Task "CallDurationInSeconds int"', name: 'duration in words',
    send: post('Task', { ...TASK, CallDurationInSeconds: 'long' }),
    status: 400, code: 'JSON_PARSER_ERROR', message: /^Cannot deserialize instance of int from VALUE_STRING value long /,
  },
  {
    source: 'salesforce.md §4.4 Task "ActivityDate = date only"', name: 'date with a time',
    send: post('Task', { ...TASK, ActivityDate: '2026-11-20T10:00:00Z' }),
    status: 400, code: 'JSON_PARSER_ERROR', message: /^Cannot deserialize instance of date from VALUE_STRING value 2026-11-20T10:00:00Z /,
  },
  {
    source: 'salesforce.md §4.4 Task "ActivityDate = date only"', name: 'a day that never was',
    send: post('Task', { ...TASK, ActivityDate: '2026-02-30' }),
    status: 400, code: 'JSON_PARSER_ERROR', message: /^Cannot deserialize instance of date from VALUE_STRING value 2026-02-30 /,
  },
  {
    source: 'salesforce.md §4.3 table "JSON"', name: 'number for a text',
    send: post('Task', { ...TASK, Subject: 5 }),
    status: 400, code: 'JSON_PARSER_ERROR', message: /^Cannot deserialize instance of string from VALUE_NUMBER_INT value 5 /,
  },
  {
    source: 'salesforce.md §4.3 table "JSON"', name: 'null for a checkbox',
    send: post('Contact', { LastName: 'L', DoNotCall: null }),
    status: 400, code: 'JSON_PARSER_ERROR', message: /^Cannot deserialize instance of boolean from VALUE_NULL value null /,
  },
  {
    source: 'salesforce.md §4.4 person account', name: 'name of a person account in one piece',
    send: post('Account', { Name: 'P Q', LastName: 'Q' }),
    status: 400, code: 'INVALID_FIELD', message: 'Account: bad field names on insert/update call: Name',
  },
];
