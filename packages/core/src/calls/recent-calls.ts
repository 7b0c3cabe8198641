import { atom, type ReadableAtom } from 'nanostores';
import { asFailure } from '../ports/errors.ts';
import type { Storage } from '../ports/storage.ts';
import type { Policy } from '../policy/policy.ts';
import type { RecentCalls, RecentCallsFilter } from '../workspace.ts';
import { missed, type Call } from './call.ts';
import type { CallRow, Calls } from './calls.ts';

const PAGE = 100;

/** The newest calls of storage and everything that happens to them since, newest first. */
export interface RecentCallsStore {
  readonly $recentCalls: ReadableAtom<RecentCalls>;
  load(): Promise<void>;
  /** One page further back; resolves with whether there was any. */
  loadOlder(): Promise<boolean>;
  stop(): void;
}

export function createRecentCalls(storage: Storage, calls: Calls): RecentCallsStore {
  const $recentCalls = atom<RecentCalls>({ state: 'loading', calls: [] });

  const stop = calls.listen((call) => {
    const { state, calls: before } = $recentCalls.get();
    $recentCalls.set({
      state,
      calls: before.some(({ id }) => id === call.id)
        ? before.map((other) => (other.id === call.id ? call : other))
        : sorted([call, ...before]),
    });
  });

  async function page(before?: number): Promise<readonly Call[]> {
    const rows = await storage.list('calls', { limit: PAGE, ...(before === undefined ? {} : { before }) });
    // What is in memory is never older than what is stored.
    return rows.map(({ key, value }) => calls.get(key) ?? (value as CallRow).call);
  }

  function merge(found: readonly Call[]): void {
    const before = $recentCalls.get().calls;
    const known = new Set(before.map(({ id }) => id));
    $recentCalls.set({ state: 'ready', calls: sorted([...before, ...found.filter(({ id }) => !known.has(id))]) });
  }

  return {
    $recentCalls,
    async load() {
      try {
        merge(await page());
      } catch (error) {
        $recentCalls.set({ ...$recentCalls.get(), state: 'failed', failure: asFailure(error) });
      }
    },
    async loadOlder() {
      const oldest = $recentCalls.get().calls.at(-1);
      const found = await page(oldest?.startedAt);
      merge(found);
      return found.length > 0;
    },
    stop,
  };
}

/** The rows of one list, at most as many as the policy shows (MV-05 to MV-08; 0 is unlimited). */
export function filterCalls(
  calls: readonly Call[],
  filter: RecentCallsFilter,
  lists: Policy['lists'],
): readonly Call[] {
  const found = calls.filter((call) => belongs(call, filter));
  const limit = lists[filter];
  return limit > 0 ? found.slice(0, limit) : found;
}

function belongs(call: Call, filter: RecentCallsFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'missed':
      return missed(call);
    case 'received':
      return call.direction === 'inbound' && call.answeredAt !== undefined;
    case 'dialed':
      return call.direction === 'outbound';
  }
}

const sorted = (calls: readonly Call[]): readonly Call[] => [...calls].sort((a, b) => b.startedAt - a.startedAt);
