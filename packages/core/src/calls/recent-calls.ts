import { atom, type ReadableAtom } from 'nanostores';
import { asFailure } from '../ports/errors.ts';
import type { Storage } from '../ports/storage.ts';
import type { Policy } from '../policy/policy.ts';
import type { RecentCalls, RecentCallsFilter } from '../workspace-state.ts';
import { missed, type Call } from './call.ts';
import type { CallRow, Calls } from './calls.ts';

const PAGE = 100;

/**
 * The newest calls of storage and everything that happens to them since, newest first. New ones push the oldest out once there
 * are a page more than somebody has gone through.
 */
export interface RecentCallsStore {
  readonly $recentCalls: ReadableAtom<RecentCalls>;
  load(): Promise<void>;
  /** One page further back; resolves with whether there was any. */
  loadOlder(): Promise<boolean>;
  /** Forgets everything in memory. */
  clear(): void;
}

export function createRecentCalls(storage: Storage, calls: Calls): RecentCallsStore {
  const $recentCalls = atom<RecentCalls>({ state: 'loading', calls: [] });

  /** How far back storage was read (epoch ms). Not the oldest row shown: a late log shows a call of long ago. */
  let reached = Infinity;
  /** How many pages somebody has gone through. */
  let pages = 1;

  calls.listen((call) => {
    const { state, calls: before } = $recentCalls.get();
    $recentCalls.set({
      state,
      calls: before.some(({ id }) => id === call.id)
        ? before.map((other) => (other.id === call.id ? call : other))
        : withOne(call, before),
    });
  });

  /** A new call pushes out what is too much, to be read again when it is asked for; a late log of long ago does not. */
  function withOne(call: Call, before: readonly Call[]): readonly Call[] {
    const all = sorted([call, ...before]);
    const most = (pages + 1) * PAGE;
    const gone = all[most];
    if (!gone || all[0] !== call) return all;
    reached = Math.max(reached < Infinity ? reached : 0, gone.startedAt + 1);
    return all.filter(({ phase }, index) => index < most || phase !== 'ended');
  }

  /** Shows one page more; answers whether storage had any. */
  async function page(): Promise<boolean> {
    const rows = await storage.list('calls', { limit: PAGE, ...(reached < Infinity && { before: reached }) });
    reached = rows.at(-1)?.at ?? reached;
    const before = $recentCalls.get().calls;
    const known = new Set(before.map(({ id }) => id));
    // What is in memory is never older than what is stored.
    const found = rows.map(({ key, value }) => calls.get(key) ?? (value as CallRow).call);
    $recentCalls.set({ state: 'ready', calls: sorted([...before, ...found.filter(({ id }) => !known.has(id))]) });
    return rows.length > 0;
  }

  return {
    $recentCalls,
    async load() {
      $recentCalls.set({ ...$recentCalls.get(), state: 'loading' });
      try {
        reached = Infinity;
        await page();
      } catch (error) {
        $recentCalls.set({ ...$recentCalls.get(), state: 'failed', failure: asFailure(error) });
      }
    },
    async loadOlder() {
      const { length } = $recentCalls.get().calls;
      const any = await page();
      if ($recentCalls.get().calls.length > length) pages += 1;
      return any;
    },
    clear() {
      reached = Infinity;
      pages = 1;
      $recentCalls.set({ state: 'ready', calls: [] });
    },
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
      return call.direction === 'inbound' && (call.answeredAt !== undefined || call.reason === 'answered-elsewhere');
    case 'dialed':
      return call.direction === 'outbound';
  }
}

const sorted = (calls: readonly Call[]): readonly Call[] => [...calls].sort((a, b) => b.startedAt - a.startedAt);
