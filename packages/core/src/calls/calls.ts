import { atom, type ReadableAtom } from 'nanostores';
import { attempt } from '../deadline.ts';
import type { Journal } from '../journal/journal.ts';
import type { Clock } from '../ports/clock.ts';
import type { Storage } from '../ports/storage.ts';
import type { Call } from './call.ts';
import { next, type CallSignal } from './call-machine.ts';

/** A row of the table `calls`: the whole story so far, and when it was last known to be true. */
export interface CallRow {
  readonly call: Call;
  /** Epoch ms: a call whose tab was killed ended no earlier than this. */
  readonly aliveAt: number;
}

/** Every call by id: the live ones in a store, the past ones in storage. The only writer of both. */
export interface Calls {
  /** Live calls, and ended ones that were not put away. */
  readonly $calls: ReadableAtom<readonly Call[]>;
  /** A new call, or one that goes on. */
  add(call: Call): void;
  /** A call in memory: live, or read before. */
  get(id: string): Call | undefined;
  /** A call wherever it is. */
  read(id: string): Promise<Call | null>;
  /** Moves the machine. */
  signal(id: string, signal: CallSignal): Call | undefined;
  /** Changes a call wherever it is; null if nobody knows it. Durable when resolved. */
  change(id: string, edit: (call: Call) => Call): Promise<Call | null>;
  /** Puts an ended call away: it stays in the lists. */
  putAway(id: string): void;
  /** Writes live calls anew, so that a killed tab's call has a truthful end. */
  stillAlive(): void;
  /** Takes calls over as they are in another tab; writes nothing. */
  mirror(live: readonly Call[]): void;
  mirrorOne(call: Call): void;
  /** Hears every change of any call, our own and mirrored ones. Answers how to stop. */
  listen(listener: (call: Call, mirrored: boolean) => void): () => void;
  /** Forgets everything in memory. */
  clear(): void;
}

/** So many past calls stay in memory though nothing is left to do with them: as many as are logged at a time. */
const KEPT = 200;

export function createCalls(storage: Storage, journal: Journal, clock: Clock): Calls {
  const $calls = atom<readonly Call[]>([]);
  /** Past calls that were read or ended here: edited in memory first, so that two edits never overtake each other. */
  const past = new Map<string, Call>();
  /** Those of them nothing is left to do with, the one used last at the end. Storage has them: the first of many may go. */
  const settled = new Set<string>();
  /** What storage does not have yet. */
  const unwritten = new Set<Call>();
  const listeners = new Set<(call: Call, mirrored: boolean) => void>();

  const get = (id: string): Call | undefined => $calls.get().find((call) => call.id === id) ?? past.get(id);

  /** Who speaks is true of this moment alone. */
  const row = ({ speaking: _, ...call }: Call) =>
    ({
      table: 'calls',
      key: call.id,
      at: call.startedAt,
      value: { call, aliveAt: clock.now() } satisfies CallRow,
    }) as const;

  function place(call: Call): void {
    const live = $calls.get();
    if (live.some(({ id }) => id === call.id)) $calls.set(live.map((other) => (other.id === call.id ? call : other)));
    else keep(call);
  }

  function keep(call: Call): void {
    past.set(call.id, call);
    settled.delete(call.id);
    if (!over(call) || unwritten.has(call)) return;
    settled.add(call.id);
    for (const id of settled) {
      // A storage that keeps nothing is none to read from.
      if (settled.size <= KEPT || storage.$failure.get()) return;
      settled.delete(id);
      past.delete(id);
    }
  }

  function set(call: Call): Promise<void> {
    unwritten.add(call);
    const durable = journal.put(row(call)).then(() => {
      unwritten.delete(call);
      if (past.get(call.id) === call) keep(call);
    });
    show(call);
    return durable;
  }

  function show(call: Call): void {
    place(call);
    for (const listener of listeners) listener(call, false);
  }

  async function read(id: string): Promise<Call | null> {
    const known = get(id);
    if (known) return known;
    const stored = await attempt(() => storage.read('calls', id)).catch(() => undefined);
    // Somebody may have changed it while we read.
    const changed = get(id);
    if (changed) return changed;
    const call = (stored?.value as CallRow | undefined)?.call ?? null;
    if (call) keep(call);
    return call;
  }

  // The browser has removed its data: what is known here is all that is left.
  storage.$failure.listen((failure) => {
    if (failure?.code === 'storage-lost') void journal.put(...[...past.values(), ...$calls.get()].map(row));
  });

  return {
    $calls,
    get,
    read,
    add(call) {
      // What ended before makes room: its card folds away, its row and its log go on.
      for (const other of $calls.get()) if (other.phase === 'ended') keep(other);
      $calls.set([...$calls.get().filter(({ id, phase }) => phase !== 'ended' && id !== call.id), call]);
      void set(call);
    },
    signal(id, signal) {
      const call = get(id);
      if (!call) return undefined;
      const after = next(call, signal, clock.now());
      if (signal.type === 'speaking') show(after);
      else if (after !== call) void set(after);
      return after;
    },
    async change(id, edit) {
      const call = get(id) ?? (await read(id));
      if (!call) return null;
      const now = get(id) ?? call;
      const after = edit(now);
      await (after === now ? journal.settled() : set(after));
      return after;
    },
    putAway(id) {
      const call = $calls.get().find((other) => other.id === id);
      if (call?.phase !== 'ended') return;
      keep(call);
      $calls.set($calls.get().filter((other) => other.id !== id));
    },
    stillAlive() {
      const live = $calls.get().filter(({ phase }) => phase !== 'ended');
      if (live.length > 0) void journal.put(...live.map(row));
    },
    mirror(live) {
      // What leaves the store is remembered as it was last: an older state must not come back.
      for (const call of $calls.get()) keep(call);
      $calls.set(live);
      // A list may have been read from storage before their last change was there, and nothing more changes.
      for (const call of live) if (call.phase === 'ended') for (const listener of listeners) listener(call, true);
    },
    mirrorOne(call) {
      place(call);
      for (const listener of listeners) listener(call, true);
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    clear() {
      $calls.set([]);
      past.clear();
      settled.clear();
    },
  };
}

/** Neither its end nor its log is still to come. */
const over = ({ phase, log }: Call): boolean =>
  phase === 'ended' && (log.state === 'delivered' || log.state === 'excluded');
