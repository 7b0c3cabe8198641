import type { CrmRecord, RecordKind } from '@multiline/core';
import { type Row, objectOf, text, time } from './org.ts';
import { validId } from './queries.ts';

/** Names of the kinds this adapter knows. A person account is an Account to the org and a person to everybody else. */
export type KindName = 'Contact' | 'PersonAccount' | 'Lead' | 'Account' | 'Case' | 'User';

export const KINDS: Readonly<Record<KindName, RecordKind>> = {
  Contact: { name: 'Contact', label: 'Contact', icon: 'person', creatable: true, loggable: true },
  PersonAccount: { name: 'PersonAccount', label: 'Person Account', icon: 'person', creatable: false, loggable: true },
  Lead: { name: 'Lead', label: 'Lead', icon: 'lead', creatable: true, loggable: true },
  Account: { name: 'Account', label: 'Account', icon: 'account', creatable: true, loggable: true },
  Case: { name: 'Case', label: 'Case', icon: 'case', creatable: true, loggable: true },
  User: { name: 'User', label: 'Colleague', icon: 'colleague', creatable: false, loggable: false },
};

/** An object of the org that holds records with numbers. */
export interface PhoneObject {
  readonly name: 'Contact' | 'Lead' | 'Account' | 'User';
  /** Columns with numbers. */
  readonly numbers: readonly string[];
  /** The other columns a list shows. `Id` and `Name` come of themselves. */
  readonly columns: readonly string[];
  /** What every query of it is limited to. */
  readonly where?: string;
}

const PERSON_NUMBERS = ['PersonMobilePhone', 'PersonHomePhone', 'PersonOtherPhone', 'PersonAssistantPhone'];
const STAMPS = ['CreatedDate', 'LastModifiedDate', 'Owner.Name'];

/** Columns an org has only with person accounts switched on. */
export const PERSON_COLUMNS: readonly string[] = [
  ...PERSON_NUMBERS,
  'PersonDoNotCall',
  'PersonContactId',
  'IsPersonAccount',
];

const PHONE_OBJECTS: Readonly<Record<PhoneObject['name'], PhoneObject>> = {
  Contact: {
    name: 'Contact',
    numbers: ['Phone', 'MobilePhone', 'HomePhone', 'OtherPhone', 'AssistantPhone'],
    columns: ['AccountId', 'Account.Name', 'DoNotCall', 'IsPersonAccount', ...STAMPS],
  },
  Account: {
    name: 'Account',
    numbers: ['Phone', ...PERSON_NUMBERS],
    columns: ['IsPersonAccount', 'PersonContactId', 'PersonDoNotCall', ...STAMPS],
  },
  Lead: {
    name: 'Lead',
    numbers: ['Phone', 'MobilePhone'],
    columns: ['Company', 'DoNotCall', ...STAMPS],
    // A converted lead lives on as a contact.
    where: 'IsConverted = false',
  },
  User: {
    name: 'User',
    numbers: ['Phone', 'MobilePhone', 'Extension'],
    columns: ['CreatedDate', 'LastModifiedDate'],
    where: 'IsActive = true',
  },
};

/** The objects that hold the records of these kinds. */
export function phoneObjectsOf(kinds: readonly RecordKind[]): readonly PhoneObject[] {
  const names = new Set(kinds.map(({ name }) => sobjectOf(name)));
  return Object.values(PHONE_OBJECTS).filter(({ name }) => names.has(name));
}

/** The object of the org that holds records of a kind. */
export function sobjectOf(kind: string): string {
  return kind === 'PersonAccount' ? 'Account' : kind;
}

/** A row as a record, or null where it is none of the kinds: a person account's shadow contact, an object not asked for. */
export function recordOf(row: Row, kinds: readonly RecordKind[]): CrmRecord | null {
  const object = objectOf(row);
  const id = text(row, 'Id');
  const person = row['IsPersonAccount'] === true;
  // The contact inside a person account is that same person.
  if (!id || !validId(id) || (person && object !== 'Account')) return null;
  const kind = person ? 'PersonAccount' : object;
  if (!kinds.some(({ name }) => name === kind)) return null;

  const account = accountOf(row);
  const owner = text(row, 'Owner.Name');
  const createdAt = time(row, 'CreatedDate');
  const modifiedAt = time(row, 'LastModifiedDate');
  return {
    kind,
    id,
    name: text(row, 'Name') ?? text(row, 'Subject') ?? text(row, 'CaseNumber') ?? id,
    numbers: numbersIn(row),
    ...(account && { account }),
    ...(row['DoNotCall'] === true || row['PersonDoNotCall'] === true ? { doNotCall: true } : {}),
    ...(owner === undefined ? {} : { owner }),
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(modifiedAt === undefined ? {} : { modifiedAt }),
  };
}

function accountOf(row: Row): CrmRecord['account'] {
  const name = text(row, 'Account.Name') ?? text(row, 'Company');
  const id = text(row, 'AccountId');
  if (name === undefined) return undefined;
  return id === undefined ? { name } : { name, ref: { kind: 'Account', id } };
}

/** Every number of a row, each once, in the order of its object's columns. */
function numbersIn(row: Row): readonly string[] {
  const object = Object.values(PHONE_OBJECTS).find(({ name }) => name === objectOf(row));
  const numbers = (object?.numbers ?? []).map((column) => text(row, column));
  return [...new Set(numbers.filter((number) => number !== undefined))];
}
