import { address, field, personName, picklist, READ_ONLY, reference, systemFields } from './field.ts';
import { object, type ObjectSchema } from './object.ts';

/** Contact: a person at an account. */
export function contactSchema(personAccounts: boolean): ObjectSchema {
  return object({
    name: 'Contact',
    keyPrefix: '003',
    searchable: true,
    fields: [
      ...systemFields('Contact', { owner: ['User'] }),
      reference('AccountId', 'Account ID', ['Account'], { childRelationship: 'Contacts' }),
      ...personName(),
      ...address('Other', 'Other'),
      ...address('Mailing', 'Mailing'),
      field('Phone', 'phone', 'Business Phone'),
      field('Fax', 'phone', 'Business Fax'),
      field('MobilePhone', 'phone', 'Mobile Phone'),
      field('HomePhone', 'phone', 'Home Phone'),
      field('OtherPhone', 'phone', 'Other Phone'),
      field('AssistantPhone', 'phone', 'Asst. Phone'),
      reference('ReportsToId', 'Reports To ID', ['Contact'], { relationshipName: 'ReportsTo' }),
      field('Email', 'email', 'Email'),
      field('Title', 'string', 'Title', { length: 128 }),
      field('Department', 'string', 'Department', { length: 80 }),
      field('AssistantName', 'string', "Assistant's Name", { length: 40 }),
      picklist('LeadSource', 'Lead Source', ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other']),
      field('Birthdate', 'date', 'Birthdate'),
      field('Description', 'textarea', 'Contact Description', { length: 32000 }),
      field('HasOptedOutOfEmail', 'boolean', 'Email Opt Out'),
      field('DoNotCall', 'boolean', 'Do Not Call'),
      field('LastActivityDate', 'date', 'Last Activity', READ_ONLY),
      ...(personAccounts ? [field('IsPersonAccount', 'boolean', 'Is Person Account', READ_ONLY)] : []),
    ],
  });
}
