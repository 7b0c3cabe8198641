import {
  type Activity,
  type ActivitySummary,
  type ConflictDetails,
  type LogOptions,
  type LoggedActivity,
  MultiLineError,
  type RecordRef,
} from '@multiline/core';

/** An activity as the memory CRM keeps it. */
export interface WrittenActivity extends Activity {
  readonly id: string;
  readonly key: string;
  /** When somebody changed the notes elsewhere than here, and who. */
  readonly changedBy?: string;
  readonly changedAt?: number;
}

/** As long as Salesforce lets a description be (object reference, Task.Description). */
export const NOTES_LIMIT = 32_000;
const CUT_MARK = '\n… (cut: the whole text is in the call log of the phone)';

/** Cuts notes to what the CRM takes, with a mark, and never through a character. */
export function cutNotes(notes: string, limit: number): string {
  if (notes.length <= limit) return notes;
  const cut = notes.slice(0, limit - CUT_MARK.length);
  return cut.replace(/[\uD800-\uDBFF]$/, '') + CUT_MARK;
}

/** The activities of one memory CRM. */
export interface MemoryActivities {
  readonly written: readonly WrittenActivity[];
  write(key: string, activity: Activity, options: LogOptions): LoggedActivity;
  /** Somebody else changes the notes in the CRM. Throws when no activity has this key. */
  editNotes(key: string, notes: string, by: string): void;
  /** Another record with the same key appears, as after an import. */
  duplicate(key: string): void;
  remove(id: string): boolean;
  list(of: RecordRef | 'me', limit: number): ActivitySummary[];
}

/**
 * Makes an empty list of activities.
 *
 * @param exists whether a record is there
 */
export function memoryActivities(
  exists: (ref: RecordRef) => boolean,
  now: () => number,
  limit = NOTES_LIMIT,
): MemoryActivities {
  const written: WrittenActivity[] = [];
  let count = 0;

  function indexOf(key: string): number {
    const first = written.findIndex((activity) => activity.key === key);
    if (first >= 0 && written.some((activity, index) => index > first && activity.key === key)) {
      throw new MultiLineError('duplicate');
    }
    return first;
  }

  function check(standing: WrittenActivity, notes: string, options: LogOptions): void {
    if (options.overwrite || options.previousNotes === undefined) return;
    if (standing.notes === notes || standing.notes === cutNotes(options.previousNotes, limit)) return;
    const details: ConflictDetails = {
      ours: notes,
      theirs: standing.notes,
      ...(standing.changedBy === undefined ? {} : { changedBy: standing.changedBy }),
      ...(standing.changedAt === undefined ? {} : { changedAt: standing.changedAt }),
    };
    throw new MultiLineError('conflict', { details });
  }

  return {
    written,
    write(key, activity, options) {
      if (key === '') throw new MultiLineError('refused', { message: 'An activity needs a key.' });
      if (activity.record && !exists(activity.record)) throw new MultiLineError('not-found');
      const notes = cutNotes(activity.notes, limit);
      const index = indexOf(key);
      const standing = written[index];
      if (standing) {
        check(standing, notes, options);
        written[index] = { ...structuredClone(activity), notes, key, id: standing.id };
        return { ref: { kind: 'Activity', id: standing.id }, created: false };
      }
      const id = `activity-${++count}`;
      written.push({ ...structuredClone(activity), notes, key, id });
      return { ref: { kind: 'Activity', id }, created: true };
    },
    editNotes(key, notes, by) {
      const index = indexOf(key);
      const standing = written[index];
      if (!standing) throw new Error(`No activity has the key ${key}.`);
      written[index] = { ...standing, notes, changedBy: by, changedAt: now() };
    },
    duplicate(key) {
      const standing = written[indexOf(key)];
      if (!standing) throw new Error(`No activity has the key ${key}.`);
      written.push({ ...standing, id: `activity-${++count}` });
    },
    remove(id) {
      const index = written.findIndex((activity) => activity.id === id);
      if (index >= 0) written.splice(index, 1);
      return index >= 0;
    },
    list(of, most) {
      return written
        .filter(({ record }) => of === 'me' || (record?.kind === of.kind && record.id === of.id))
        .sort((a, b) => b.startedAt - a.startedAt)
        .slice(0, most)
        .map(({ id, subject, startedAt, notes }) => ({
          ref: { kind: 'Activity', id },
          subject,
          at: startedAt,
          notes,
          type: 'call' as const,
          open: false,
        }));
    },
  };
}
