import type { PhoneIdentity } from './user-agent.ts';
import { uuid } from './uuid.ts';

/** The identity of this phone for an account: kept where storage lets us, else good for as long as the page lives. */
export function phoneIdentity(uri: string, storage: Pick<Storage, 'getItem' | 'setItem'> | undefined): PhoneIdentity {
  const key = `multiline:sip:phone:${uri}`;
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
