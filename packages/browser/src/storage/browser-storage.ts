import {
  type Change,
  type Clock,
  type ErrorCode,
  type Failure,
  MultiLineError,
  type Row,
  type Storage,
  type Table,
  asFailure,
  systemClock,
} from '@multiline/core';
import { atom } from 'nanostores';
import { type Cut, type Database, deleteDatabase, openDatabase } from './database.ts';
import { pendingRows, rowOf } from './pending-rows.ts';
import { seenRows } from './seen-rows.ts';

type StorageFault = Extract<ErrorCode, `storage-${string}`>;

/** Names the database of an owner. */
const databaseName = (owner: string): string => `multiline:${owner}`;

/** Newest first, equal times by key backwards; or all of it the other way round. */
function inOrder(rows: Row[], oldestFirst: boolean): Row[] {
  const direction = oldestFirst ? 1 : -1;
  return rows.sort((a, b) => direction * (a.at - b.at || (a.key < b.key ? -1 : 1)));
}

/** The connection is gone, not the data: opening again may help. */
function gone(error: unknown): boolean {
  return error instanceof DOMException && (error.name === 'InvalidStateError' || error.name === 'AbortError');
}

function faultOf(error: unknown): StorageFault {
  return error instanceof DOMException && error.name === 'QuotaExceededError' ? 'storage-full' : 'storage-denied';
}

/** How long the phone waits for the browser to open its database. */
const PATIENCE_MS = 3000;
/** How long what found no room waits for the next attempt. */
const RETRY_MS = 30_000;

export interface BrowserStorageOptions {
  readonly clock?: Clock;
}

/**
 * Durable rows in IndexedDB, one database per owner. What cannot be made durable (denied, full) stays in memory, is
 * read from there, and is written with the next write that succeeds. When the data is removed under us, what this tab
 * has seen of it is written again, and `$failure` says that the rest is lost.
 */
