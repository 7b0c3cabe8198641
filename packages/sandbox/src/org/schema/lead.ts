import { address, field, personName, picklist, READ_ONLY, reference, REQUIRED, systemFields } from './field.ts';
import { object, type ObjectSchema } from './object.ts';

/** Lead. With person accounts on, a lead without a company is a person, so `Company` may then stay empty (§4.4). */
export function leadSchema(personAccounts: boolean): ObjectSchema {
  return object({
    name: 'Lead',
    keyPrefix: '00Q',
    searchable: true,
    fields: [
      ...systemFields('Lead', { owner: ['User', 'Group'] }),
      ...personName(),
      field('Title', 'string', 'Title', { length: 128 }),
      field('Company', 'string', 'Company', { length: 255, ...(personAccounts ? {} : REQUIRED) }),
      ...address('', ''),
      field('Phone', 'phone', 'Phone'),
      field('MobilePhone', 'phone', 'Mobile Phone'),
      field('Fax', 'phone', 'Fax'),
      field('Email', 'email', 'Email'),
      field('Website', 'url', 'Website'),
      field('Description', 'textarea', 'Description', { length: 32000 }),
      picklist('LeadSource', 'Lead Source', ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other']),
      picklist(
        'Status',
        'Status',
        ['Open - Not Contacted', 'Working - Contacted', 'Closed - Converted', 'Closed - Not Converted'],
        {
          nillable: false,
          initial: 'Open - Not Contacted',
        },
      ),
      picklist('Industry', 'Industry', [
        'Banking',
        'Consulting',
        'Education',
        'Healthcare',
        'Retail',
        'Technology',
        'Other',
      ]),
      picklist('Rating', 'Rating', ['Hot', 'Warm', 'Cold']),
      field('AnnualRevenue', 'currency', 'Annual Revenue', { scale: 0 }),
      field('NumberOfEmployees', 'int', 'Employees'),
      field('HasOptedOutOfEmail', 'boolean', 'Email Opt Out'),
      field('DoNotCall', 'boolean', 'Do Not Call'),
      field('IsConverted', 'boolean', 'Converted', READ_ONLY),
      field('ConvertedDate', 'date', 'Converted Date', READ_ONLY),
      reference('ConvertedAccountId', 'Converted Account ID', ['Account'], READ_ONLY),
      reference('ConvertedContactId', 'Converted Contact ID', ['Contact'], READ_ONLY),
      reference('ConvertedOpportunityId', 'Converted Opportunity ID', ['Opportunity'], READ_ONLY),
      field('IsUnreadByOwner', 'boolean', 'Unread By Owner', { defaultValue: true }),
      field('LastActivityDate', 'date', 'Last Activity', READ_ONLY),
    ],
  });
}
