import type { ReadableAtom } from 'nanostores';
import type { Call } from './calls/call.ts';
import { within } from './deadline.ts';
import type { AlertWords } from './calls/alert-words.ts';
import { createAlerting } from './calls/alerting.ts';
import type { CallControl } from './calls/call-control.ts';
import type { CallRow, Calls } from './calls/calls.ts';
import { recallHeldCalls } from './calls/hold-recall.ts';
import type { Delivery } from './journal/delivery.ts';
import type { Journal } from './journal/journal.ts';
import type { Outbox } from './journal/outbox.ts';
import { createOrphans } from './orphans.ts';
import type { Logging } from './records/logging.ts';
import type { Attention } from './ports/attention.ts';
import type { Clock } from './ports/clock.ts';
import type { Presence } from './presence/presence.ts';
import { publishPresence } from './presence/publishing.ts';
import type { SignIn } from './presence/sign-in.ts';
import type { Line } from './ports/line.ts';
import type { Storage } from './ports/storage.ts';
import type { Settings } from './settings/settings.ts';
import type { VoicemailStore } from './voicemail/voicemail.ts';
import type { Policy } from './policy/policy.ts';

/** A killed tab's call ended at most so much after its last row. */
const ALIVE_EVERY_MS = 5_000;
/** How long a start waits for the line's first attempt; the line goes on trying by itself. */
const ARRIVE_MS = 20_000;
/** How long a stop waits for the line to say good-bye. */
const LEAVE_MS = 5_000;
/** Rows looked through for what is old. */
const PRUNED_AMONG = 200;

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
  presence: Presence;
  signIn: SignIn;
  voicemail: Pick<VoicemailStore, 'attach'>;
  $settings: ReadableAtom<Settings>;
  logging: Pick<Logging, 'ended' | 'settled'>;
  /** Tells that a call has ended. */
  ended(call: Call): void;
  words: AlertWords;
  show(): void;
  /** Something of the lead failed that a person should know of. */
  failed(error: unknown): void;
}

/** What only the leading tab does: the line, the ringing, the delivery, and finishing what a dead tab left. */
export interface Lead {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Resolves once it is known whether the line has this call, which it may have to take back first. */
  settled(callId: string): Promise<void>;
}

export function createLead(parts: LeadParts): Lead {
  const {
    line,
    control,
    calls,
    storage,
    journal,
    outbox,
    delivery,
    attention,
    clock,
    policy,
    presence,
    signIn,
    voicemail,
    $settings,
    logging,
    ended,
    words,
    show,
    failed,
  } = parts;
  let stops: (() => void)[] = [];
  let takingBack: Promise<void> = Promise.resolve();
  /** Who presses a button meanwhile is served when the calls of the last tab are here, or are known to be over. */
  let orphansKnown: Promise<void> | null = null;
  const orphans = createOrphans({ control, calls, storage, clock, logging, resumes: line.resume !== undefined, ended });

  /** What is delivered and old goes, and so does what was known of old numbers. */
  async function prune(): Promise<void> {
    const oldest = clock.now() - policy.retentionDays * 24 * 60 * 60_000;
    for (const table of ['calls', 'matches'] as const) {
      const rows = await storage.list(table, { limit: PRUNED_AMONG, oldestFirst: true });
      const old = rows.filter(({ at, value }) => at < oldest && (table === 'matches' || done((value as CallRow).call)));
      if (old.length > 0) await journal.put(...old.map(({ key }) => ({ table, key, remove: true }) as const));
    }
  }

  /** One step of taking or giving up the lead: if it fails, the others are done all the same. */
  async function step(work: () => unknown): Promise<void> {
    try {
      await work();
    } catch (error) {
      failed(error);
    }
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
      let known = (): void => undefined;
      orphansKnown = new Promise((resolve) => (known = resolve));
      await step(() => outbox.load());
      await step(orphans.finishMirrored);
      presence.takeOver();
      await step(() => stops.push(control.attach(), keepAlive()));
      stops.push(recallHeldCalls(calls, clock, policy.calls.holdRecallMs));
      stops.push(publishPresence(line, policy.availability, presence.$availability, calls.$calls), voicemail.attach());
      if (attention) {
        const { country } = policy;
        const { $calls } = calls;
        stops.push(createAlerting({ attention, $calls, $settings, control, line, country, words, show }).stop);
      }
      // The phone rings before the past is tidied up.
      const started = step(() => within(clock, ARRIVE_MS, signIn.start));
      await step(orphans.finishStored);
      delivery?.start();
      await step(prune);
      await started;
      takingBack = step(orphans.takeBack).then(() => {
        orphansKnown = null;
        known();
      });
    },
    async settled(callId) {
      if (!control.has(callId)) await orphansKnown;
    },
    async stop() {
      for (const stop of stops) await step(stop);
      stops = [];
      delivery?.stop();
      await step(() => within(clock, LEAVE_MS, () => line.stop()));
      await takingBack;
      // A line that went without a word leaves no call behind.
      control.abandon();
      await logging.settled();
      await delivery?.idle();
      await journal.settled();
      outbox.clear();
    },
  };
}

const done = ({ log }: Call): boolean => log.state === 'delivered' || log.state === 'excluded';
