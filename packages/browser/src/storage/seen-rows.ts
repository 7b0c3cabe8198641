import type { Change, Row, Table } from '@multiline/core';

/** How many of a table that grows with every call. */
const KEPT = 200;
const GROWING: readonly Table[] = ['calls', 'matches'];

/** What a tab has read or written, of long tables the newest: what is left when the browser's data is removed. */
export interface SeenRows {
  note(changes: readonly Change[]): void;
  changes(): Change[];
  clear(): void;
}

/** Makes an empty set of rows. */
export function seenRows(): SeenRows {
  const tables = new Map<Table, Map<string, { readonly table: Table } & Row>>();
  return {
    note(changes) {
      for (const change of changes) {
        const rows = tables.get(change.table) ?? new Map<string, { readonly table: Table } & Row>();
        tables.set(change.table, rows);
        if ('remove' in change) rows.delete(change.key);
        else rows.set(change.key, change);
      }
      for (const table of GROWING) {
        const rows = tables.get(table);
        if (!rows || rows.size <= KEPT) continue;
        const newest = [...rows.values()].sort((a, b) => b.at - a.at);
        for (const { key } of newest.slice(KEPT)) rows.delete(key);
      }
    },
    changes: () => [...tables.values()].flatMap((rows) => [...rows.values()]),
    clear: () => tables.clear(),
  };
}
