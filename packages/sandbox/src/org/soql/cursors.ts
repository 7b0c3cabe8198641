import { mintId } from '../record-id.ts';

/** How many unfinished queries are kept; older ones are forgotten, as the real limit of open cursors does. */
const KEPT = 10;

/** Query results still to be fetched page by page. */
export interface Cursors {
  /** Keeps records; returns the locator of the page starting at `from`. */
  keep(records: readonly unknown[], from: number, batchSize: number): string;
  /** What a locator stands for, or null. */
  find(locator: string): { id: string; records: readonly unknown[]; from: number; batchSize: number } | null;
}

/** No cursors yet. */
export function createCursors(): Cursors {
  const kept = new Map<string, { records: readonly unknown[]; batchSize: number }>();
  let serial = 0;
  return {
    keep(records, from, batchSize) {
      const id = mintId('01g', ++serial);
      kept.set(id, { records, batchSize });
      for (const oldest of [...kept.keys()].slice(0, -KEPT)) kept.delete(oldest);
      return `${id}-${from}`;
    },
    find(locator) {
      const [id = '', from = ''] = locator.split('-');
      const cursor = kept.get(id);
      return cursor && /^\d+$/.test(from) ? { id, from: Number(from), ...cursor } : null;
    },
  };
}
