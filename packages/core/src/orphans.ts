import type { Call } from './calls/call.ts';
import type { CallControl } from './calls/call-control.ts';
import { next, orphanedReason } from './calls/call-machine.ts';
import type { CallRow, Calls } from './calls/calls.ts';
import type { Clock } from './ports/clock.ts';
import type { Storage } from './ports/storage.ts';
import type { Logging } from './records/logging.ts';

/** Rows a new leader looks through for calls that nobody finished. */
const UNFINISHED_AMONG = 200;
/** A call whose tab wrote no row for so long has nobody on the other end any more. */
const TAKEN_BACK_WITHIN_MS = 60_000;

export interface OrphanParts {
  control: Pick<CallControl, 'has' | 'takeBack'>;
  calls: Calls;
  storage: Storage;
  clock: Clock;
  logging: Pick<Logging, 'ended'>;
  /** Whether the line can take calls back. */
  resumes: boolean;
  /** Tells that a call has ended. */
  ended(call: Call): void;
}

/** Calls of a tab that is gone: taken back where the line can, else brought to a truthful end. */
export interface Orphans {
  /** What this tab saw of the last leader's calls. */
  finishMirrored(): Promise<void>;
  /** What storage knows beside. Resolves once nothing is left but what `takeBack` may bring back. */
  finishStored(): Promise<void>;
  /** Takes back what can be, and finishes the rest. The line has started. */
  takeBack(): Promise<void>;
}

export function createOrphans({ control, calls, storage, clock, logging, resumes, ended }: OrphanParts): Orphans {
  /** To be taken back, as their tab left them, and since when nobody has known of them (epoch ms). */
  const waiting = new Map<string, { readonly call: Call; readonly at: number }>();

  async function finishOrWait(call: Call, at: number): Promise<void> {
    if (resumes && call.resume && call.phase !== 'ended' && clock.now() - at < TAKEN_BACK_WITHIN_MS)
      waiting.set(call.id, { call, at });
    else await finish(call.id, at);
  }

  async function finish(id: string, at: number): Promise<void> {
    const before = await calls.read(id);
    const finished = await calls.change(id, (call) =>
      next(call, { type: 'ended', by: 'us', reason: orphanedReason(call) }, at),
    );
    if (!finished) return;
    if (before?.phase !== 'ended') ended(finished);
    await logging.ended(finished);
  }

  return {
    async finishMirrored() {
      for (const call of calls.$calls.get()) if (call.phase !== 'ended') await finishOrWait(call, clock.now());
    },
    async finishStored() {
      const rows = await storage.list('calls', { limit: UNFINISHED_AMONG });
      for (const { key, value } of rows) {
        const { call, aliveAt } = value as CallRow;
        const now = calls.get(key) ?? call;
        // A call that has come in since is nobody's orphan.
        if (control.has(key) || waiting.has(key) || (now.phase === 'ended' && now.log.state !== 'pending')) continue;
        await finishOrWait(now, aliveAt);
      }
    },
    async takeBack() {
      const taken = await control.takeBack([...waiting.values()].map(({ call }) => call));
      for (const [id, { at }] of waiting) if (!taken.includes(id) && !control.has(id)) await finish(id, at);
      waiting.clear();
    },
  };
}
