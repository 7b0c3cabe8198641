import type { ReadableAtom } from 'nanostores';
import type { Failure } from './errors.ts';

/** The durable tables of one user: SIP address + CRM user name the database, so two users of one machine never meet. */
export type Table = 'calls' | 'outbox' | 'matches' | 'settings';

export interface Row<Value = unknown> {
  readonly key: string;
  /** Sorts the rows of a table (epoch ms); equal times sort by key. */
  readonly at: number;
  /** Plain data: what structured cloning carries. */
  readonly value: Value;
}

export type Change =
  ({ readonly table: Table } & Row) | { readonly table: Table; readonly key: string; readonly remove: true };

/**
 * Durable rows. Works on in memory when the browser keeps nothing, and says so by `$failure`;
 * its methods then still resolve, so that a call is never lost to a full disk.
 */
export interface Storage {
  /** Why rows outlive the page no longer (`storage-denied`, `storage-full`, `storage-lost`), or null. */
  readonly $failure: ReadableAtom<Failure | null>;
  /** Opens what belongs to this owner; called once, before any other method. */
  open(owner: string): Promise<void>;
  read(table: Table, key: string): Promise<Row | undefined>;
  /** Rows by `at`, newest first unless told; `before` (exclusive) and `limit` page through them. */
  list(table: Table, options?: { limit?: number; before?: number; oldestFirst?: boolean }): Promise<Row[]>;
  /** All changes or none; resolved when they are durable. */
  write(changes: readonly Change[]): Promise<void>;
  /** Removes every row of this owner. Rejects when rows may have stayed: the one method that fails with the storage. */
  wipe(): Promise<void>;
  close(): Promise<void>;
}
