import { type Activity, MultiLineError, type RecordRef } from '@multiline/core';
import { expect } from '@open-wc/testing';
import { type PracticeOrg, type Row, practiceOrg } from './practice-org.ts';

let count = 0;

/** A key nobody has used yet. */
export function newKey(): string {
  return `key-${++count}-${'0123456789abcdef'.repeat(3)}`;
}

/** A call of 61 seconds that ended just now; each key made so far has a call of its own. */
export function call(record: RecordRef | null, changes: Partial<Activity> = {}): Activity {
  return {
    type: 'call',
    record,
    subject: 'Call from Lucy Hall',
    direction: 'inbound',
    number: '+14155550101',
    startedAt: Date.now() - 61_000,
    durationMs: 61_000,
    day: '2026-11-20',
    outcome: 'completed',
    notes: 'Asked about the invoice.',
    correlation: `call-${count}@customer.test`,
    ...changes,
  };
}

const COLUMNS =
  'Id, Subject, Description, Status, IsClosed, TaskSubtype, CallType, CallDurationInSeconds, CallDisposition, ' +
  'CallObject, ActivityDate, WhoId, WhatId, Owner.Name, ML_Call_Key__c';

/** The one Task of this key; fails when there is none or more than one. */
export async function task(org: PracticeOrg, key: string): Promise<Row> {
  const [row, ...more] = await org.query(`SELECT ${COLUMNS} FROM Task WHERE ML_Call_Key__c = '${key}'`);
  if (!row || more.length > 0) throw new Error(`${row ? more.length + 1 : 0} Tasks have the key ${key}.`);
  return row;
}

/** What a promise rejects with; fails when it does not, or with anything but a typed error. */
export async function rejection(promise: Promise<unknown>): Promise<MultiLineError> {
  const error = await promise.then(
    (value) => new Error(`It did not reject: ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown,
  );
  expect(error).to.be.instanceOf(MultiLineError);
  return error as MultiLineError;
}

/** A practice org for the tests of a suite, as seeded before each; the people who call in it. */
export function seededOrg(options?: object): { readonly org: PracticeOrg; readonly lucy: RecordRef } {
  const seeded: { org?: PracticeOrg; lucy?: RecordRef } = {};
  before(async () => {
    seeded.org = await practiceOrg(options);
  });
  beforeEach(async () => {
    await seeded.org?.reset();
    const lucy = await seeded.org?.find('Contact', "Name = 'Lucy Hall'");
    if (lucy) seeded.lucy = lucy;
  });
  after(() => seeded.org?.stop());
  return seeded as { org: PracticeOrg; lucy: RecordRef };
}
