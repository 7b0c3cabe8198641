import type { PhoneIdentity } from './user-agent.ts';
import { uuid } from './uuid.ts';

/** What the identity of a phone is kept in, e.g. `localStorage`. */
export type PhoneStorage = Pick<Storage, 'getItem' | 'setItem'> & Partial<Pick<Storage, 'removeItem'>>;

const keyOf = (uri: string): string => `multiline:sip:phone:${uri}`;
export const farewellsKey = (uri: string): string => `multiline:sip:farewells:${uri}`;

/** The identity of this phone for an account: kept where storage lets us, else good for as long as the page lives. */
export function phoneIdentity(uri: string, storage: PhoneStorage | undefined): PhoneIdentity {
  const key = keyOf(uri);
  const made: PhoneIdentity = {
    contactName: uuid().slice(0, 8),
    instanceId: uuid(),
  };
  try {
    const [contactName, instanceId] = storage?.getItem(key)?.split(' ') ?? [];
    if (contactName && /^[0-9a-f]{8}$/.test(contactName) && instanceId && /^[0-9a-f-]{36}$/.test(instanceId)) {
      return { contactName, instanceId };
    }
    storage?.setItem(key, `${made.contactName} ${made.instanceId}`);
  } catch {
    // Denied or full: a new phone at every load is no harm, only a stale contact more at the server.
  }
  return made;
}

/** The account's user has signed out: neither their address nor whom they spoke with stays on this computer. */
export function forgetPhone(uri: string, storage: PhoneStorage | undefined): void {
  try {
    for (const key of [keyOf(uri), farewellsKey(uri)]) storage?.removeItem?.(key);
  } catch {
    // Denied: nothing was kept.
  }
}
