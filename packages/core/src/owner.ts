import type { Clock } from './ports/clock.ts';
import type { Crm, CrmUser } from './ports/crm.ts';
import type { Storage } from './ports/storage.ts';

/** How long a start waits for the CRM to say who signs in. Later starts know whom to expect and do not wait. */
const PATIENCE_MS = 8_000;

export interface Owner {
  /** SIP address and CRM user: the name of every store, lock and channel. */
  readonly name: string;
  readonly user: CrmUser | null;
}

export interface OwnerOptions {
  /** Asks the CRM instead of believing what was remembered. */
  readonly ask: boolean;
  /** The CRM names somebody else than remembered: everything has to begin anew. */
  readonly changed: () => void;
}

/**
 * Finds out whose data this is and opens it. The CRM user of the last time is remembered under the SIP address, so that a
 * phone rings while the CRM is away.
 */
export async function openOwner(
  storage: Storage,
  crm: Crm | null,
  uri: string,
  clock: Clock,
  { ask, changed }: OwnerOptions,
): Promise<Owner> {
  await storage.open(uri);
  if (!crm?.me) return { name: uri, user: null };

  const remembered = ask ? undefined : ((await storage.read('settings', 'crm-user'))?.value as CrmUser | undefined);
  const asked = crm.me();
  if (remembered) {
    asked.then(
      (user) => user.ref.id !== remembered.ref.id && changed(),
      () => undefined,
    );
  }
  const user = remembered ?? (await before(asked, clock.now() + PATIENCE_MS, clock));
  if (!user) return { name: uri, user: null };

  if (!remembered) await storage.write([{ table: 'settings', key: 'crm-user', at: clock.now(), value: user }]);
  const name = `${uri} ${user.ref.id}`;
  await storage.open(name);
  return { name, user };
}

/** A promise's value if it is there by then, else null. */
function before<T>(promise: Promise<T>, at: number, clock: Clock): Promise<T | null> {
  return new Promise((resolve) => {
    const cancel = clock.at(at, () => resolve(null));
    promise.then(resolve, () => resolve(null)).finally(cancel);
  });
}
