import type { Call } from '../calls/call.ts';
import type { Calls } from '../calls/calls.ts';
import { within } from '../deadline.ts';
import type { Clock } from '../ports/clock.ts';
import type { Activity, Crm, LogEntry, LoggedActivity, LogResult } from '../ports/crm.ts';
import { asError, asFailure, type ConflictDetails, MultiLineError } from '../ports/errors.ts';
import { changedSince } from '../records/activity.ts';
import { LONGEST_LIMIT_MS, type Outbox, type OutboxEntry } from './outbox.ts';

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
  /**
   * Tries again now: the network came back. What the CRM's limit holds back goes on waiting, unless a person wants it
   * (`asked`).
   */
  wake(asked?: boolean): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

export interface DeliveryParts {
  crm: Crm;
  outbox: Outbox;
  calls: Calls;
  clock: Clock;
  /** Whether it is known whose CRM this is: nobody's calls are written in another user's name. */
  allowed(): boolean;
  /** Asks the CRM whom these calls belong to where it is not known yet, in as few requests as may be. */
  identifyAll(calls: readonly Call[]): Promise<void>;
  /** Makes sure the CRM was asked whom the call belongs to; answers the call, or null if it is not to be logged now. */
  identified(call: Call): Promise<Call | null>;
  /** The call's record is gone from the CRM: asks once more. */
  recordGone(call: Call): Promise<void>;
  activityOf(call: Call): Activity;
  logged(call: Call): void;
  /** 0 … 1. */
  random?: () => number;
}

interface Ready {
  readonly entry: OutboxEntry;
  readonly activity: Activity;
}

