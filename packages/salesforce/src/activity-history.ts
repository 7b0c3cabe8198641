import type { ActivitySummary, CrmUser, RecordRef } from '@multiline/core';
import { type Org, type Row, text, time } from './org.ts';
import { soqlText, validId } from './queries.ts';

const USUAL_LIMIT = 50;
const LARGEST_LIMIT = 2_000;
const DAY_MS = 86_400_000;

/** Lists Tasks of a record or of the user, newest day first. */
export function activityHistory(org: Org, me: (signal?: AbortSignal) => Promise<CrmUser>) {
  return async function activities(
    of: RecordRef | 'me',
    options: { limit?: number } = {},
    signal?: AbortSignal,
  ): Promise<readonly ActivitySummary[]> {
    const limit = Math.min(Math.max(Math.floor(options.limit ?? USUAL_LIMIT), 0), LARGEST_LIMIT);
    const ref = of === 'me' ? (await me(signal)).ref : of;
    if (limit === 0 || !validId(ref.id)) return [];
    const soql =
      'SELECT Id, Subject, Description, TaskSubtype, ActivityDate, CreatedDate, CallDurationInSeconds, IsClosed FROM Task ' +
      `WHERE ${columnOf(ref)} = ${soqlText(ref.id)} ORDER BY ActivityDate DESC NULLS LAST, CreatedDate DESC LIMIT ${limit}`;
    return (await org.query(soql, signal)).map(summaryOf);
  };
}

function columnOf({ kind }: RecordRef): string {
  if (kind === 'User') return 'OwnerId';
  if (kind === 'Contact' || kind === 'Lead') return 'WhoId';
  return kind === 'Account' || kind === 'PersonAccount' ? 'AccountId' : 'WhatId';
}

const TYPES: Readonly<Record<string, ActivitySummary['type']>> = {
  Call: 'call',
  Email: 'message',
  ListEmail: 'message',
  Task: 'task',
};

function summaryOf(row: Row): ActivitySummary {
  const notes = text(row, 'Description');
  return {
    ref: { kind: 'Task', id: text(row, 'Id') ?? '' },
    subject: text(row, 'Subject') ?? '',
    at: startOf(row),
    type: TYPES[text(row, 'TaskSubtype') ?? 'Task'] ?? 'other',
    open: row['IsClosed'] !== true,
    ...(notes === undefined ? {} : { notes }),
  };
}

/** A Task has a day only. One written on that day began about as long before as it lasted; another is put at its noon. */
function startOf(row: Row): number {
  const created = time(row, 'CreatedDate') ?? 0;
  const noon = Date.parse(`${text(row, 'ActivityDate') ?? ''}T12:00:00Z`);
  if (!Number.isNaN(noon) && Math.abs(created - noon) > DAY_MS) return noon;
  const lasted = row['CallDurationInSeconds'];
  return created - (typeof lasted === 'number' ? lasted * 1000 : 0);
}
