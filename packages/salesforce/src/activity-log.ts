import {
  type Activity,
  type ConflictDetails,
  type LogEntry,
  type LoggedActivity,
  type LogOptions,
  type LogResult,
  MultiLineError,
  type RecordKind,
  asError,
} from '@multiline/core';
import { KINDS } from './kinds.ts';
import { type Org, type Row, text } from './org.ts';
import type { PersonContacts } from './person-contacts.ts';
import { validId } from './queries.ts';
import { OrgRefusal, recordRefusal } from './refusals.ts';
import {
  type TaskFields,
  type TaskRelation,
  changedRelation,
  callObject,
  relationOf,
  storedNotes,
  taskFields,
} from './task-fields.ts';
import { type StandingTask, type TaskIdentity, type TaskStore, ourNotes } from './task-store.ts';

export interface ActivityLogOptions {
  readonly kinds: readonly RecordKind[];
  readonly keyField: string;
  /** A closed status of the org. */
  readonly status: string;
}

/** Writes calls as Tasks, each key once. */
export interface ActivityLog {
  write(key: string, activity: Activity, options?: LogOptions, signal?: AbortSignal): Promise<LoggedActivity>;
  writeAll(entries: readonly LogEntry[], signal?: AbortSignal): Promise<readonly LogResult[]>;
}

/** Taken when a Task is made, refused when one is changed: which of both it is, only the org knows. */
const NEW_CALL: TaskFields = { TaskSubtype: 'Call' };

const refusesSubtype = (error: unknown): error is OrgRefusal =>
  error instanceof OrgRefusal &&
  (error.says('INVALID_FIELD_FOR_INSERT_UPDATE', 'TaskSubtype') || error.says('INVALID_FIELD', 'TaskSubtype'));

