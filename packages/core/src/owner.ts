import { attempt } from './deadline.ts';
import type { Clock } from './ports/clock.ts';
import type { CrmUser } from './ports/crm.ts';
import { asError } from './ports/errors.ts';
import type { Change, Storage } from './ports/storage.ts';
import type { CallRow } from './calls/calls.ts';
import type { OutboxEntry } from './journal/outbox.ts';

/** How long a start waits for the CRM to say who signs in. Later starts know whom to expect and do not wait. */
const PATIENCE_MS = 8_000;
/** A CRM that does not say is asked again, first after the shorter time, then twice as late each time. */
const FIRST_AGAIN_MS = 2_000;
const LONGEST_AGAIN_MS = 60_000;
/** A call whose row is older than this has no tab any more: a tab writes it every few seconds, a hidden one every minute. */
const DEAD_AFTER_MS = 3 * 60_000;
/** What a person has chosen for themselves. */
const CHOICES: readonly string[] = ['user', 'availability', 'favorites'];

export interface Owner {
  /** SIP address and CRM user: the name of every store, lock and channel. */
  readonly name: string;
  /** Whom the CRM named, now or the last time; null while nobody knows. */
  readonly user: CrmUser | null;
}

/** Whom the CRM takes us for, asked until it answers. */
export interface SignedIn {
  /** Resolves once the CRM has named the user; with null if there is none to name or it will never say. */
  readonly user: Promise<CrmUser | null>;
  /** Asks now instead of later. */
  hurry(): void;
  stop(): void;
}

/**
 * Asks the CRM who signs in until it says.
 *
 * @param me null where nobody can be asked
 */
export function askUser(me: (() => Promise<CrmUser>) | null, clock: Clock): SignedIn {
  let answer: (user: CrmUser | null) => void = () => undefined;
  const user = new Promise<CrmUser | null>((resolve) => (answer = resolve));
  let cancel = (): void => undefined;
  let wait = FIRST_AGAIN_MS;
  let asking = false;
  let over = false;

  const settle = (named: CrmUser | null): void => {
    over = true;
    answer(named);
  };

  function ask(): void {
    if (asking || over) return;
    cancel();
    asking = true;
    attempt(() => (me ? me() : null)).then(settle, (error: unknown) => {
      asking = false;
      if (over) return;
      const { code, retryable } = asError(error);
      if (!retryable && code !== 'auth-failed') {
        settle(null);
        return;
      }
      cancel = clock.at(clock.now() + wait, ask);
      wait = Math.min(wait * 2, LONGEST_AGAIN_MS);
    });
  }

  ask();
  return {
    user,
    hurry: ask,
    stop() {
      over = true;
      cancel();
    },
  };
}

/**
 * Finds out whose data this is and opens it. The CRM user of the last time is remembered under the SIP address, so that a
 * phone rings while the CRM is away.
 *
 * @param named the user, when the CRM has just named somebody else than we expected
 */
export async function openOwner(
  storage: Storage,
  uri: string,
  clock: Clock,
  signedIn: SignedIn,
  named: CrmUser | null,
): Promise<Owner> {
  await storage.open(uri);
  const remembered = named ? null : ((await storage.read('settings', 'crm-user'))?.value as CrmUser | undefined);
  const user = named ?? remembered ?? (await before(signedIn.user, clock.now() + PATIENCE_MS, clock));
  if (!user) return { name: uri, user: null };

  const name = `${uri} ${user.ref.id}`;
  if (remembered) {
    await storage.open(name);
  } else {
    const row = { table: 'settings', key: 'crm-user', at: clock.now(), value: user } as const;
    await attempt(() => storage.write([row])).catch(() => undefined);
    // What cannot be moved now is found again by the next start that asks; the phone rings meanwhile.
    await adopt(storage, uri, name, clock).catch(() => storage.open(name));
  }
  return { name, user };
}

/** Removes everything of an owner, and whom we remembered under the address. */
export async function wipeOwner(storage: Storage, uri: string, name: string): Promise<void> {
  try {
    for (const owner of new Set([name, uri])) {
      await storage.open(owner);
      await storage.wipe();
    }
  } finally {
    await storage.close();
  }
}

/**
 * Opens the data of a user whom the CRM has named for the first time. What was kept under the address alone, while the CRM
 * could not say who it is, is theirs: its calls and what waits of them move over. A live call of another tab stays.
 */
async function adopt(storage: Storage, uri: string, name: string, clock: Clock): Promise<void> {
  const calls = (await storage.list('calls')).filter(({ value }) => {
    const { call, aliveAt } = value as CallRow;
    return call.phase === 'ended' || Math.abs(clock.now() - aliveAt) > DEAD_AFTER_MS;
  });
  const outbox = (await storage.list('outbox')).filter(({ value }) =>
    calls.some(({ key }) => key === (value as OutboxEntry).callId),
  );
  const choices = (await storage.list('settings')).filter(({ key }) => CHOICES.includes(key));
  await storage.open(name);
  if (calls.length === 0 && choices.length === 0) return;

  const known = new Set((await storage.list('calls')).map(({ key }) => key));
  const chosen = new Set((await storage.list('settings')).map(({ key }) => key));
  const moved: Change[] = [
    ...calls.filter(({ key }) => !known.has(key)).map((row) => ({ table: 'calls' as const, ...row })),
    // Of a move that was cut off the entries went with their calls; what is here may be delivered already.
    ...outbox
      .filter(({ value }) => !known.has((value as OutboxEntry).callId))
      .map((row) => ({ table: 'outbox' as const, ...row })),
    ...choices.filter(({ key }) => !chosen.has(key)).map((row) => ({ table: 'settings' as const, ...row })),
  ];
  await storage.write(moved);
  await storage.open(uri);
  await storage.write([
    ...calls.map(({ key }) => ({ table: 'calls' as const, key, remove: true as const })),
    ...outbox.map(({ key }) => ({ table: 'outbox' as const, key, remove: true as const })),
    ...choices.map(({ key }) => ({ table: 'settings' as const, key, remove: true as const })),
  ]);
  await storage.open(name);
}

/** A promise's value if it is there by then, else null. */
function before<T>(promise: Promise<T>, at: number, clock: Clock): Promise<T | null> {
  return new Promise((resolve) => {
    const cancel = clock.at(at, () => resolve(null));
    promise.then(resolve, () => resolve(null)).finally(cancel);
  });
}
