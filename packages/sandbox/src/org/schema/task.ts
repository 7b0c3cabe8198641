import { field, picklist, READ_ONLY, reference, systemFields, type Field } from './field.ts';
import { object, type ObjectSchema } from './object.ts';

/** How the org keeps our external id on activities: as a unique one, as a plain one, or not at all. */
export type CallKeyField = 'unique' | 'not-unique' | 'absent';

/** The objects a task can be about. */
const WHAT_OBJECTS = ['Account', 'Opportunity', 'Campaign', 'Case'] as const;

/** Task: an activity; a call is one whose `TaskSubtype` is `Call` (salesforce.md §4.4). */
export function taskSchema(callKeyField: CallKeyField): ObjectSchema {
  return object({
    name: 'Task',
    keyPrefix: '00T',
    searchable: true,
    fields: [
      ...systemFields('Activity', { owner: ['User', 'Group'] }),
      reference('WhoId', 'Name ID', ['Contact', 'Lead'], { relationshipName: 'Who', childRelationship: 'Tasks' }),
      reference('WhatId', 'Related To ID', WHAT_OBJECTS, { relationshipName: 'What', childRelationship: 'Tasks' }),
      field('WhoCount', 'int', 'Relation Count', READ_ONLY),
      field('WhatCount', 'int', 'Related To Count', READ_ONLY),
      field('Subject', 'combobox', 'Subject', {
        length: 255,
        picklistValues: ['Call', 'Email', 'Send Letter', 'Send Quote', 'Other'].map((value) => ({
          active: true,
          defaultValue: false,
          label: value,
          validFor: null,
          value,
        })),
      }),
      field('ActivityDate', 'date', 'Due Date Only'),
      picklist('Status', 'Status', ['Not Started', 'In Progress', 'Completed', 'Waiting on someone else', 'Deferred'], {
        nillable: false,
        initial: 'Not Started',
      }),
      picklist('Priority', 'Priority', ['High', 'Normal', 'Low'], { nillable: false, initial: 'Normal' }),
      field('IsHighPriority', 'boolean', 'High Priority', READ_ONLY),
      field('Description', 'textarea', 'Description', { length: 32000 }),
      reference('AccountId', 'Account ID', ['Account'], { ...READ_ONLY }),
      field('IsClosed', 'boolean', 'Closed', READ_ONLY),
      field('IsArchived', 'boolean', 'Archived', READ_ONLY),
      picklist('TaskSubtype', 'Task Subtype', ['Task', 'Email', 'ListEmail', 'Cadence', 'Call', 'LinkedIn'], {
        updateable: false,
        restrictedPicklist: true,
        initial: 'Task',
      }),
      field('CallDurationInSeconds', 'int', 'Call Duration'),
      picklist('CallType', 'Call Type', ['Internal', 'Inbound', 'Outbound'], { restrictedPicklist: true, length: 40 }),
      field('CallDisposition', 'string', 'Call Result', { length: 255 }),
      field('CallObject', 'string', 'Call Object Identifier', { length: 255 }),
      field('IsReminderSet', 'boolean', 'Reminder Set'),
      field('ReminderDateTime', 'datetime', 'Reminder Date/Time'),
      field('IsRecurrence', 'boolean', 'Create Recurring Series of Tasks', { updateable: false }),
      field('CompletedDateTime', 'datetime', 'Completed Date', READ_ONLY),
      field('ML_MOS__c', 'double', 'ML MOS'),
      ...callKey(callKeyField),
    ],
  });
}

function callKey(kind: CallKeyField): Field[] {
  if (kind === 'absent') return [];
  const unique = kind === 'unique';
  return [field('ML_Call_Key__c', 'string', 'ML Call Key', { length: 255, externalId: true, unique, idLookup: true })];
}