export function activityLog(
  org: Org,
  tasks: TaskStore,
  people: PersonContacts,
  options: ActivityLogOptions,
): ActivityLog {
  const loggable = new Set(options.kinds.filter((kind) => kind.loggable).map(({ name }) => name));

  function check(key: string, { record }: Activity): void {
    // A dot or two would walk up the path of the request.
    if (!/[^.\s]/.test(key) || key.length > 255) {
      throw new MultiLineError('refused', { message: 'An activity needs a key of 1 to 255 characters.' });
    }
    if (!record) return;
    if (!loggable.has(record.kind) && record.kind in KINDS) {
      throw new MultiLineError('refused', { message: `No activities are kept under a ${record.kind}.` });
    }
    if (!validId(record.id)) throw new MultiLineError('not-found');
  }

  function relation({ record }: Activity, contacts: ReadonlyMap<string, string>): TaskRelation {
    return record ? relationOf(record, contacts.get(record.id)) : {};
  }

  const fieldsOf = (key: string, activity: Activity, contacts: ReadonlyMap<string, string>): TaskFields =>
    taskFields(key, activity, relation(activity, contacts), options.status);

  const identityOf = (key: string, activity: Activity): TaskIdentity => ({
    key,
    callObject: callObject(key, activity),
    startedAt: activity.startedAt,
  });

  async function upsert(key: string, fields: TaskFields, signal?: AbortSignal): Promise<LoggedActivity> {
    try {
      return await tasks.upsert(key, { ...fields, ...NEW_CALL }, signal);
    } catch (error) {
      if (!refusesSubtype(error)) throw error;
      return tasks.upsert(key, fields, signal);
    }
  }

  async function over(
    standing: StandingTask,
    activity: Activity,
    fields: TaskFields,
    how: LogOptions,
    signal?: AbortSignal,
  ): Promise<LoggedActivity> {
    const previous = how.previousNotes === undefined ? undefined : storedNotes(how.previousNotes);
    if (!ourNotes(standing.notes, storedNotes(activity.notes), previous, how)) {
      const { notes: theirs, changedBy, changedAt } = standing;
      const details: ConflictDetails = {
        ours: activity.notes,
        theirs,
        ...(changedBy === undefined ? {} : { changedBy }),
        ...(changedAt === undefined ? {} : { changedAt }),
      };
      throw new MultiLineError('conflict', { details });
    }
    return tasks.update(standing.id, overwriting(fields, standing), signal);
  }

  async function lookAndWrite(
    key: string,
    activity: Activity,
    fields: TaskFields,
    how: LogOptions,
    signal?: AbortSignal,
  ): Promise<LoggedActivity> {
    const [standing, another] = await tasks.look([identityOf(key, activity)], signal);
    if (another) throw new MultiLineError('duplicate');
    if (standing) return over(standing, activity, fields, how, signal);
    if (tasks.keyless) return tasks.create({ ...fields, ...NEW_CALL }, signal);
    return upsert(key, fields, signal);
  }

  async function write(
    key: string,
    activity: Activity,
    how: LogOptions = {},
    signal?: AbortSignal,
  ): Promise<LoggedActivity> {
    check(key, activity);
    const fields = fieldsOf(key, activity, await people.of(activity.record ? [activity.record] : [], signal));
    const looks = how.previousNotes !== undefined || how.uncertain === true || how.overwrite === true;
    if (!looks && !tasks.keyless) {
      try {
        return await upsert(key, fields, signal);
      } catch (error) {
        if (!(await tasks.foundKeyless(error, signal))) throw error;
      }
    }
    return lookAndWrite(key, activity, fields, how, signal);
  }

  /** Sends rows of one kind of write; one result per row. */
  async function send(
    method: 'POST' | 'PATCH',
    path: string,
    rows: readonly TaskFields[],
    signal?: AbortSignal,
  ): Promise<readonly LogResult[]> {
    const records = rows.map((row) => ({ attributes: { type: 'Task' }, ...row }));
    const { body } = await org.request({ method, path, body: { allOrNone: false, records } }, signal);
    const answers = Array.isArray(body) ? (body as Row[]) : [];
    if (answers.length !== rows.length) throw new MultiLineError('server');
    return answers.map((answer, index) => {
      if (answer['success'] !== true) return { error: recordRefusal(answer['errors']) };
      const id = text(answer, 'id') ?? String(rows[index]?.['id'] ?? '');
      return { ok: { ref: { kind: 'Task', id }, created: answer['created'] === true || method === 'POST' } };
    });
  }

  type Prepared = readonly { readonly identity: TaskIdentity; readonly fields: TaskFields }[];

  async function upsertAll(prepared: Prepared, signal?: AbortSignal): Promise<readonly LogResult[]> {
    const path = `/composite/sobjects/Task/${options.keyField}`;
    const row = ({ identity, fields }: Prepared[number]): TaskFields => ({
      ...fields,
      [options.keyField]: identity.key,
    });
    const results = [
      ...(await send(
        'PATCH',
        path,
        prepared.map((one) => ({ ...row(one), ...NEW_CALL })),
        signal,
      )),
    ];
    const there = results.flatMap((result, index) =>
      'error' in result && refusesSubtype(result.error) ? [index] : [],
    );
    if (there.length > 0) {
      const again = await send('PATCH', path, prepared.filter((_, index) => there.includes(index)).map(row), signal);
      there.forEach((index, place) => (results[index] = again[place] ?? { error: new MultiLineError('server') }));
    }
    return results;
  }

  async function lookAndWriteAll(prepared: Prepared, signal?: AbortSignal): Promise<readonly LogResult[]> {
    const standing = await tasks.look(
      prepared.map(({ identity }) => identity),
      signal,
    );
    const found = prepared.map(({ identity }) => standing.filter(({ foundBy }) => foundBy === identity.callObject));
    const results: LogResult[] = prepared.map(() => ({ error: new MultiLineError('duplicate') }));
    const some = async (count: number, method: 'POST' | 'PATCH', row: (index: number) => TaskFields): Promise<void> => {
      const places = found.flatMap((tasksOfOne, index) => (tasksOfOne.length === count ? [index] : []));
      if (places.length === 0) return;
      const answers = await send(method, '/composite/sobjects', places.map(row), signal);
      places.forEach((index, place) => (results[index] = answers[place] ?? { error: new MultiLineError('server') }));
    };
    const at = (index: number): Prepared[number] => prepared[index] as Prepared[number];
    await some(0, 'POST', (index) => ({ ...at(index).fields, ...NEW_CALL }));
    await some(1, 'PATCH', (index) => {
      const task = found[index]?.[0] as StandingTask;
      return { id: task.id, ...overwriting(at(index).fields, task) };
    });
    return results;
  }

  return {
    write,
    async writeAll(entries, signal) {
      signal?.throwIfAborted();
      if (entries.length > 200) throw new RangeError('At most 200 activities at once.');
      const failed = new Map<LogEntry, LogResult>();
      for (const entry of entries) {
        try {
          check(entry.key, entry.activity);
        } catch (error) {
          failed.set(entry, { error: asError(error) });
        }
      }
      // The org takes a key once per request: the later entry holds for both.
      const sent = new Map<string, LogEntry>();
      for (const entry of entries) if (!failed.has(entry)) sent.set(entry.key.toLowerCase(), entry);
      const results = new Map<string, LogResult>();
      if (sent.size > 0) {
        const contacts = await people.of(
          [...sent.values()].flatMap(({ activity }) => activity.record ?? []),
          signal,
        );
        const prepared = [...sent.values()].map(({ key, activity }) => ({
          identity: identityOf(key, activity),
          fields: fieldsOf(key, activity, contacts),
        }));
        const written = await writePrepared(prepared, signal);
        [...sent.keys()].forEach((key, index) => results.set(key, written[index] as LogResult));
      }
      return entries.map((entry) => failed.get(entry) ?? (results.get(entry.key.toLowerCase()) as LogResult));
    },
  };

  async function writePrepared(prepared: Prepared, signal?: AbortSignal): Promise<readonly LogResult[]> {
    if (!tasks.keyless) {
      try {
        return await upsertAll(prepared, signal);
      } catch (error) {
        if (!(await tasks.foundKeyless(error, signal))) throw error;
      }
    }
    return lookAndWriteAll(prepared, signal);
  }
}

/** What is sent over a Task that stands. */
function overwriting(fields: TaskFields, standing: StandingTask): TaskFields {
  const { WhoId, WhatId, ...rest } = fields;
  const wanted = {
    ...(WhoId === undefined ? {} : { WhoId: WhoId as string | null }),
    ...(WhatId === undefined ? {} : { WhatId: WhatId as string | null }),
  };
  return { ...rest, ...changedRelation(wanted, { WhoId: standing.whoId, WhatId: standing.whatId }) };
}