/** Empties the outbox into the CRM: one activity a request, or all first writes in one when several wait. */
export function createDelivery(parts: DeliveryParts): Delivery {
  const { crm, outbox, calls, clock, random = Math.random } = parts;
  let running = false;
  let pausedUntil = 0;
  let limited = false;
  /** The CRM was away when asked last: one entry goes ahead of the others, so that few writes are ever in doubt. */
  let probing = false;
  /** By how much the clock was set back while we waited (ms). */
  let behind = 0;
  let cancelTimer = (): void => undefined;
  let unlisten = (): void => undefined;
  let pass: Promise<void> | null = null;
  let abort = new AbortController();

  const now = (): number => clock.now() + behind;
  const waiting = (): readonly OutboxEntry[] => outbox.$entries.get().filter(({ state }) => state === 'waiting');

  function look(): void {
    if (!running || pass || !parts.allowed()) return;
    pass = work()
      // What fails here is a defect of ours or of a port; the entries stay, and it is tried again in a while.
      .catch(() => pause(now() + LONGEST_RETRY_MS))
      .finally(() => {
        pass = null;
        schedule();
      });
  }

  function pause(until: number): void {
    pausedUntil = until;
  }

  function schedule(): void {
    cancelTimer();
    const entries = waiting();
    if (!running || entries.length === 0) return;
    const at = Math.max(pausedUntil, Math.min(...entries.map(({ dueAt }) => dueAt)));
    // No wait of ours is longer than this: if it looks so, the clock was set back.
    const held = limited || entries.some(({ failure }) => failure?.code === 'limit');
    const wait = Math.min(Math.max(0, at - now()), held ? LONGEST_LIMIT_MS : LONGEST_RETRY_MS);
    cancelTimer = clock.at(clock.now() + wait, () => {
      behind = Math.max(behind, at - clock.now());
      look();
    });
  }

  const due = (): readonly OutboxEntry[] =>
    now() < pausedUntil ? [] : waiting().filter(({ dueAt }) => dueAt <= now());

  async function work(): Promise<void> {
    while (running) {
      const entries = due();
      const [oldest] = entries;
      if (!oldest) return;
      const firsts = entries.filter(first).slice(0, BATCH);
      if (probing) await deliver(entries.find(({ tried }) => tried !== undefined) ?? oldest);
      else if (crm.logActivities && firsts.length > 1) await deliverTogether(firsts);
      else await deliver(oldest);
    }
  }

  const first = ({ callId, tried, overwrite }: OutboxEntry): boolean =>
    tried === undefined && !overwrite && calls.get(callId)?.log.writtenNotes === undefined;

  /** The activity as it will be written; null when a person has to decide first. */
  async function prepare(entry: OutboxEntry): Promise<Activity | null> {
    const call = await calls.read(entry.callId);
    if (!call) {
      outbox.drop(entry.key);
      return null;
    }
    const ready = await parts.identified(call);
    if (!ready) return null;
    const activity = parts.activityOf(ready);
    // A write whose answer was lost is repeated letter for letter; what came since goes out after it.
    return entry.tried === undefined ? activity : { ...activity, notes: entry.tried };
  }

  async function deliver(entry: OutboxEntry): Promise<void> {
    const { key } = entry;
    let activity: Activity | null = null;
    try {
      activity = await unlessStopped(() => prepare(entry));
      if (!activity) return;
      const written = calls.get(entry.callId)?.log.writtenNotes;
      const previousNotes = written ?? entry.tried;
      const options = {
        ...(previousNotes !== undefined && { previousNotes }),
        ...(entry.tried !== undefined && { uncertain: true }),
        ...(entry.overwrite && { overwrite: true }),
      };
      const ready = { entry, activity };
      await outbox.delivering([key], new Map([[key, activity.notes]]));
      await done(ready, await request((signal) => crm.logActivity(key, ready.activity, options, signal)));
    } catch (error) {
      await failed(entry, activity, asError(error));
    }
  }

  async function deliverTogether(entries: readonly OutboxEntry[]): Promise<void> {
    try {
      await unlessStopped(() => parts.identifyAll(entries.flatMap(({ callId }) => calls.get(callId) ?? [])));
    } catch (error) {
      // Away: no reason to ask for each of them. Else one of them is the reason, and each is asked for alone.
      const [oldest] = entries;
      if (oldest && CRM_IS_AWAY.has(asError(error).code)) return failed(oldest, null, asError(error));
    }
    const ready: Ready[] = [];
    for (const entry of entries) {
      try {
        const activity = await unlessStopped(() => prepare(entry));
        if (activity) ready.push({ entry, activity });
      } catch (error) {
        await failed(entry, null, asError(error));
        if (!running || now() < pausedUntil) return;
      }
    }
    if (ready.length === 0) return;
    await outbox.delivering(
      ready.map(({ entry }) => entry.key),
      new Map(ready.map(({ entry, activity }) => [entry.key, activity.notes])),
    );
    const results = await together(ready.map(({ entry, activity }) => ({ key: entry.key, activity })));
    for (const [index, one] of ready.entries()) {
      const result = results[index] ?? { error: tooFew() };
      if ('ok' in result) await done(one, result.ok);
      else await failed(one.entry, one.activity, asError(result.error));
    }
  }

  async function together(logs: readonly LogEntry[]): Promise<readonly LogResult[]> {
    try {
      return await request(async (signal) => (await crm.logActivities?.(logs, signal)) ?? []);
    } catch (error) {
      return logs.map(() => ({ error: asError(error) }));
    }
  }

  /** Asking whom a call belongs to has its own deadlines; a stop waits for none of them. */
  const unlessStopped = <T>(work: () => Promise<T>): Promise<T> => within(clock, LONGEST_RETRY_MS, work, abort.signal);

  const request = <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> =>
    within(clock, PATIENCE_MS, work, abort.signal);

  async function done({ entry, activity }: Ready, result: LoggedActivity): Promise<void> {
    pausedUntil = 0;
    limited = false;
    // Who is let in again may deliver what was turned away at the door.
    if (probing) outbox.hasten();
    probing = false;
    const { kind, id } = result.ref;
    const written = { notes: activity.notes, recordId: activity.record?.id ?? null };
    await outbox.delivered(entry.key, { ref: { kind, id }, created: result.created }, written);
    const call = calls.get(entry.callId);
    if (!call) return;
    parts.logged(call);
    // Notes or the record changed while the answer was under way, or the call rang again: the same activity once more.
    const otherEnd = call.phase === 'ended' && (call.reason ?? 'interrupted') !== activity.outcome;
    if (otherEnd || changedSince(call, crm.kinds)) await outbox.enqueue(call, call.log.why);
  }

  async function failed(entry: OutboxEntry, activity: Activity | null, error: MultiLineError): Promise<void> {
    // Stopped in between: the entry is found under way by whoever delivers next.
    if (!running) return;
    const { key } = entry;
    const failure = asFailure(error);
    const away = CRM_IS_AWAY.has(error.code);
    probing = away;
    limited = error.code === 'limit';
    // Once a write may have been done, it may have been done until an answer says so.
    const uncertain = UNCERTAIN.has(error.code) || entry.tried !== undefined;
    if (error.code === 'conflict') return outbox.attention(key, failure, false, error.details as ConflictDetails);
    if (error.code === 'not-found' && activity?.record && entry.gone !== activity.record.id) {
      const call = calls.get(entry.callId);
      if (call) await parts.recordGone(call);
      return outbox.retryWithout(key, activity.record.id);
    }
    if (!error.retryable) {
      if (away) pause(now() + LONGEST_RETRY_MS);
      return outbox.attention(key, failure, uncertain);
    }
    const dueAt = now() + Math.round(waitAfter(error, entry.attempts));
    if (away) pause(dueAt);
    return outbox.retry(key, failure, dueAt, uncertain);
  }

  /** As long as the CRM says; else twice as long each time, and never the same for everybody. */
  function waitAfter({ retryAt }: MultiLineError, attempts: number): number {
    if (retryAt !== undefined) return Math.min(Math.max(retryAt - clock.now(), FIRST_RETRY_MS), LONGEST_LIMIT_MS);
    return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempts) * (0.5 + random() / 2);
  }

  return {
    start() {
      if (running) return;
      running = true;
      abort = new AbortController();
      probing = outbox.$entries.get().some(({ failure }) => failure && CRM_IS_AWAY.has(failure.code));
      unlisten = outbox.$entries.listen(look);
      look();
    },
    stop() {
      running = false;
      unlisten();
      cancelTimer();
      abort.abort(new MultiLineError('not-ready'));
    },
    wake(asked = false) {
      if (!running) return;
      if (asked || !limited) pausedUntil = 0;
      outbox.hasten();
      look();
    },
    idle: () => pass ?? Promise.resolve(),
  };
}

const tooFew = (): MultiLineError =>
  new MultiLineError('server', { message: 'The CRM answered fewer results than it was asked for.' });
