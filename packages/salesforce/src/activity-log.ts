import {
  type Activity,
  type ConflictDetails,
  type LoggedActivity,
  type LogOptions,
  MultiLineError,
} from '@multiline/core';
import type { CallPreparation, PreparedCall } from './prepared-call.ts';
import { NEW_CALL, type TaskFields, fieldsOver, storedNotes } from './task-fields.ts';
import { type StandingTask, type TaskStore, refusesSubtype } from './task-store.ts';

const REMEMBERED = 500;

/**
 * Writes one call as a Task, each key once.
 *
 * A first write is one request, an upsert by key. Where notes of ours or of somebody else may stand it looks first. An org
 * without a field for the key is always looked at first, by `CallObject`.
 */
export function activityLog(tasks: TaskStore, calls: CallPreparation) {
  /** A Task that is not there yet. An org may keep its kind from being set: it is then a Task without one. */
  async function create({ identity, fields }: PreparedCall, signal?: AbortSignal): Promise<LoggedActivity> {
    const make = (all: TaskFields): Promise<LoggedActivity> =>
      tasks.keyless ? tasks.create(all, signal) : tasks.upsert(identity.key, all, signal);
    try {
      return await make({ ...fields, ...NEW_CALL });
    } catch (error) {
      if (!refusesSubtype(error)) throw error;
      return make(fields);
    }
  }

  /** The notes of the last writes from here, so that they are known for ours when nobody says so. */
  const ours = new Map<string, string>();

  async function write(
    key: string,
    activity: Activity,
    options: LogOptions,
    signal?: AbortSignal,
  ): Promise<LoggedActivity> {
    const entry = { key, activity };
    calls.check(entry);
    const [call] = (await calls.prepare([entry], signal)) as [PreparedCall];
    const first = options.previousNotes === undefined && !options.uncertain && !options.overwrite;
    if (first && !tasks.keyless) {
      try {
        return await tasks.upsert(call.identity.key, { ...call.fields, ...NEW_CALL }, signal);
      } catch (error) {
        // Refused as a new one: another phone of the user's has logged this call already.
        if (!refusesSubtype(error) && !(await tasks.foundKeyless(error, signal))) throw error;
      }
    }
    const [standing, another] = await tasks.look([call.identity], signal);
    if (another) throw new MultiLineError('duplicate');
    if (!standing) return create(call, signal);
    const silent = first && activity.notes.trim() === '';
    if (!silent && !options.overwrite) checkNotes(standing, activity, options.previousNotes ?? ours.get(key) ?? '');
    return tasks.update(standing.id, fieldsOver(call.fields, standing, silent), signal);
  }

  return async (key: string, activity: Activity, options: LogOptions = {}, signal?: AbortSignal) => {
    const logged = await write(key, activity, options, signal);
    ours.delete(key);
    ours.set(key, activity.notes);
    const [oldest] = ours.keys();
    if (ours.size > REMEMBERED && oldest !== undefined) ours.delete(oldest);
    return logged;
  };
}

/** Throws `conflict` where neither the new notes nor our former ones stand. */
function checkNotes(standing: StandingTask, activity: Activity, former: string): void {
  const ours = [activity.notes, former].map((notes) => plain(storedNotes(notes)));
  if (ours.includes(plain(standing.notes))) return;
  const { notes: theirs, changedBy, changedAt } = standing;
  const details: ConflictDetails = {
    ours: activity.notes,
    theirs,
    ...(changedBy === undefined ? {} : { changedBy }),
    ...(changedAt === undefined ? {} : { changedAt }),
  };
  throw new MultiLineError('conflict', { details });
}

/** The org may change line ends and drop blanks at the ends. */
const plain = (notes: string): string => notes.replace(/\r\n?/g, '\n').trim();
