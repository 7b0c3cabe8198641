import {
  type ErrorCode,
  type Failure,
  type Row,
  type Storage,
  type Table,
  MultiLineError,
  asFailure,
} from '@multiline/core';
import { atom } from 'nanostores';

type Tables = Map<Table, Map<string, Row>>;

/** What outlives a storage: rows by owner. Give the same disk to several storages and they are tabs of one browser. */
export interface MemoryDisk {
  readonly owners: Map<string, Tables>;
}

/** Makes an empty disk. */
export function memoryDisk(): MemoryDisk {
  return { owners: new Map() };
}

export interface MemoryStorageOptions {
  /** Shared with other storages; its own without. */
  disk?: MemoryDisk;
  /** Fails from the start, as a browser that keeps nothing does. */
  failure?: StorageFault;
}

/** What may go wrong with durable rows. */
export type StorageFault = Extract<ErrorCode, `storage-${string}`>;

/** A storage for tests: rows in memory, faults by switch. */
export interface MemoryStorage extends Storage {
  readonly disk: MemoryDisk;
  /** From now on nothing reaches the disk. With `storage-lost` the owner's rows are removed from the disk as well. */
  fail(code: StorageFault): void;
  /** The disk works again: what was written meanwhile goes there. */
  heal(): void;
}

const newTables = (): Tables => new Map();
const rowsOf = (tables: Tables, table: Table): Map<string, Row> => {
  const rows = tables.get(table) ?? new Map<string, Row>();
  tables.set(table, rows);
  return rows;
};

/**
 * Durable rows without a browser. Values are copied in and out as structured cloning does, so a test finds what a
 * real storage would: no shared references, no functions.
 */
export function memoryStorage(options: MemoryStorageOptions = {}): MemoryStorage {
  const disk = options.disk ?? memoryDisk();
  const $failure = atom<Failure | null>(null);
  let owner: string | undefined;
  /** What is worked on after a failure, by owner: everything that was known, and what came since. */
  let own: Map<string, Tables> | undefined;

  function tables(): Tables {
    if (owner === undefined) throw new MultiLineError('not-ready', { message: 'The storage is not open.' });
    const known = own?.get(owner);
    if (known) return known;
    const found = disk.owners.get(owner) ?? newTables();
    const used = own ? structuredClone(found) : found;
    (own ?? disk.owners).set(owner, used);
    return used;
  }

  function fail(code: StorageFault): void {
    own ??= new Map();
    if (owner !== undefined) tables();
    if (code === 'storage-lost' && owner !== undefined) disk.owners.delete(owner);
    $failure.set(asFailure(new MultiLineError(code)));
  }

  if (options.failure) fail(options.failure);

  return {
    disk,
    $failure,
    fail,
    heal() {
      own?.forEach((rows, name) => disk.owners.set(name, rows));
      own = undefined;
      $failure.set(null);
    },
    async open(name) {
      owner = name;
    },
    async read(table, key) {
      return structuredClone(rowsOf(tables(), table).get(key));
    },
    async list(table, { limit = Infinity, before = Infinity, oldestFirst = false } = {}) {
      const direction = oldestFirst ? 1 : -1;
      const rows = [...rowsOf(tables(), table).values()]
        .filter((row) => row.at < before)
        .sort((a, b) => direction * (a.at - b.at || (a.key < b.key ? -1 : 1)))
        .slice(0, limit);
      return structuredClone(rows);
    },
    async write(changes) {
      const target = tables();
      // Copied first: a value that cannot be stored then fails before anything of it is written.
      for (const change of structuredClone(changes)) {
        const rows = rowsOf(target, change.table);
        if ('remove' in change) rows.delete(change.key);
        else rows.set(change.key, { key: change.key, at: change.at, value: change.value });
      }
    },
    async wipe() {
      if (owner === undefined) return;
      // What is on the disk cannot be reached: it stays.
      if (own && disk.owners.has(owner)) throw new MultiLineError($failure.get()?.code ?? 'storage-denied');
      own?.set(owner, newTables());
      disk.owners.delete(owner);
    },
    async close() {
      owner = undefined;
    },
  };
}
