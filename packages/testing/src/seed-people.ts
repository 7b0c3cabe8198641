import type { CrmUser, FieldValue, RecordKind, CrmRecord } from '@multiline/core';

/** A record of the memory CRM: what lists show, and its other fields by API name. */
export interface MemoryRecord extends CrmRecord {
  readonly fields?: Readonly<Record<string, FieldValue>>;
}

const day = (year: number, month: number, date: number): number => Date.UTC(year, month - 1, date, 12);

/** The kinds of the memory CRM, named as people who know a CRM expect. */
export const seedKinds: readonly RecordKind[] = [
  { name: 'Contact', label: 'Contact', icon: 'person', creatable: true, loggable: true },
  { name: 'PersonAccount', label: 'Person Account', icon: 'person', creatable: false, loggable: true },
  { name: 'Lead', label: 'Lead', icon: 'lead', creatable: true, loggable: true },
  { name: 'Account', label: 'Account', icon: 'account', creatable: true, loggable: true },
  { name: 'Case', label: 'Case', icon: 'case', creatable: true, loggable: true },
  { name: 'User', label: 'Colleague', icon: 'colleague', creatable: false, loggable: false },
];

/** The user of the memory CRM. */
export const seedUser: CrmUser = {
  ref: { kind: 'User', id: 'user-ann' },
  name: 'Ann Agent',
  timeZone: 'America/Los_Angeles',
  locale: 'en-US',
};

const acme = { name: 'Acme', ref: { kind: 'Account', id: 'account-acme' } };

/** The people every stand-in of the project knows, with their numbers in the spellings CRMs are full of. */
export const seedPeople: readonly MemoryRecord[] = [
  { kind: 'Account', id: 'account-acme', name: 'Acme', numbers: ['+1 415 555 0100'], createdAt: day(2024, 1, 8) },
  {
    kind: 'Contact',
    id: 'contact-lucy',
    name: 'Lucy Hall',
    account: acme,
    numbers: ['+14155550101'],
    createdAt: day(2024, 1, 9),
    owner: 'Ann Agent',
    fields: { Title: 'Head of Purchasing', Email: 'lucy.hall@acme.test' },
  },
  {
    kind: 'Lead',
    id: 'lead-larry',
    name: 'Larry Thomas',
    account: { name: 'Thomas & Sons' },
    numbers: ['(415) 555-0102'],
    createdAt: day(2025, 5, 2),
  },
  {
    kind: 'Contact',
    id: 'contact-joan',
    name: 'Joan Bearish',
    account: acme,
    numbers: ['+14155550103'],
    createdAt: day(2025, 3, 1),
  },
  { kind: 'Lead', id: 'lead-joan', name: 'Joan Bearish', numbers: ['+14155550103'], createdAt: day(2025, 6, 1) },
  { kind: 'Lead', id: 'lead-oldest', name: 'Oldest Ong', numbers: ['415.555.0104'], createdAt: day(2023, 2, 1) },
  { kind: 'Lead', id: 'lead-middle', name: 'Middle Mbeki', numbers: ['415.555.0104'], createdAt: day(2024, 2, 1) },
  { kind: 'Lead', id: 'lead-newest', name: 'Newest Ng', numbers: ['415.555.0104'], createdAt: day(2025, 2, 1) },
  {
    kind: 'PersonAccount',
    id: 'person-petra',
    name: 'Petra Person',
    numbers: ['+442079460105'],
    createdAt: day(2025, 1, 15),
  },
  {
    kind: 'Contact',
    id: 'contact-xavier',
    name: 'Xavier Extension',
    account: acme,
    numbers: ['+1 415 555 0106 x12'],
    createdAt: day(2025, 4, 4),
  },
  { kind: 'User', id: 'user-ann', name: 'Ann Agent', numbers: ['1001', '+14155550001'], createdAt: day(2023, 1, 1) },
  { kind: 'User', id: 'user-bob', name: 'Bob Agent', numbers: ['1002', '+14155550002'], createdAt: day(2023, 1, 1) },
];
