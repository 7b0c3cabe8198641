import { next, type Call } from './calls/call.ts';
import { createAlerting } from './calls/alerting.ts';
import type { CallControl } from './calls/call-control.ts';
import type { CallRow, Calls } from './calls/calls.ts';
import type { Delivery } from './journal/delivery.ts';
import type { Journal } from './journal/journal.ts';
import type { Outbox } from './journal/outbox.ts';
import type { Attention } from './ports/attention.ts';
import type { Clock } from './ports/clock.ts';
import type { Line } from './ports/line.ts';
import type { Storage } from './ports/storage.ts';
import type { Policy } from './policy/policy.ts';

/** A killed tab's call ended at most so much after its last row. */
const ALIVE_EVERY_MS = 5_000;
/** Rows a new leader looks through for calls that nobody finished. */
const UNFINISHED_AMONG = 200;

export interface LeadParts {
  line: Line;
  control: CallControl;
  calls: Calls;
  storage: Storage;
  journal: Journal;
  outbox: Outbox;
  delivery: Delivery | null;
  attention: Attention | null;
  clock: Clock;
  policy: Policy;
  /** What the end of a call brings: its log. */
  ended(call: Call): Promise<void>;
  show(): void;
}

/** What only the leading tab does: the line, the ringing, the delivery, and finishing what a dead tab left. */
export function createLead(parts: LeadParts): { start(): Promise<void>; stop(): Promise<void> } {
  const { line, control, calls, storage, journal, outbox, delivery, attention, clock, policy, ended, show } = parts;
  let stops: (() => void)[] = [];

  async function finishOrphans(): Promise<void> {
    const rows = await storage.list('calls', { limit: UNFINISHED_AMONG });
    for (const { value } of rows) {
      const { call, aliveAt } = value as CallRow;
      if (call.phase === 'ended' && call.log.state !== 'pending') continue;
      const finished = await calls.change(call.id, (now) => next(now, orphaned(now), aliveAt));
      if (finished) await ended(finished);
    }
  }

  async function prune(): Promise<void> {
    const oldest = clock.now() - policy.retentionDays * 24 * 60 * 60_000;
    const rows = await storage.list('calls', { limit: UNFINISHED_AMONG, oldestFirst: true });
    const old = rows.filter(({ at, value }) => at < oldest && done((value as CallRow).call));
    if (old.length > 0) await journal.put(...old.map(({ key }) => ({ table: 'calls', key, remove: true }) as const));
  }

  /** While a call lives its row is written now and then; without one nothing runs. */
  function keepAlive(): () => void {
    let cancel: (() => void) | null = null;
    const tick = (): void => {
      cancel = clock.at(clock.now() + ALIVE_EVERY_MS, tick);
      calls.stillAlive();
    };
    const unsubscribe = calls.$calls.subscribe((live) => {
      const alive = live.some(({ phase }) => phase !== 'ended');
      if (alive && !cancel) cancel = clock.at(clock.now() + ALIVE_EVERY_MS, tick);
      if (!alive && cancel) {
        cancel();
        cancel = null;
      }
    });
    return () => {
      unsubscribe();
      cancel?.();
    };
  }

  return {
    async start() {
      calls.mirror([]);
      await outbox.load();
      stops = [control.attach(), keepAlive()];
      if (attention) stops.push(createAlerting(attention, calls, policy.country, show).stop);
      // The phone rings before the past is tidied up.
      const started = line.start();
      await finishOrphans();
      delivery?.start();
      await prune();
      await started;
    },
    async stop() {
      for (const stop of stops) stop();
      stops = [];
      delivery?.stop();
      await line.stop();
      await delivery?.idle();
    },
  };
}

const orphaned = (call: Call) =>
  ({
    type: 'ended',
    by: 'us',
    reason: call.direction === 'inbound' && call.phase === 'ringing' ? 'missed' : 'interrupted',
  }) as const;

const done = ({ log }: Call): boolean => log.state === 'delivered' || log.state === 'excluded';
