import type { LoggedActivity } from '@multiline/core';
import type { ApiAnswer } from './api.ts';
import { type Org, type Row, notSalesforce, text, time } from './org.ts';
import { apiName, soqlList, soqlText, soqlTime, validId } from './queries.ts';
import { OrgRefusal } from './refusals.ts';
import type { TaskFields } from './task-fields.ts';

/** A Task that stands in the org, as far as writing over it needs to know it. */
export interface StandingTask {
  readonly id: string;
  readonly notes: string;
  readonly whoId: string | null;
  readonly whatId: string | null;
  readonly changedBy?: string;
  readonly changedAt?: number;
  /** What it was looked for by. */
  readonly foundBy: string;
}

/** By what a Task is found again: the org's own unique field, or `CallObject` where it has none. */
export interface TaskIdentity {
  readonly key: string;
  readonly callObject: string;
  /** Epoch ms: nothing logged long before this is meant. */
  readonly startedAt: number;
}

/** The Tasks of an org, one by one. */
export interface TaskStore {
  /** The org has no field for our key, as far as it has told. */
  readonly keyless: boolean;
  /** Writes by key: creates or updates, in one request. */
  upsert(key: string, fields: TaskFields, signal?: AbortSignal): Promise<LoggedActivity>;
  create(fields: TaskFields, signal?: AbortSignal): Promise<LoggedActivity>;
  update(id: string, fields: TaskFields, signal?: AbortSignal): Promise<LoggedActivity>;
  /** Every Task that stands under one of these identities. */
  look(identities: readonly TaskIdentity[], signal?: AbortSignal): Promise<readonly StandingTask[]>;
  /** Whether a refusal was about a missing key field; then the store is `keyless` from now on. */
  foundKeyless(refusal: unknown, signal?: AbortSignal): Promise<boolean>;
}

const DAY_MS = 86_400_000;

export function taskStore(org: Org, keyField: string): TaskStore {
  const field = apiName(keyField);
  let keyless = false;

  const logged = (id: string, created: boolean): LoggedActivity => ({ ref: { kind: 'Task', id }, created });

  function loggedIn({ status, body }: ApiAnswer): LoggedActivity {
    const row = (body ?? {}) as Row;
    const id = text(row, 'id');
    if (id === undefined || !validId(id)) throw notSalesforce();
    return logged(id, row['created'] === true || status === 201);
  }

  const store: TaskStore = {
    get keyless() {
      return keyless;
    },

    async upsert(key, fields, signal) {
      const path = `/sobjects/Task/${field}/${encodeURIComponent(key)}`;
      return loggedIn(await org.request({ method: 'PATCH', path, body: fields }, signal));
    },

    async create(fields, signal) {
      return loggedIn(await org.request({ method: 'POST', path: '/sobjects/Task', body: fields }, signal));
    },

    async update(id, fields, signal) {
      await org.request({ method: 'PATCH', path: `/sobjects/Task/${id}`, body: fields }, signal);
      return logged(id, false);
    },

    async look(identities, signal) {
      const column = keyless ? 'CallObject' : field;
      const values = identities.map(({ key, callObject }) => (keyless ? callObject : key));
      const match = values.length === 1 ? `= ${soqlText(values[0] ?? '')}` : `IN ${soqlList(values)}`;
      // The key is indexed, CallObject is not: the days narrow what has to be read.
      const earliest = Math.min(...identities.map(({ startedAt }) => startedAt));
      const since = keyless ? ` AND CreatedDate >= ${soqlTime(earliest - DAY_MS)}` : '';
      const soql =
        `SELECT Id, ${column}, Description, WhoId, WhatId, LastModifiedDate, LastModifiedBy.Name FROM Task ` +
        `WHERE ${column} ${match}${since} ORDER BY CreatedDate`;
      try {
        return (await org.query(soql, signal)).map((row) => standingIn(row, column));
      } catch (error) {
        if (keyless || !(await store.foundKeyless(error, signal))) throw error;
        return store.look(identities, signal);
      }
    },

    async foundKeyless(refusal, signal) {
      if (keyless || !(refusal instanceof OrgRefusal)) return false;
      if (!refusal.says('NOT_FOUND') && !refusal.says('INVALID_FIELD')) return false;
      const { body } = await org.request({ method: 'GET', path: '/sobjects/Task/describe' }, signal);
      const fields = (body as { fields?: unknown } | null)?.fields;
      if (!Array.isArray(fields)) return false;
      keyless = !(fields as Row[]).some(
        ({ name, externalId }) => String(name).toLowerCase() === field.toLowerCase() && externalId === true,
      );
      return keyless;
    },
  };
  return store;
}

function standingIn(row: Row, column: string): StandingTask {
  const changedBy = text(row, 'LastModifiedBy.Name');
  const changedAt = time(row, 'LastModifiedDate');
  return {
    id: text(row, 'Id') ?? '',
    notes: text(row, 'Description') ?? '',
    whoId: text(row, 'WhoId') ?? null,
    whatId: text(row, 'WhatId') ?? null,
    foundBy: text(row, column) ?? '',
    ...(changedBy === undefined ? {} : { changedBy }),
    ...(changedAt === undefined ? {} : { changedAt }),
  };
}

/** The org says so of a Task that stands: the kind of a Task is for ever. Also where the user may not set it at all. */
export function refusesSubtype(error: unknown): boolean {
  return (
    error instanceof OrgRefusal &&
    (error.says('INVALID_FIELD_FOR_INSERT_UPDATE', 'TaskSubtype') || error.says('INVALID_FIELD', 'TaskSubtype'))
  );
}
