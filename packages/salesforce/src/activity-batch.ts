import {
  type Activity,
  type LogEntry,
  type LogOptions,
  type LogResult,
  type LoggedActivity,
  MultiLineError,
  asError,
} from '@multiline/core';
import { type Org, type Row, notSalesforce, text } from './org.ts';
import type { CallPreparation, PreparedCall } from './prepared-call.ts';
import { validId } from './queries.ts';
import { recordRefusal } from './refusals.ts';
import { NEW_CALL, type TaskFields, fieldsOver } from './task-fields.ts';
import { type StandingTask, type TaskStore, refusesSubtype } from './task-store.ts';

const MOST_AT_ONCE = 200;

/** Writes up to 200 first logs, in one request where none of them is there yet. */
export function activityBatch(
  org: Org,
  tasks: TaskStore,
  calls: CallPreparation,
  keyField: string,
  one: (key: string, activity: Activity, options: LogOptions, signal?: AbortSignal) => Promise<LoggedActivity>,
) {
  /** Sends records; one result per record. */
  async function send(
    method: 'POST' | 'PATCH',
    path: string,
    rows: readonly TaskFields[],
    signal?: AbortSignal,
  ): Promise<readonly LogResult[]> {
    const records = rows.map((row) => ({ attributes: { type: 'Task' }, ...row }));
    const { body } = await org.request({ method, path, body: { allOrNone: false, records } }, signal);
    const answers = Array.isArray(body) ? (body as Row[]) : [];
    if (answers.length !== rows.length) throw notSalesforce();
    return answers.map((answer, index) => {
      if (answer['success'] !== true) return { error: recordRefusal(answer['errors']) };
      const id = text(answer, 'id') ?? String(rows[index]?.['id'] ?? '');
      if (!validId(id)) return { error: notSalesforce() };
      return { ok: { ref: { kind: 'Task', id }, created: answer['created'] === true || method === 'POST' } };
    });
  }

  /** Sends those of the calls that `choose` answers a record for, and puts their results in place. */
  async function sendSome(
    results: LogResult[],
    method: 'POST' | 'PATCH',
    path: string,
    choose: (index: number) => TaskFields | undefined,
    signal?: AbortSignal,
  ): Promise<void> {
    const chosen = results.flatMap((_, index) => {
      const row = choose(index);
      return row ? [{ index, row }] : [];
    });
    if (chosen.length === 0) return;
    const rows = chosen.map(({ row }) => row);
    const answers = await send(method, path, rows, signal);
    for (const [place, { index }] of chosen.entries()) results[index] = answers[place] ?? { error: notSalesforce() };
  }

  async function upsert(prepared: readonly PreparedCall[], signal?: AbortSignal): Promise<readonly LogResult[]> {
    const path = `/composite/sobjects/Task/${keyField}`;
    const rows = prepared.map(({ identity, fields }) => ({ ...fields, [keyField]: identity.key }));
    const news = rows.map((row) => ({ ...row, ...NEW_CALL }));
    return send('PATCH', path, news, signal);
  }

  /** Refused as a new one: another phone of the user's has logged that call already. It is looked at by itself. */
  async function again({ key, activity }: LogEntry, result: LogResult, signal?: AbortSignal): Promise<LogResult> {
    if ('ok' in result || !refusesSubtype(result.error)) return result;
    return one(key, activity, {}, signal).then(
      (ok) => ({ ok }),
      (error: unknown) => ({ error: asError(error) }),
    );
  }

  async function lookAndWrite(prepared: readonly PreparedCall[], signal?: AbortSignal): Promise<readonly LogResult[]> {
    const identities = prepared.map(({ identity }) => identity);
    const found = await tasks.look(identities, signal);
    const standing = identities.map((one) => found.filter(({ foundBy }) => foundBy === one.callObject));
    const results: LogResult[] = prepared.map(() => ({ error: new MultiLineError('duplicate') }));
    const there = (index: number): readonly StandingTask[] => standing[index] ?? [];
    const fields = (index: number): TaskFields => prepared[index]?.fields ?? {};
    const path = '/composite/sobjects';
    const creation = (index: number): TaskFields | undefined =>
      there(index).length === 0 ? { ...fields(index), ...NEW_CALL } : undefined;
    const change = (index: number): TaskFields | undefined => {
      const [task, another] = there(index);
      return task && !another
        ? { id: task.id, ...fieldsOver(fields(index), task, fields(index)['Description'] === '') }
        : undefined;
    };
    await sendSome(results, 'POST', path, creation, signal);
    await sendSome(results, 'PATCH', path, change, signal);
    return results;
  }

  async function write(prepared: readonly PreparedCall[], signal?: AbortSignal): Promise<readonly LogResult[]> {
    if (!tasks.keyless) {
      try {
        return await upsert(prepared, signal);
      } catch (error) {
        if (!(await tasks.foundKeyless(error, signal))) throw error;
      }
    }
    return lookAndWrite(prepared, signal);
  }

  return async function writeAll(entries: readonly LogEntry[], signal?: AbortSignal): Promise<readonly LogResult[]> {
    signal?.throwIfAborted();
    if (entries.length > MOST_AT_ONCE) throw new RangeError(`At most ${MOST_AT_ONCE} activities at once.`);
    const failed = new Map<LogEntry, LogResult>();
    // The org takes a key once per request, without regard to case: the later entry holds for both.
    const sent = new Map<string, LogEntry>();
    for (const entry of entries) {
      try {
        calls.check(entry);
        sent.set(entry.key.toLowerCase(), entry);
      } catch (error) {
        failed.set(entry, { error: asError(error) });
      }
    }
    const written = sent.size === 0 ? [] : await write(await calls.prepare([...sent.values()], signal), signal);
    const places = new Map([...sent.keys()].map((key, index) => [key, index]));
    const results: LogResult[] = [];
    for (const entry of entries) {
      const result = failed.get(entry) ?? written[places.get(entry.key.toLowerCase()) ?? -1];
      results.push(await again(entry, result ?? { error: notSalesforce() }, signal));
    }
    return results;
  };
}
