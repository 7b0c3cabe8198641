import { field, picklist, READ_ONLY, reference, REQUIRED, systemFields } from './field.ts';
import { object, type ObjectSchema } from './object.ts';

/** Campaign, as far as a call can be about one. */
export function campaignSchema(): ObjectSchema {
  return object({
    name: 'Campaign',
    keyPrefix: '701',
    searchable: true,
    fields: [
      ...systemFields('Campaign', { owner: ['User'] }),
      field('Name', 'string', 'Name', { ...REQUIRED, length: 80, nameField: true }),
      picklist('Type', 'Type', ['Advertisement', 'Telemarketing', 'Webinar', 'Other']),
      picklist('Status', 'Status', ['Planned', 'In Progress', 'Completed', 'Aborted'], { initial: 'Planned' }),
      field('StartDate', 'date', 'Start Date'),
      field('EndDate', 'date', 'End Date'),
      field('IsActive', 'boolean', 'Active'),
      field('Description', 'textarea', 'Description', { length: 32000 }),
    ],
  });
}

/** Opportunity, as far as a call can be about one. */
export function opportunitySchema(): ObjectSchema {
  return object({
    name: 'Opportunity',
    labelPlural: 'Opportunities',
    keyPrefix: '006',
    searchable: true,
    fields: [
      ...systemFields('Opportunity', { owner: ['User'] }),
      reference('AccountId', 'Account ID', ['Account'], { childRelationship: 'Opportunities' }),
      field('Name', 'string', 'Name', { ...REQUIRED, length: 120, nameField: true }),
      picklist(
        'StageName',
        'Stage',
        ['Prospecting', 'Qualification', 'Proposal', 'Closed Won', 'Closed Lost'],
        REQUIRED,
      ),
      field('CloseDate', 'date', 'Close Date', REQUIRED),
      field('Amount', 'currency', 'Amount'),
      field('IsClosed', 'boolean', 'Closed', READ_ONLY),
      field('IsWon', 'boolean', 'Won', READ_ONLY),
      field('Description', 'textarea', 'Description', { length: 32000 }),
    ],
  });
}

/** QuickText: prepared messages. Its name and message can be neither filtered nor sorted by (salesforce.md §4.4). */
export function quickTextSchema(): ObjectSchema {
  const unsorted = { filterable: false, sortable: false, groupable: false, aggregatable: false };
  return object({
    name: 'QuickText',
    label: 'Quick Text',
    labelPlural: 'Quick Text',
    keyPrefix: '574',
    fields: [
      ...systemFields('Quick Text', { owner: ['User'] }),
      field('Name', 'string', 'Quick Text Name', { ...REQUIRED, ...unsorted, length: 255, nameField: true }),
      field('Message', 'textarea', 'Message', { ...REQUIRED, ...unsorted, length: 4096 }),
      picklist('Category', 'Category', ['Greetings', 'FAQ', 'Closings']),
      picklist(
        'Channel',
        'Channel',
        ['Email', 'Event', 'Internal', 'Knowledge', 'Live Agent', 'Phone', 'Portal', 'Social', 'Task'],
        {
          type: 'multipicklist',
          sortable: false,
        },
      ),
      field('FolderName', 'string', 'Folder Name', { ...READ_ONLY, length: 255 }),
      field('IsInsertable', 'boolean', 'Include in selected channels', { defaultValue: true }),
    ],
  });
}

/** TaskStatus: which task statuses there are, and which of them mean done (salesforce.md §4.4). */
export function taskStatusSchema(): ObjectSchema {
  return object({
    name: 'TaskStatus',
    label: 'Task Status Value',
    labelPlural: 'Task Status Values',
    keyPrefix: '01Q',
    writable: false,
    fields: [
      ...systemFields('Task Status Value').filter(({ describe }) => describe.name !== 'IsDeleted'),
      field('MasterLabel', 'string', 'Master Label', READ_ONLY),
      field('ApiName', 'string', 'API Name', READ_ONLY),
      field('SortOrder', 'int', 'Sort Order', READ_ONLY),
      field('IsDefault', 'boolean', 'Is Default', READ_ONLY),
      field('IsClosed', 'boolean', 'Is Closed', READ_ONLY),
    ],
  });
}

/** Group: queues, which can own leads, cases and tasks. */
export function groupSchema(): ObjectSchema {
  return object({
    name: 'Group',
    keyPrefix: '00G',
    writable: false,
    fields: [
      ...systemFields('Group').filter(({ describe }) => describe.name !== 'IsDeleted'),
      field('Name', 'string', 'Name', { ...READ_ONLY, length: 40, nameField: true }),
      field('DeveloperName', 'string', 'Developer Name', { ...READ_ONLY, length: 80 }),
      picklist('Type', 'Type', ['Regular', 'Queue'], { ...READ_ONLY, restrictedPicklist: true }),
    ],
  });
}
