import {
  type Activity,
  type ConflictDetails,
  type LoggedActivity,
  type LogOptions,
  MultiLineError,
} from '@multiline/core';
import type { CallPreparation, PreparedCall } from './prepared-call.ts';
import { NEW_CALL, fieldsOver, storedNotes } from './task-fields.ts';
import { type StandingTask, type TaskStore, refusesSubtype } from './task-store.ts';

/**
 * Writes one call as a Task, each key once.
 *
 * A first write is one request, an upsert by key. Where notes of ours or of somebody else may stand it looks first. An org
 * without a field for the key is always looked at first, by `CallObject`.
 */
export function activityLog(tasks: TaskStore, calls: CallPreparation) {
  async function upsert({ identity, fields }: PreparedCall, signal?: AbortSignal): Promise<LoggedActivity> {
    try {
      return await tasks.upsert(identity.key, { ...fields, ...NEW_CALL }, signal);
    } catch (error) {
      if (!refusesSubtype(error)) throw error;
      return tasks.upsert(identity.key, fields, signal);
    }
  }

  return async function write(
    key: string,
    activity: Activity,
    options: LogOptions = {},
    signal?: AbortSignal,
  ): Promise<LoggedActivity> {
    const entry = { key, activity };
    calls.check(entry);
    const [call] = (await calls.prepare([entry], signal)) as [PreparedCall];
    const looks = options.previousNotes !== undefined || options.uncertain === true || options.overwrite === true;
    if (!looks && !tasks.keyless) {
      try {
        return await upsert(call, signal);
      } catch (error) {
        if (!(await tasks.foundKeyless(error, signal))) throw error;
      }
    }
    const [standing, another] = await tasks.look([call.identity], signal);
    if (another) throw new MultiLineError('duplicate');
    if (standing) {
      checkNotes(standing, activity, options);
      return tasks.update(standing.id, fieldsOver(call.fields, standing), signal);
    }
    return tasks.keyless ? tasks.create({ ...call.fields, ...NEW_CALL }, signal) : upsert(call, signal);
  };
}

/** Throws `conflict` where somebody else wrote the notes that stand; unless a person chose to write over them. */
function checkNotes(standing: StandingTask, activity: Activity, options: LogOptions): void {
  if (options.overwrite || (options.previousNotes === undefined && !options.uncertain)) return;
  const ours = [activity.notes, options.previousNotes ?? ''].map((notes) => plain(storedNotes(notes)));
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
