import type { Activity, Crm, RecordRef } from '@multiline/core';
import type { CrmCapability } from '../memory-crm.ts';
import type { It } from './expectation.ts';

/** The seed people by their refs in the CRM under test. Numbers and spellings are those of {@link seedPeople}. */
export interface KnownPeople {
  /** A contact of the account Acme, `+14155550101`. */
  readonly lucy: RecordRef;
  /** A lead, stored as `(415) 555-0102`. */
  readonly larry: RecordRef;
  /** A contact and a lead, both `+14155550103`. */
  readonly joanContact: RecordRef;
  readonly joanLead: RecordRef;
  /** Three leads stored as `415.555.0104`, from the oldest to the newest. */
  readonly leads: readonly [RecordRef, RecordRef, RecordRef];
  /** `+442079460105`. */
  readonly petra: RecordRef;
  /** A contact stored as `+1 415 555 0106 x12`. */
  readonly xavier: RecordRef;
}

/** A CRM under test, with what the suite needs to look behind it. */
export interface CrmUnderTest {
  readonly crm: Crm;
  readonly people: KnownPeople;
  /** How many activities of this key stand in the CRM, asked of the CRM itself. */
  countActivities(key: string): Promise<number> | number;
  /** The notes of the activity as the CRM has them. */
  readNotes(key: string): Promise<string | undefined> | string | undefined;
  /** Somebody else writes the notes. */
  editNotesElsewhere(key: string, text: string): Promise<void> | void;
  /** Somebody else deletes a record. */
  removeRecord(ref: RecordRef): Promise<void> | void;
  /** For the control `countRequests`: how many requests the adapter has made so far. */
  countRequests?(): Promise<number> | number;
  /** For the control `cutAfterWrite`: the next write is done, its answer is lost. */
  cutAfterWrite?(): Promise<void> | void;
  /** For the control `hangNext`: the next request gets no answer. */
  hangNext?(): Promise<void> | void;
  stop?(): Promise<void> | void;
}

/** What else the suite may do to the CRM under test. */
export type CrmControl = 'countRequests' | 'cutAfterWrite' | 'hangNext';

export interface CrmConformanceOptions {
  readonly it: It;
  /** Makes the adapter and a CRM with the seed people, anew for each case. */
  readonly make: () => Promise<CrmUnderTest> | CrmUnderTest;
  /** The optional methods the adapter has; the suite checks these, and that the others are absent. Default: all. */
  readonly offers?: readonly CrmCapability[];
  readonly controls?: readonly CrmControl[];
}

/** Every optional method of the port. */
export const CAPABILITIES: readonly CrmCapability[] = [
  'me',
  'search',
  'read',
  'logActivities',
  'activities',
  'url',
  'create',
];

/** Declares one case: makes the CRM, runs, stops. */
export type CrmCase = (title: string, run: (subject: CrmUnderTest) => Promise<void>) => void;

/** How the suites of the parts are called. */
export interface CrmSuite {
  readonly test: CrmCase;
  readonly offers: ReadonlySet<CrmCapability>;
  readonly controls: ReadonlySet<CrmControl>;
}

let count = 0;

/** A key nobody has used yet, as long as the real ones: the CRM under test may be one that remembers. */
export function newKey(): string {
  const unique = `${Date.now().toString(16)}${(count++).toString(16)}${Math.random().toString(16).slice(2)}`;
  return unique.padEnd(64, 'c').slice(0, 64);
}

/** One answered call, under this record. */
export function callOf(record: RecordRef | null, changes: Partial<Activity> = {}): Activity {
  return {
    type: 'call',
    record,
    subject: 'Call from +14155550101',
    direction: 'inbound',
    number: '+14155550101',
    startedAt: Date.UTC(2026, 2, 2, 17, 30),
    durationMs: 61_000,
    day: '2026-03-02',
    outcome: 'completed',
    notes: 'Asked about the invoice.',
    correlation: 'a84b4c76e66710@customer.test',
    ...changes,
  };
}