export function browserStorage({ clock = systemClock() }: BrowserStorageOptions = {}): Storage {
  const $failure = atom<Failure | null>(null);
  const pending = pendingRows();
  const seen = seenRows();
  let owner: string | undefined;
  /** Counts openings and closings: what arrives for an earlier one comes too late. */
  let visit = 0;
  let birth: string | undefined;
  /** The browser has not said yet whether it opens the database. */
  let unanswered = false;
  let connection: Promise<Database | undefined> | undefined;
  let cancelRetry: (() => void) | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  function fail(code: StorageFault): void {
    if ($failure.get()?.code !== code) $failure.set(asFailure(new MultiLineError(code)));
  }

  /** Opens the database; answers undefined where the browser denies it, or says nothing for too long. */
  function connect(name: string): Promise<Database | undefined> {
    const own = visit;
    return new Promise((resolve) => {
      let late = false;
      const give = (database?: Database): void => {
        cancel();
        if (visit === own) unanswered = false;
        if (visit !== own) database?.close();
        else if (database) arrive(database, late);
        else fail('storage-denied');
        resolve(visit === own ? database : undefined);
      };
      // A deletion that another tab holds up keeps everybody waiting; the phone must not.
      const cancel = clock.at(clock.now() + PATIENCE_MS, () => {
        late = true;
        unanswered = visit === own;
        if (visit === own) fail('storage-denied');
        resolve(undefined);
      });
      const dropped = (): void => void (visit === own && (connection = undefined));
      openDatabase(databaseName(name), dropped).then(give, () => give());
    });
  }

  function arrive(database: Database, late: boolean): void {
    if (birth !== undefined && birth !== database.birth) lose();
    birth = database.birth;
    if (!late) return;
    connection = Promise.resolve(database);
    void flush().catch(() => undefined);
  }

  /** The data was removed: what is known here is to be written again. */
  function lose(): void {
    pending.add(seen.changes().filter(({ table, key }) => !pending.get(table, key)));
    fail('storage-lost');
    void flush().catch(() => undefined);
  }

  /** Does something with the database; answers undefined where there is none or it fails. */
  async function use<Result>(work: (database: Database) => Promise<Result>): Promise<Result | undefined> {
    if (owner === undefined) throw new MultiLineError('not-ready', { message: 'The storage is not open.' });
    // A connection that was taken away is opened again, once.
    for (let attempt = 0; attempt < 2; attempt++) {
      connection ??= connect(owner);
      const opened = connection;
      const database = await opened;
      if (!database) return undefined;
      try {
        return await work(database);
      } catch (error) {
        if (attempt > 0 || !gone(error)) {
          fail(faultOf(error));
          return undefined;
        }
        if (connection === opened) connection = undefined;
        database.close();
      }
    }
    return undefined;
  }

  /** Makes durable what waits, one after the other. */
  function flush(): Promise<void> {
    const run = turn.then(async () => {
      const written = await use(async (database) => {
        // Taken here: opening may have found that more has to be written.
        const changes = pending.changes();
        if (changes.length > 0) await database.write(changes);
        return changes;
      });
      if (!written) {
        if ($failure.get()?.code === 'storage-full') retryLater();
        return;
      }
      pending.settle(written);
      if ($failure.get() && $failure.get()?.code !== 'storage-lost') $failure.set(null);
    });
    turn = run.catch(() => undefined);
    return run;
  }

  /** There may be room again without anybody writing. */
  function retryLater(): void {
    cancelRetry ??= clock.at(clock.now() + RETRY_MS, () => {
      cancelRetry = undefined;
      void flush().catch(() => undefined);
    });
  }

  function note(table: Table, rows: readonly Row[]): void {
    seen.note(rows.map((row) => ({ table, ...rowOf(row) })));
  }

  /** What is durable with what waits laid over it. */
  function overlay(table: Table, rows: readonly Row[], { limit, before, oldestFirst }: Cut): Row[] {
    const waiting = pending.of(table);
    if (waiting.length === 0) return [...rows];
    const merged = rows.filter(({ key }) => !pending.get(table, key));
    for (const change of waiting) if (!('remove' in change) && change.at < before) merged.push(rowOf(change));
    return structuredClone(inOrder(merged, oldestFirst).slice(0, limit));
  }

  async function close(): Promise<void> {
    await turn;
    cancelRetry?.();
    cancelRetry = undefined;
    visit++;
    owner = undefined;
    const closing = connection;
    connection = undefined;
    (await closing)?.close();
  }

  return {
    $failure,
    async open(name) {
      if (owner !== undefined) await close();
      visit++;
      owner = name;
      birth = undefined;
      unanswered = false;
      pending.clear();
      seen.clear();
      $failure.set(null);
      connection = connect(name);
      await connection;
    },
    async read(table, key) {
      const row = await use((database) => database.read(table, key));
      if (row) note(table, [row]);
      const waiting = pending.get(table, key);
      if (!waiting) return row;
      return 'remove' in waiting ? undefined : structuredClone(rowOf(waiting));
    },
    async list(table, { limit = Infinity, before = Infinity, oldestFirst = false } = {}) {
      if (limit <= 0) return [];
      // As many more as may be removed or moved by what waits.
      const wider = { limit: limit + pending.of(table).length, before, oldestFirst };
      const rows = (await use((database) => database.list(table, wider))) ?? [];
      note(table, rows);
      return overlay(table, rows, { limit, before, oldestFirst }).slice(0, limit);
    },
    async write(changes) {
      if (owner === undefined) throw new MultiLineError('not-ready', { message: 'The storage is not open.' });
      // Copied first: a value that cannot be stored fails here, before anything of it is written.
      const copies: Change[] = structuredClone([...changes]);
      for (const change of copies) {
        if (!('remove' in change) && !Number.isFinite(change.at)) {
          throw new TypeError(`The row ${change.key} has no time.`);
        }
      }
      pending.add(copies);
      seen.note(copies);
      await flush();
    },
    async wipe() {
      await turn;
      pending.clear();
      seen.clear();
      // A browser that denies the database has none of ours.
      let there = unanswered;
      const cleared = await use((database) => {
        there = true;
        return database.clear().then(() => true);
      });
      // Everything else goes on in memory; but what stayed must not be called gone.
      if (there && !cleared) throw new MultiLineError($failure.get()?.code ?? 'storage-denied');
      // The name of the database is the user's address: it goes too. It is made anew by whoever writes again.
      const opened = connection;
      connection = undefined;
      birth = undefined;
      (await opened)?.close();
      if (owner !== undefined) await deleteDatabase(databaseName(owner)).catch(() => undefined);
    },
    close,
  };
}
