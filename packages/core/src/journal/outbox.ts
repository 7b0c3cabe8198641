import { atom, type ReadableAtom } from 'nanostores';
import type { Call, Reason } from '../calls/call.ts';
import type { Calls } from '../calls/calls.ts';
import type { Clock } from '../ports/clock.ts';
import type { LoggedActivity } from '../ports/crm.ts';
import type { ConflictDetails, Failure } from '../ports/errors.ts';
import type { Storage } from '../ports/storage.ts';
import type { Journal } from './journal.ts';

/**
 * What the CRM has not got yet, one entry per activity key. In storage before any network.
 *
 *   held ──(a person chose)──► waiting ──► delivering ──► (delivered: the entry is gone, the call's row says so)
 *                                 ▲            │
 *                                 ├─(retryable)┤
 *                                 └─(a person)─┴─► attention
 */
export interface OutboxEntry {
  readonly key: string;
  readonly callId: string;
  /** When the call began (epoch ms); the order of the queue. */
  readonly at: number;
  readonly state: 'held' | 'waiting' | 'delivering' | 'attention';
  readonly why: Reason | null;
  readonly attempts: number;
  /** Not before (epoch ms). */
  readonly dueAt: number;
  /** The notes of a write whose answer never came: the same text is sent again until we know. */
  readonly tried?: string;
  /** A person settled a conflict: what stands there is replaced. */
  readonly overwrite: boolean;
  readonly failure?: Failure;
  readonly conflict?: ConflictDetails;
}

export interface Outbox {
  readonly $entries: ReadableAtom<readonly OutboxEntry[]>;
  load(): Promise<void>;
  /** Keeps an activity until a person has decided whom it belongs to. */
  hold(call: Call, why: Reason): Promise<void>;
  /** A rule says that it is not logged. */
  exclude(call: Call, why: Reason): Promise<void>;
  /** Puts an activity on its way; an entry that waits already takes what is new by itself. */
  enqueue(call: Call, why: Reason | null, options?: { overwrite?: boolean }): Promise<void>;
  delivering(keys: readonly string[], tried: ReadonlyMap<string, string>): Promise<void>;
  delivered(key: string, logged: LoggedActivity, written: { notes: string; recordId: string | null }): Promise<void>;
  retry(key: string, failure: Failure, dueAt: number, uncertain: boolean): Promise<void>;
  attention(key: string, failure: Failure, conflict?: ConflictDetails): Promise<void>;
  clear(): void;
}

export function createOutbox(
  storage: Storage,
  journal: Journal,
  calls: Calls,
  clock: Clock,
  keyOf: (call: Call) => Promise<string>,
): Outbox {
  const $entries = atom<readonly OutboxEntry[]>([]);
  const find = (key: string): OutboxEntry | undefined => $entries.get().find((entry) => entry.key === key);

  /** The entry and what the call's row says of it become durable together. */
  async function put(entry: OutboxEntry): Promise<void> {
    const others = $entries.get().filter(({ key }) => key !== entry.key);
    $entries.set([...others, entry].sort((a, b) => a.at - b.at));
    const { key, at, callId, state, why, failure, dueAt } = entry;
    const durable = journal.put({ table: 'outbox', key, at, value: entry });
    await calls.change(callId, (call) => {
      const { failure: _, retryAt: __, ...log } = call.log;
      const retry = state === 'waiting' && failure ? { retryAt: dueAt } : {};
      return { ...call, log: { ...log, state, why, key, ...(failure && { failure }), ...retry } };
    });
    await durable;
  }

  async function change(key: string, edit: (entry: OutboxEntry) => OutboxEntry): Promise<void> {
    const entry = find(key);
    if (entry) await put(edit(entry));
  }

  return {
    $entries,
    async load() {
      const rows = await storage.list('outbox', { oldestFirst: true });
      const entries = rows.map(({ value }) => revived(value as OutboxEntry, clock.now()));
      // The calls are needed in memory: the tray shows them, delivery writes them.
      await Promise.all(entries.map(({ callId }) => calls.read(callId)));
      $entries.set(entries.filter(({ callId }) => calls.get(callId)));
    },
    async hold(call, why) {
      const key = await keyOf(call);
      await put({
        key,
        callId: call.id,
        at: call.startedAt,
        state: 'held',
        why,
        attempts: 0,
        dueAt: 0,
        overwrite: false,
      });
    },
    async exclude(call, why) {
      const entry = $entries.get().find(({ callId }) => callId === call.id);
      if (entry) {
        $entries.set($entries.get().filter((other) => other !== entry));
        void journal.put({ table: 'outbox', key: entry.key, remove: true });
      }
      await calls.change(call.id, (now) => ({ ...now, log: { state: 'excluded', why } }));
    },
    async enqueue(call, why, { overwrite = false } = {}) {
      const key = await keyOf(call);
      const before = find(key);
      if (before?.state === 'delivering') return;
      const { failure: _, conflict: __, ...kept } = before ?? { tried: undefined };
      const tried = kept.tried === undefined || overwrite ? {} : { tried: kept.tried };
      await put({
        key,
        callId: call.id,
        at: call.startedAt,
        state: 'waiting',
        why,
        attempts: 0,
        dueAt: clock.now(),
        overwrite,
        ...tried,
      });
    },
    async delivering(keys, tried) {
      await Promise.all(
        keys.map((key) =>
          change(key, (entry) => ({
            ...entry,
            state: 'delivering',
            attempts: entry.attempts + 1,
            tried: tried.get(key) ?? '',
          })),
        ),
      );
    },
    async delivered(key, { ref }, written) {
      const entry = find(key);
      if (!entry) return;
      $entries.set($entries.get().filter((other) => other !== entry));
      const durable = journal.put({ table: 'outbox', key, remove: true });
      await calls.change(entry.callId, (call) => {
        const { why } = call.log;
        return {
          ...call,
          log: { state: 'delivered', why, key, ref, writtenNotes: written.notes, writtenRecordId: written.recordId },
        };
      });
      await durable;
    },
    retry: (key, failure, dueAt, uncertain) =>
      change(key, ({ tried, ...entry }) => ({
        ...entry,
        state: 'waiting',
        failure,
        dueAt,
        ...(uncertain && tried !== undefined ? { tried } : {}),
      })),
    attention: (key, failure, conflict) =>
      change(key, ({ tried: _, ...entry }) => ({
        ...entry,
        state: 'attention',
        failure,
        ...(conflict && { conflict }),
      })),
    clear: () => $entries.set([]),
  };
}

/** A tab died while it delivered: nobody knows whether the CRM has it. A failed sign-in may have been mended since. */
function revived(entry: OutboxEntry, now: number): OutboxEntry {
  if (entry.state === 'delivering') return { ...entry, state: 'waiting', dueAt: now };
  if (entry.failure?.code === 'auth-failed') return { ...entry, state: 'waiting', dueAt: now };
  // A clock set back must not make an entry wait for days.
  return entry.state === 'waiting' ? { ...entry, dueAt: Math.min(entry.dueAt, now) } : entry;
}
