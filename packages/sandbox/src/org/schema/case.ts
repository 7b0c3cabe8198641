import { field, picklist, READ_ONLY, reference, systemFields } from './field.ts';
import { object, type ObjectSchema } from './object.ts';

/** Case: a customer's question or complaint. */
export function caseSchema(): ObjectSchema {
  return object({
    name: 'Case',
    keyPrefix: '500',
    searchable: true,
    fields: [
      ...systemFields('Case', { owner: ['User', 'Group'] }),
      field('CaseNumber', 'string', 'Case Number', {
        ...READ_ONLY,
        length: 30,
        nillable: false,
        autoNumber: true,
        defaultedOnCreate: true,
        nameField: true,
        idLookup: true,
      }),
      reference('ContactId', 'Contact ID', ['Contact'], { childRelationship: 'Cases' }),
      reference('AccountId', 'Account ID', ['Account'], { childRelationship: 'Cases' }),
      reference('ParentId', 'Parent Case ID', ['Case'], { relationshipName: 'Parent', childRelationship: 'Cases' }),
      field('SuppliedName', 'string', 'Name', { length: 80 }),
      field('SuppliedEmail', 'email', 'Email Address'),
      field('SuppliedPhone', 'string', 'Phone', { length: 40 }),
      field('SuppliedCompany', 'string', 'Company', { length: 80 }),
      picklist('Type', 'Case Type', ['Problem', 'Feature Request', 'Question']),
      picklist('Status', 'Status', ['New', 'Working', 'Escalated', 'Closed'], { initial: 'New' }),
      picklist('Reason', 'Case Reason', ['Installation', 'Performance', 'Breakdown', 'Feedback', 'Other']),
      picklist('Origin', 'Case Origin', ['Phone', 'Email', 'Web']),
      field('Subject', 'string', 'Subject', { length: 255 }),
      picklist('Priority', 'Priority', ['High', 'Medium', 'Low'], { initial: 'Medium' }),
      field('Description', 'textarea', 'Description', { length: 32000 }),
      field('IsClosed', 'boolean', 'Closed', READ_ONLY),
      field('ClosedDate', 'datetime', 'Closed Date', READ_ONLY),
      field('IsEscalated', 'boolean', 'Escalated'),
      field('ContactPhone', 'phone', 'Contact Phone', READ_ONLY),
      field('ContactMobile', 'phone', 'Contact Mobile', READ_ONLY),
      field('ContactEmail', 'email', 'Contact Email', { ...READ_ONLY, idLookup: false }),
      field('Comments', 'textarea', 'Internal Comments', { length: 4000 }),
    ],
  });
}
