import type { Call } from '../calls/call.ts';
import type { Calls } from '../calls/calls.ts';
import type { Clock } from '../ports/clock.ts';
import type { Activity, Crm, LogEntry, LoggedActivity, LogResult } from '../ports/crm.ts';
import { asError, asFailure, type ConflictDetails, type MultiLineError } from '../ports/errors.ts';
import type { Outbox, OutboxEntry } from './outbox.ts';

/** Requests that take longer count as lost; the CRM may have written all the same. */
const PATIENCE_MS = 30_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;
const BATCH = 200;

/** Codes after which a write may or may not have been done. */
const UNCERTAIN = new Set(['network', 'timeout', 'server', 'unexpected']);
/** Codes that say nothing of the entry and everything of the CRM: nobody else is tried before the wait is over. */
const CRM_IS_AWAY = new Set(['network', 'timeout', 'server', 'limit', 'auth-expired', 'auth-failed']);

export interface Delivery {
  /** Delivers what is due, now and later. Only the leading tab starts it. */
  start(): void;
  stop(): void;
  /** Tries again at once, whatever the CRM asked for: a person wants it, or the network came back. */
  wake(): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

export interface DeliveryParts {
  crm: Crm;
  outbox: Outbox;
  calls: Calls;
  clock: Clock;
  /** Makes sure the CRM was asked whom the call belongs to; answers the call, or null if it is not to be logged now. */
  identified(call: Call): Promise<Call | null>;
  activityOf(call: Call): Activity;
  logged(call: Call): void;
  /** 0 … 1. */
  random?: () => number;
}

/** Empties the outbox into the CRM: one activity a request, or all first writes in one when several wait. */
export function createDelivery({
  crm,
  outbox,
  calls,
  clock,
  identified,
  activityOf,
  logged,
  random = Math.random,
}: DeliveryParts): Delivery {
  let running = false;
  let pausedUntil = 0;
  let cancelTimer = (): void => undefined;
  let unlisten = (): void => undefined;
  let pass: Promise<void> | null = null;
  const abort = { current: new AbortController() };

  function look(): void {
    if (!running) return;
    pass ??= work().finally(() => {
      pass = null;
      schedule();
    });
  }

  function schedule(): void {
    cancelTimer();
    if (!running) return;
    const waiting = outbox.$entries.get().filter(({ state }) => state === 'waiting');
    if (waiting.length === 0) return;
    const at = Math.max(pausedUntil, Math.min(...waiting.map(({ dueAt }) => dueAt)));
    cancelTimer = clock.at(at, look);
  }

  const due = (): readonly OutboxEntry[] => {
    const now = clock.now();
    if (now < pausedUntil) return [];
    return outbox.$entries.get().filter(({ state, dueAt }) => state === 'waiting' && dueAt <= now);
  };

  async function work(): Promise<void> {
    for (let entries = due(); running && entries.length > 0; entries = due()) {
      const firsts = entries.filter((entry) => first(entry)).slice(0, BATCH);
      await (crm.logActivities && firsts.length > 1 ? deliverTogether(firsts) : deliver(entries[0] as OutboxEntry));
    }
  }

  const first = ({ callId, tried, overwrite }: OutboxEntry): boolean =>
    tried === undefined && !overwrite && calls.get(callId)?.log.writtenNotes === undefined;

  /** The activity as it will be written; null when a person has to decide first. */
  async function prepare(entry: OutboxEntry): Promise<Activity | null> {
    const call = await calls.read(entry.callId);
    const ready = call && (await identified(call));
    if (!ready) return null;
    const activity = activityOf(ready);
    // A write whose answer was lost is repeated letter for letter; what came since goes out after it.
    return entry.tried === undefined ? activity : { ...activity, notes: entry.tried };
  }

  async function deliver(entry: OutboxEntry): Promise<void> {
    const { key } = entry;
    try {
      const activity = await prepare(entry);
      if (!activity) return;
      await outbox.delivering([key], new Map([[key, activity.notes]]));
      const written = calls.get(entry.callId)?.log.writtenNotes;
      const previousNotes = written ?? entry.tried;
      const options = {
        ...(previousNotes !== undefined && { previousNotes }),
        ...(entry.tried !== undefined && { uncertain: true }),
        ...(entry.overwrite && { overwrite: true }),
      };
      await done(key, activity, await crm.logActivity(key, activity, options, patience()));
    } catch (error) {
      await failed(entry, asError(error));
    }
  }

  async function deliverTogether(entries: readonly OutboxEntry[]): Promise<void> {
    const ready: { entry: OutboxEntry; log: LogEntry }[] = [];
    for (const entry of entries) {
      try {
        const activity = await prepare(entry);
        if (activity) ready.push({ entry, log: { key: entry.key, activity } });
      } catch (error) {
        await failed(entry, asError(error));
        if (clock.now() < pausedUntil) break;
      }
    }
    if (ready.length === 0 || clock.now() < pausedUntil) return;
    const logs = ready.map(({ log }) => log);
    await outbox.delivering(
      logs.map(({ key }) => key),
      new Map(logs.map(({ key, activity }) => [key, activity.notes])),
    );
    const results = await together(logs);
    for (const [index, { entry, log }] of ready.entries()) {
      const result = results[index];
      if (result && 'ok' in result) await done(entry.key, log.activity, result.ok);
      else
        await failed(
          entry,
          result?.error ?? asError(new Error('The CRM answered fewer results than it was asked for.')),
        );
    }
  }

  async function together(logs: readonly LogEntry[]): Promise<readonly LogResult[]> {
    try {
      return (await crm.logActivities?.(logs, patience())) ?? [];
    } catch (error) {
      return logs.map(() => ({ error: asError(error) }));
    }
  }

  async function done(key: string, activity: Activity, result: LoggedActivity): Promise<void> {
    pausedUntil = 0;
    const callId = outbox.$entries.get().find((entry) => entry.key === key)?.callId;
    await outbox.delivered(key, result, { notes: activity.notes, recordId: activity.record?.id ?? null });
    const call = callId === undefined ? undefined : calls.get(callId);
    if (!call) return;
    logged(call);
    // Notes or the record changed while the answer was under way: the same activity once more.
    if (changedSince(call)) await outbox.enqueue(call, call.log.why);
  }

  async function failed(entry: OutboxEntry, error: MultiLineError): Promise<void> {
    const { key } = entry;
    const failure = asFailure(error);
    if (error.code === 'conflict') return outbox.attention(key, failure, error.details as ConflictDetails);
    if (!error.retryable) {
      if (CRM_IS_AWAY.has(error.code)) pausedUntil = clock.now() + LONGEST_RETRY_MS;
      return outbox.attention(key, failure);
    }
    const wait = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** entry.attempts) * (0.5 + random() / 2);
    const dueAt = error.retryAt ?? Math.round(clock.now() + wait);
    if (CRM_IS_AWAY.has(error.code)) pausedUntil = dueAt;
    // Once a write may have been done, it may have been done until an answer says so.
    return outbox.retry(key, failure, dueAt, UNCERTAIN.has(error.code) || entry.tried !== undefined);
  }

  const patience = (): AbortSignal => AbortSignal.any([abort.current.signal, AbortSignal.timeout(PATIENCE_MS)]);

  return {
    start() {
      if (running) return;
      running = true;
      abort.current = new AbortController();
      unlisten = outbox.$entries.listen(look);
      look();
    },
    stop() {
      running = false;
      unlisten();
      cancelTimer();
      abort.current.abort();
    },
    wake() {
      pausedUntil = 0;
      look();
    },
    idle: () => pass ?? Promise.resolve(),
  };
}

/** Whether the CRM has another text or another record than we have. */
export function changedSince({ log, notes, match }: Call): boolean {
  return log.writtenNotes !== notes.saved || log.writtenRecordId !== (match.record?.id ?? null);
}
