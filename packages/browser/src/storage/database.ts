import type { Change, Row, Table } from '@multiline/core';
import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb';

const TABLES = ['calls', 'outbox', 'matches', 'settings'] as const satisfies readonly Table[];
const VERSION = 1;

interface Schema extends DBSchema {
  calls: { key: string; value: Row; indexes: { at: number } };
  outbox: { key: string; value: Row; indexes: { at: number } };
  matches: { key: string; value: Row; indexes: { at: number } };
  settings: { key: string; value: Row; indexes: { at: number } };
  /** `birth`: a random text made with the database. Another one means that the data was removed in between. */
  about: { key: string; value: string };
}

/** How a list is cut. */
export interface Cut {
  readonly limit: number;
  readonly before: number;
  readonly oldestFirst: boolean;
}

/** One open IndexedDB database with our tables. */
export interface Database {
  readonly birth: string;
  read(table: Table, key: string): Promise<Row | undefined>;
  list(table: Table, cut: Cut): Promise<Row[]>;
  /** All or none; resolved when they are on the disk. */
  write(changes: readonly Change[]): Promise<void>;
  clear(): Promise<void>;
  close(): void;
}

/**
 * Opens the database of this name, making it where there is none.
 *
 * @param onClosed the browser took the connection away, or somebody wants to delete the database
 */
export async function openDatabase(name: string, onClosed: () => void): Promise<Database> {
  const db: IDBPDatabase<Schema> = await openDB<Schema>(name, VERSION, {
    upgrade(fresh) {
      for (const table of TABLES) fresh.createObjectStore(table, { keyPath: 'key' }).createIndex('at', 'at');
      void fresh.createObjectStore('about').put(`${Date.now()}-${Math.random()}`, 'birth');
    },
    blocking: () => {
      db.close();
      onClosed();
    },
    terminated: onClosed,
  });
  const birth = (await db.get('about', 'birth')) ?? '';

  return {
    birth,
    read: (table, key) => db.get(table, key),
    async list(table, { limit, before, oldestFirst }) {
      const range = before === Infinity ? null : IDBKeyRange.upperBound(before, true);
      const index = db.transaction(table).store.index('at');
      if (oldestFirst) return index.getAll(range, limit === Infinity ? undefined : limit);
      if (limit === Infinity) return (await index.getAll(range)).reverse();
      const rows: Row[] = [];
      let cursor = await index.openCursor(range, 'prev');
      while (cursor && rows.length < limit) {
        rows.push(cursor.value);
        cursor = rows.length < limit ? await cursor.continue() : null;
      }
      return rows;
    },
    async write(changes) {
      const tables = [...new Set(changes.map(({ table }) => table))];
      // A relaxed transaction may still be lost in a crash after it was reported.
      const transaction = db.transaction(tables, 'readwrite', { durability: 'strict' });
      const requests: Promise<unknown>[] = changes.map((change) => {
        const store = transaction.objectStore(change.table);
        if ('remove' in change) return store.delete(change.key);
        return store.put({ key: change.key, at: change.at, value: change.value });
      });
      await Promise.all([...requests, transaction.done]);
    },
    async clear() {
      const transaction = db.transaction(TABLES, 'readwrite', { durability: 'strict' });
      await Promise.all([...TABLES.map((table) => transaction.objectStore(table).clear()), transaction.done]);
    },
    close: () => db.close(),
  };
}

/** Deletes the database of this name. One that another tab will not let go of is deleted when that tab is gone: nobody waits for it. */
export function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    deleteDB(name, { blocked: () => resolve() }).then(resolve, reject);
  });
}
