import { atom } from 'nanostores';
import type { Row, Storage, Table } from '../ports/storage.ts';

/** Rows that last as long as the workspace: what is used when no storage is given. */
export function volatileStorage(): Storage {
  const tables = new Map<Table, Map<string, Row>>();
  const table = (name: Table): Map<string, Row> => {
    const found = tables.get(name) ?? new Map<string, Row>();
    tables.set(name, found);
    return found;
  };
  return {
    $failure: atom(null),
    open: () => Promise.resolve(),
    read: (name, key) => Promise.resolve(table(name).get(key)),
    list(name, { limit = Infinity, before = Infinity, oldestFirst = false } = {}) {
      const rows = [...table(name).values()].filter(({ at }) => at < before);
      rows.sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
      return Promise.resolve((oldestFirst ? rows : rows.reverse()).slice(0, limit));
    },
    write(changes) {
      for (const change of changes) {
        if ('remove' in change) table(change.table).delete(change.key);
        else table(change.table).set(change.key, { key: change.key, at: change.at, value: change.value });
      }
      return Promise.resolve();
    },
    wipe() {
      tables.clear();
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}
