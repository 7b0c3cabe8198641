import {
  address,
  field,
  personName,
  picklist,
  READ_ONLY,
  reference,
  REQUIRED,
  systemFields,
  type Field,
} from './field.ts';
import { object, type ObjectSchema } from './object.ts';

const INDUSTRIES = [
  'Agriculture',
  'Banking',
  'Consulting',
  'Education',
  'Energy',
  'Healthcare',
  'Manufacturing',
  'Retail',
  'Technology',
  'Other',
];

/** Account; with person accounts on it also holds people, whose fields are those of a contact with `Person` before. */
export function accountSchema(personAccounts: boolean): ObjectSchema {
  return object({
    name: 'Account',
    keyPrefix: '001',
    searchable: true,
    fields: [
      ...systemFields('Account', { owner: ['User'] }),
      field('Name', 'string', 'Account Name', { ...REQUIRED, length: 255, nameField: true }),
      picklist('Type', 'Account Type', ['Prospect', 'Customer', 'Partner', 'Reseller', 'Other']),
      reference('ParentId', 'Parent Account ID', ['Account'], {
        relationshipName: 'Parent',
        childRelationship: 'ChildAccounts',
      }),
      ...address('Billing', 'Billing'),
      ...address('Shipping', 'Shipping'),
      field('Phone', 'phone', 'Account Phone'),
      field('Fax', 'phone', 'Account Fax'),
      field('AccountNumber', 'string', 'Account Number', { length: 40 }),
      field('Website', 'url', 'Website'),
      picklist('Industry', 'Industry', INDUSTRIES),
      field('AnnualRevenue', 'currency', 'Annual Revenue', { scale: 0 }),
      field('NumberOfEmployees', 'int', 'Employees'),
      field('Description', 'textarea', 'Account Description', { length: 32000 }),
      picklist('Rating', 'Account Rating', ['Hot', 'Warm', 'Cold']),
      field('Site', 'string', 'Account Site', { length: 80 }),
      picklist('AccountSource', 'Account Source', [
        'Web',
        'Phone Inquiry',
        'Partner Referral',
        'Purchased List',
        'Other',
      ]),
      field('LastActivityDate', 'date', 'Last Activity', READ_ONLY),
      ...(personAccounts ? personFields() : []),
    ],
  });
}

function personFields(): Field[] {
  return [
    ...personName({ nillable: true }).filter(({ describe }) => describe.name !== 'Name'),
    field('IsPersonAccount', 'boolean', 'Is Person Account', READ_ONLY),
    reference('PersonContactId', 'Contact ID', ['Contact'], { ...READ_ONLY, relationshipName: 'PersonContact' }),
    field('PersonEmail', 'email', 'Email'),
    field('PersonMobilePhone', 'phone', 'Mobile'),
    field('PersonHomePhone', 'phone', 'Home Phone'),
    field('PersonOtherPhone', 'phone', 'Other Phone'),
    field('PersonAssistantPhone', 'phone', 'Asst. Phone'),
    field('PersonAssistantName', 'string', 'Assistant', { length: 40 }),
    field('PersonTitle', 'string', 'Title', { length: 80 }),
    field('PersonDepartment', 'string', 'Department', { length: 80 }),
    field('PersonBirthdate', 'date', 'Birthdate'),
    field('PersonDoNotCall', 'boolean', 'Do Not Call'),
    field('PersonHasOptedOutOfEmail', 'boolean', 'Email Opt Out'),
    ...address('PersonMailing', 'Mailing'),
  ];
}
