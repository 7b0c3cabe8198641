import {
  type Clock,
  type Crm,
  type CrmUser,
  type LogResult,
  type RecordKind,
  type RecordRef,
  asError,
  systemClock,
} from '@multiline/core';
import { type Faults, faultGate } from './fault-gate.ts';
import { type WrittenActivity, memoryActivities } from './memory-activities.ts';
import { memoryRecords } from './memory-records.ts';
import { type MemoryRecord, seedKinds, seedPeople, seedUser } from './seed-people.ts';

/** The methods a CRM may do without. */
export type CrmCapability = 'me' | 'search' | 'read' | 'logActivities' | 'activities' | 'url' | 'create';

export interface MemoryCrmOptions {
  /** Who signs. Default: Ann, in Los Angeles. */
  me?: CrmUser;
  kinds?: readonly RecordKind[];
  /** Instead of the seed people. */
  records?: readonly MemoryRecord[];
  /** How national numbers are read when searching. Default `US`. */
  country?: string;
  /** For creation and change times. */
  clock?: Clock;
  /** Where records are seen: `<baseUrl>/<kind>/<id>`. Default `https://crm.example.test`. */
  baseUrl?: string;
  /** Longest notes an activity takes, in UTF-16 units; longer ones are cut with a mark. Default 32,000. */
  notesLimit?: number;
  /** Capabilities this CRM is to lack. */
  without?: readonly CrmCapability[];
}

/** A CRM in memory: the whole port, what was written for inspection, and faults by switch. */
export interface MemoryCrm extends Crm, Faults {
  /** Every activity that stands in the CRM, oldest write first. */
  readonly activitiesWritten: readonly WrittenActivity[];
  /** Somebody else changes the notes of an activity in the CRM. */
  editNotes(key: string, notes: string, by?: string): void;
  /** A second record of this key appears in the CRM: writing to it is a `duplicate` from now on. */
  duplicateActivity(key: string): void;
  /** Adds a record, or changes the one of the same kind and id. */
  put(record: MemoryRecord): void;
  /** Somebody deletes a record or an activity in the CRM. Answers whether it was there. */
  remove(ref: RecordRef): boolean;
}

const MOST_AT_ONCE = 200;

/**
 * A CRM in memory, for tests, demos and pages without one. It holds to everything the port promises and is checked by
 * the same conformance suite as the real ones.
 */
export function memoryCrm(options: MemoryCrmOptions = {}): MemoryCrm {
  const clock = options.clock ?? systemClock();
  const now = (): number => clock.now();
  const kinds = options.kinds ?? seedKinds;
  const baseUrl = options.baseUrl ?? 'https://crm.example.test';
  const records = memoryRecords(kinds, options.records ?? seedPeople, options.country ?? 'US', now);
  const loggable = new Set(kinds.filter((kind) => kind.loggable).map(({ name }) => name));
  const exists = (ref: RecordRef): boolean => loggable.has(ref.kind) && records.has(ref);
  const activities = memoryActivities(exists, now, options.notesLimit);
  const { faults, pass } = faultGate();

  const crm: MemoryCrm = {
    name: 'memory',
    kinds,
    identify: (query, signal) => pass('identify', signal, () => records.identify(query)),
    logActivity: (key, activity, how = {}, signal) =>
      pass('logActivity', signal, () => activities.write(key, activity, how)),
    me: (signal) => pass('me', signal, () => options.me ?? seedUser),
    search: (text, { limit = 20 } = {}, signal) => pass('search', signal, () => records.search(text, limit)),
    read: (ref, signal) => pass('read', signal, () => records.read(ref)),
    async logActivities(entries, signal) {
      if (entries.length > MOST_AT_ONCE) throw new RangeError(`At most ${MOST_AT_ONCE} activities at once.`);
      const results: LogResult[] = [];
      await pass('logActivities', signal, () => {
        for (const { key, activity } of entries) {
          try {
            results.push({ ok: activities.write(key, activity, {}) });
          } catch (error) {
            results.push({ error: asError(error) });
          }
        }
      });
      return results;
    },
    activities: (of, { limit = 50 } = {}, signal) => pass('activities', signal, () => activities.list(of, limit)),
    url: ({ kind, id }) => `${baseUrl}/${encodeURIComponent(kind)}/${encodeURIComponent(id)}`,
    create: (kind, fields, signal) => pass('create', signal, () => records.create(kind, fields)),

    activitiesWritten: activities.written,
    editNotes: (key, notes, by = 'Bob Agent') => activities.editNotes(key, notes, by),
    duplicateActivity: (key) => activities.duplicate(key),
    put: (record) => records.put(record),
    remove: (ref) => records.remove(ref) || activities.remove(ref.id),

    fail: faults.fail,
    hang: faults.hang,
    cutAfterWrite: faults.cutAfterWrite,
    release: faults.release,
    clear: faults.clear,
    get requests() {
      return faults.requests;
    },
    get served() {
      return faults.served;
    },
  };
  for (const capability of options.without ?? []) delete crm[capability];
  return crm;
}
