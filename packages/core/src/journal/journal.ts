import type { Change, Storage } from '../ports/storage.ts';

/** The one way rows become durable: in the order they were put, everything put in one turn in one transaction. */
export interface Journal {
  /** Resolves once these changes are durable (or the storage has said that nothing is). */
  put(...changes: Change[]): Promise<void>;
  /** Resolves once nothing waits to be written. */
  settled(): Promise<void>;
}

export function createJournal(storage: Storage): Journal {
  let waiting: Change[] = [];
  let writing: Promise<void> | null = null;

  async function flush(): Promise<void> {
    // One turn later, so that a call's row and its outbox entry, put together, are written together or not at all.
    await Promise.resolve();
    while (waiting.length > 0) {
      const changes = latest(waiting);
      waiting = [];
      try {
        await storage.write(changes);
      } catch {
        // A storage that fails goes on in memory and says so by its `$failure`; a row is never a reason to drop a call.
      }
    }
    writing = null;
  }

  return {
    put(...changes) {
      waiting.push(...changes);
      return (writing ??= flush());
    },
    settled: () => writing ?? Promise.resolve(),
  };
}

/** Of several changes of one row only the last matters. */
function latest(changes: readonly Change[]): Change[] {
  return [...new Map(changes.map((change) => [`${change.table} ${change.key}`, change])).values()];
}
