import type { Core } from '../core.ts';
import { header } from '../message.ts';
import type { ServerTransaction } from '../transactions.ts';
import type { EventPackage } from './subscriptions.ts';
import { xmlText } from './xml.ts';

const TYPE = 'application/pidf+xml';
/** Seconds. */
const DEFAULT_EXPIRES = 600;
const MIN_EXPIRES = 10;
const MAX_EXPIRES = 3600;
const MAX_PER_USER = 10;

/** What people say about themselves: the state agent of RFC 3903. */
export interface PresenceStates extends EventPackage {
  /** Takes a PUBLISH of a user about that user. */
  publish(transaction: ServerTransaction, user: string): void;
  /** Looks whether a user's state is still what was last told: a device may have come or gone. */
  refresh(user: string): void;
  clear(): void;
}

interface Publication {
  body: string;
  stopExpiry: () => void;
}

/** Makes the states; `onChange` is called when somebody's state has changed. */
export function createPresenceStates(core: Core, onChange: (user: string) => void): PresenceStates {
  /** By entity tag, the newest last. */
  const users = new Map<string, Map<string, Publication>>();
  const told = new Map<string, string>();

  const stateOf = (user: string): string => {
    const newest = [...(users.get(user)?.values() ?? [])].at(-1);
    if (newest) return newest.body;
    const basic = core.registrar.bindings(user).length > 0 ? 'open' : 'closed';
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<presence xmlns="urn:ietf:params:xml:ns:pidf" entity="${xmlText(`sip:${user}@${core.domain}`)}">`,
      `<tuple id="device"><status><basic>${basic}</basic></status></tuple>`,
      '</presence>',
      '',
    ].join('\n');
  };

  const refresh = (user: string) => {
    const state = stateOf(user);
    if (told.get(user) === state) return;
    told.set(user, state);
    onChange(user);
  };

  const remove = (user: string, tag: string) => {
    const publications = users.get(user);
    publications?.get(tag)?.stopExpiry();
    publications?.delete(tag);
    if (publications?.size === 0) users.delete(user);
    refresh(user);
  };

  const secondsOf = (transaction: ServerTransaction): number | undefined => {
    const text = header(transaction.request, 'Expires');
    const wanted = text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : DEFAULT_EXPIRES;
    if (wanted === 0 || wanted >= MIN_EXPIRES) return Math.min(wanted, MAX_EXPIRES);
    transaction.respond(423, { headers: [{ name: 'Min-Expires', value: String(MIN_EXPIRES) }] });
    return undefined;
  };

  return {
    name: 'presence',
    contentType: TYPE,
    allows: (watcher) => !watcher.startsWith('guest-'),
    body: (user) => stateOf(user),
    publish(transaction, user) {
      const { request } = transaction;
      const publications = users.get(user) ?? new Map<string, Publication>();
      const match = header(request, 'SIP-If-Match');
      const known = match === undefined ? undefined : publications.get(match);
      if (match !== undefined && !known) {
        transaction.respond(412);
        return;
      }
      const type = header(request, 'Content-Type')?.split(';')[0]?.trim().toLowerCase();
      if (request.body !== '' && type !== TYPE) {
        transaction.respond(415, { headers: [{ name: 'Accept', value: TYPE }] });
        return;
      }
      if (request.body === '' ? !known : !request.body.includes('<presence')) {
        transaction.respond(400, { reason: 'No Presence Document' });
        return;
      }
      const seconds = secondsOf(transaction);
      if (seconds === undefined) return;
      if (!known && publications.size >= MAX_PER_USER) {
        transaction.respond(503, { reason: 'Too Many Publications' });
        return;
      }
      // Every success gives a new tag, a mere refresh too (RFC 3903 §6).
      const tag = core.random();
      if (match !== undefined) {
        known?.stopExpiry();
        publications.delete(match);
      }
      if (seconds > 0) {
        const stopExpiry = core.timers.after(seconds * 1000, () => remove(user, tag));
        publications.set(tag, { body: request.body === '' ? (known?.body ?? '') : request.body, stopExpiry });
        users.set(user, publications);
      } else if (publications.size === 0) users.delete(user);
      transaction.respond(200, {
        headers: [
          { name: 'SIP-ETag', value: tag },
          { name: 'Expires', value: String(seconds) },
        ],
      });
      refresh(user);
    },
    refresh,
    clear() {
      for (const publications of users.values()) for (const { stopExpiry } of publications.values()) stopExpiry();
      users.clear();
      told.clear();
    },
  };
}
