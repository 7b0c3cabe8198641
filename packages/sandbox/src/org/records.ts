import type { Row } from './exchange.ts';

/** A stored record, immutable: a change stores a new one. */
export interface StoredRecord {
  readonly object: string;
  readonly row: Readonly<Row>;
  /** What search knows of it, oldest first: an entry counts from its time on. */
  readonly indexed: readonly { readonly at: number; readonly row: Readonly<Row> }[];
}

/** The org's data, by record id. */
export interface Records {
  get(id: string): StoredRecord | undefined;
  /** Records of an object in the order they were made, deleted ones included. */
  list(object: string): StoredRecord[];
  put(id: string, record: StoredRecord): void;
  /** The next serial number for ids of an object. */
  nextSerial(object: string): number;
  /** Runs `work`; what it stored is taken back when it throws. */
  transaction<T>(work: () => T): T;
  clear(): void;
  /** Remembers everything as it is now; the result puts it back. */
  snapshot(): () => void;
}

/** An empty store. */
export function createRecords(): Records {
  const byId = new Map<string, StoredRecord>();
  const idsOf = new Map<string, Set<string>>();
  const serials = new Map<string, number>();
  let undo: (() => void)[] | null = null;
  return {
    get: (id) => byId.get(id),
    list: (object) => [...(idsOf.get(object) ?? [])].flatMap((id) => byId.get(id) ?? []),
    put(id, record) {
      const before = byId.get(id);
      const ids = idsOf.get(record.object) ?? new Set();
      idsOf.set(record.object, ids.add(id));
      byId.set(id, record);
      undo?.push(() => {
        if (before) byId.set(id, before);
        else {
          byId.delete(id);
          ids.delete(id);
        }
      });
    },
    nextSerial(object) {
      const serial = (serials.get(object) ?? 0) + 1;
      serials.set(object, serial);
      return serial;
    },
    transaction(work) {
      if (undo) return work();
      undo = [];
      try {
        return work();
      } catch (error) {
        for (const step of undo.reverse()) step();
        throw error;
      } finally {
        undo = null;
      }
    },
    clear() {
      byId.clear();
      idsOf.clear();
      serials.clear();
    },
    snapshot() {
      const keptRecords = [...byId];
      const keptIds = [...idsOf].map(([object, ids]) => [object, [...ids]] as const);
      const keptSerials = [...serials];
      return () => {
        this.clear();
        for (const [id, record] of keptRecords) byId.set(id, record);
        for (const [object, ids] of keptIds) idsOf.set(object, new Set(ids));
        for (const [object, serial] of keptSerials) serials.set(object, serial);
      };
    },
  };
}
