import { type LogEntry, MultiLineError, type RecordKind } from '@multiline/core';
import { KINDS } from './kinds.ts';
import type { PersonContacts } from './person-contacts.ts';
import { validId } from './queries.ts';
import { type TaskFields, callObject, relationOf, taskFields } from './task-fields.ts';
import type { TaskIdentity } from './task-store.ts';

/** A call that may be sent. */
export interface PreparedCall {
  readonly identity: TaskIdentity;
  /** Without those only a new Task takes. */
  readonly fields: TaskFields;
}

export interface CallPreparation {
  /** Throws for what the org need not be asked about: a key, a record or a kind that is none. */
  check(entry: LogEntry): void;
  /** The fields of checked calls; asks the org for contacts of person accounts it has not told of yet. */
  prepare(entries: readonly LogEntry[], signal?: AbortSignal): Promise<readonly PreparedCall[]>;
}

export interface CallColumns {
  readonly kinds: readonly RecordKind[];
  readonly status: string;
  /** Where the org keeps how a call sounded. */
  readonly mosField?: string;
}

export function callPreparation(
  people: PersonContacts,
  owner: (signal?: AbortSignal) => Promise<string | undefined>,
  { kinds, status, mosField }: CallColumns,
): CallPreparation {
  const loggable = new Set(kinds.filter((kind) => kind.loggable).map(({ name }) => name));
  return {
    check({ key, activity: { record } }) {
      // A dot or two would walk up the path of the request.
      if (!/[^.\s]/.test(key) || key.length > 255) {
        throw new MultiLineError('refused', { message: 'An activity needs a key of 1 to 255 characters.' });
      }
      if (!record) return;
      if (!loggable.has(record.kind) && Object.hasOwn(KINDS, record.kind)) {
        throw new MultiLineError('refused', { message: `No activities are kept under a ${record.kind}.` });
      }
      if (!validId(record.id)) throw new MultiLineError('not-found');
    },
    async prepare(entries, signal) {
      const contacts = await people.of(
        entries.flatMap(({ activity }) => activity.record ?? []),
        signal,
      );
      const ownerId = await owner(signal);
      return entries.map(({ key, activity }) => {
        const relation = activity.record ? relationOf(activity.record, contacts.get(activity.record.id)) : {};
        return {
          identity: { key, callObject: callObject(key, activity), startedAt: activity.startedAt },
          fields: {
            ...taskFields(key, activity, relation, status),
            ...(mosField !== undefined && activity.quality && { [mosField]: Number(activity.quality.mos.toFixed(2)) }),
            ...(ownerId !== undefined && { OwnerId: ownerId }),
          },
        };
      });
    },
  };
}
