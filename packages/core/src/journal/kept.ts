import type { CallRow } from '../calls/calls.ts';
import type { Storage } from '../ports/storage.ts';
import type { Kept } from '../workspace-state.ts';

/** Counts what storage has of the user. */
export async function countKept(storage: Storage): Promise<Kept> {
  const [rows, waiting] = await Promise.all([storage.list('calls'), storage.list('outbox')]);
  const drafts = rows.filter(({ value }) => {
    const { notes } = (value as CallRow).call;
    return notes.text !== notes.saved;
  });
  return { calls: rows.length, drafts: drafts.length, unlogged: waiting.length };
}
