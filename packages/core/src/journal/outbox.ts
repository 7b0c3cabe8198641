import { atom, type ReadableAtom } from 'nanostores';
import type { Call, Reason } from '../calls/call.ts';
import type { Calls } from '../calls/calls.ts';
import type { Clock } from '../ports/clock.ts';
import type { LoggedActivity } from '../ports/crm.ts';
import type { ConflictDetails, Failure } from '../ports/errors.ts';
import type { Storage } from '../ports/storage.ts';
import type { Journal } from './journal.ts';

/** No limit of a CRM is believed for longer. */
export const LONGEST_LIMIT_MS = 24 * 60 * 60_000;

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
  /** Attempts that failed since a person or a rule put it on its way. */
  readonly attempts: number;
  /** Not before (epoch ms). */
  readonly dueAt: number;
  /** The notes of a write whose answer never came: the same text is sent again until we know. */
  readonly tried?: string;
  /** A person settled a conflict: what stands there is replaced. */
  readonly overwrite: boolean;
  /** The id of a record the CRM no longer has; whom the number belongs to was asked once more. */
  readonly gone?: string;
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
  /** Once more, not before `dueAt`. `uncertain`: the CRM may have it all the same. */
  retry(key: string, failure: Failure, dueAt: number, uncertain: boolean): Promise<void>;
  /** Once more at once: the record is gone from the CRM, and whom the number belongs to has been asked again. */
  retryWithout(key: string, recordId: string): Promise<void>;
  /** Needs a person. */
  attention(key: string, failure: Failure, uncertain: boolean, conflict?: ConflictDetails): Promise<void>;
  /** Why it is logged as it is, when that has become clear on the way. */
  explain(callId: string, why: Reason): Promise<void>;
  /** What waits is due now (but for what the CRM's limit holds back), what failed by a sign-in that has been mended too. */
  hasten(): void;
  /** A call rings again: what waits of it is made anew at its end. What is under way is not called back. */
  recall(callId: string): void;
  /** Takes an entry out whose call nobody knows any more. */
  drop(key: string): void;
  /** Forgets everything in memory. */
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
    // What comes late, after the user has gone, belongs to nobody here.
    if (!calls.get(entry.callId)) return;
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
      const entries = rows.map(({ value }) => orphaned(value as OutboxEntry, clock.now()));
      // The calls are needed in memory: the tray shows them, delivery writes them.
      await Promise.all(entries.map(({ callId }) => calls.read(callId)));
      // What was put while we read is newer.
      const newer = $entries.get();
      const stored = entries.filter(
        ({ key, callId }) => calls.get(callId) && !newer.some((entry) => entry.key === key),
      );
      $entries.set([...stored, ...newer].sort((a, b) => a.at - b.at));
    },
    async hold(call, why) {
      const key = await keyOf(call);
      const tried = find(key)?.tried;
      await put({
        key,
        callId: call.id,
        at: call.startedAt,
        state: 'held',
        why,
        attempts: 0,
        dueAt: 0,
        overwrite: false,
        ...(tried !== undefined && { tried }),
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
      const tried = before?.tried === undefined || overwrite ? {} : { tried: before.tried };
      await put({
        key,
        callId: call.id,
        at: call.startedAt,
        state: 'waiting',
        why,
        attempts: 0,
        dueAt: clock.now(),
        overwrite: overwrite || before?.overwrite === true,
        ...tried,
      });
    },
    async delivering(keys, tried) {
      await Promise.all(
        keys.map((key) =>
          change(key, (entry) => ({
            ...entry,
            state: 'delivering',
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
        attempts: entry.attempts + 1,
        failure,
        dueAt,
        ...(uncertain && tried !== undefined ? { tried } : {}),
      })),
    retryWithout: (key, gone) =>
      change(key, ({ failure: _, ...entry }) => ({ ...entry, state: 'waiting', dueAt: clock.now(), gone })),
    attention: (key, failure, uncertain, conflict) =>
      change(key, ({ tried, ...entry }) => ({
        ...entry,
        state: 'attention',
        failure,
        ...(uncertain && tried !== undefined ? { tried } : {}),
        ...(conflict && { conflict }),
      })),
    async explain(callId, why) {
      const entry = $entries.get().find((other) => other.callId === callId);
      if (entry && entry.why?.code !== why.code) await put({ ...entry, why });
    },
    hasten() {
      const now = clock.now();
      $entries.set($entries.get().map((entry) => hastened(entry, now)));
    },
    recall(callId) {
      const entry = $entries.get().find((other) => other.callId === callId && other.state !== 'delivering');
      if (!entry) return;
      const { key, at, tried } = entry;
      const others = $entries.get().filter((other) => other !== entry);
      // Whether the CRM has what was tried is still not known when the call ends once more.
      const doubt: OutboxEntry[] =
        tried === undefined
          ? []
          : [{ key, callId, at, state: 'held', why: null, attempts: 0, dueAt: 0, overwrite: false, tried }];
      $entries.set([...others, ...doubt].sort((one, other) => one.at - other.at));
      const [value] = doubt;
      void journal.put(value ? { table: 'outbox', key, at, value } : { table: 'outbox', key, remove: true });
    },
    drop: (key) => $entries.set($entries.get().filter((entry) => entry.key !== key)),
    clear: () => $entries.set([]),
  };
}

/** A tab died while it delivered: nobody knows whether the CRM has it, so it is tried again. */
function orphaned(entry: OutboxEntry, now: number): OutboxEntry {
  const free =
    entry.state === 'delivering' ? { ...entry, state: 'waiting' as const, dueAt: now } : hastened(entry, now);
  // What the CRM's limit holds back stays held back; a clock set back must not make it wait for days.
  return free.dueAt > now + LONGEST_LIMIT_MS ? { ...free, dueAt: now } : free;
}

/** Due now, unless it is under way, needs a person or the CRM's limit holds it back. A failed sign-in may have been mended. */
function hastened(entry: OutboxEntry, now: number): OutboxEntry {
  if (entry.failure?.code === 'auth-failed' && entry.state !== 'delivering')
    return { ...entry, state: 'waiting', dueAt: now };
  if (entry.state !== 'waiting' || entry.failure?.code === 'limit') return entry;
  return { ...entry, dueAt: Math.min(entry.dueAt, now) };
}
