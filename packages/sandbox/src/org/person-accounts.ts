import { refusals } from './errors.ts';
import type { Row } from './exchange.ts';

/** Fields of a person account and the contact's own names for them. */
const SHARED: Record<string, string> = {
  LastName: 'LastName',
  FirstName: 'FirstName',
  Salutation: 'Salutation',
  Phone: 'Phone',
  Fax: 'Fax',
  OwnerId: 'OwnerId',
  PersonEmail: 'Email',
  PersonMobilePhone: 'MobilePhone',
  PersonHomePhone: 'HomePhone',
  PersonOtherPhone: 'OtherPhone',
  PersonAssistantPhone: 'AssistantPhone',
  PersonAssistantName: 'AssistantName',
  PersonTitle: 'Title',
  PersonDepartment: 'Department',
  PersonBirthdate: 'Birthdate',
  PersonDoNotCall: 'DoNotCall',
  PersonHasOptedOutOfEmail: 'HasOptedOutOfEmail',
  PersonMailingStreet: 'MailingStreet',
  PersonMailingCity: 'MailingCity',
  PersonMailingState: 'MailingState',
  PersonMailingPostalCode: 'MailingPostalCode',
  PersonMailingCountry: 'MailingCountry',
};

/** Whether these fields of a new account make it a person, and refuses what can be neither. */
export function person(row: Row): boolean {
  const personal = Boolean(row['LastName'] || row['FirstName']);
  if (personal && row['Name']) throw refusals.invalidField('Account: bad field names on insert/update call: Name');
  return personal;
}

/** The fields of the contact that stands behind a person account. */
export function contactFields(account: Readonly<Row>): Row {
  const fields: Row = {};
  for (const [accountField, contactField] of Object.entries(SHARED))
    fields[contactField] = account[accountField] ?? null;
  fields['DoNotCall'] ??= false;
  fields['HasOptedOutOfEmail'] ??= false;
  return fields;
}
