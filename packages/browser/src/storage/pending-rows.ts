import type { Change, Row, Table } from '@multiline/core';

/** Changes that are not durable yet, laid over what is. */
export interface PendingRows {
  readonly size: number;
  /** The newest change of every row that waits. */
  changes(): Change[];
  add(changes: readonly Change[]): void;
  /** Forgets these very changes; what has been changed again since keeps waiting. */
  settle(changes: readonly Change[]): void;
  clear(): void;
  /** The waiting change of a row, if any. */
  get(table: Table, key: string): Change | undefined;
  of(table: Table): Change[];
}

/** Table and key as one text; table names hold no slash. */
const nameOf = (table: Table, key: string): string => `${table}/${key}`;

export const rowOf = ({ key, at, value }: Row): Row => ({ key, at, value });

/** Makes an empty set of changes. */
export function pendingRows(): PendingRows {
  const waiting = new Map<string, Change>();
  return {
    get size() {
      return waiting.size;
    },
    changes: () => [...waiting.values()],
    add(changes) {
      for (const change of changes) waiting.set(nameOf(change.table, change.key), change);
    },
    settle(changes) {
      for (const change of changes) {
        const name = nameOf(change.table, change.key);
        if (waiting.get(name) === change) waiting.delete(name);
      }
    },
    clear: () => waiting.clear(),
    get: (table, key) => waiting.get(nameOf(table, key)),
    of: (table) => [...waiting.values()].filter((change) => change.table === table),
  };
}
