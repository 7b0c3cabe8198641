import { learnContact, type Core } from '../core.ts';
import { dialogOf, dialogRequest, type Dialog } from '../dialog.ts';
import { parseUri } from '../address.ts';
import type { Flow } from '../flows.ts';
import { header, type Header, type SipRequest } from '../message.ts';
import { tagOf } from '../response.ts';
import type { ServerTransaction } from '../transactions.ts';

/** Seconds. */
const DEFAULT_EXPIRES = 600;
const MIN_EXPIRES = 10;
const MAX_EXPIRES = 3600;
const MAX_PER_WATCHER = 100;
const ANSWER_MS = 32_000;

/** What can be watched about a user (RFC 6665 §5.4). */
export interface EventPackage {
  /** As the Event header names it. */
  readonly name: string;
  readonly contentType: string;
  /** Whether `watcher` may know that about `user`. */
  allows(watcher: string, user: string): boolean;
  /** The whole present state; `version` counts the NOTIFYs of one subscription from 0. */
  body(user: string, version: number): string;
}

/** Everybody who is told about changes: the notifier of RFC 6665. */
export interface Subscriptions {
  /** Takes a SUBSCRIBE outside a dialog. */
  start(transaction: ServerTransaction, watcher: string, user: string, what: EventPackage): void;
  /** Takes a request inside one of our dialogs; false when it belongs to none. */
  onRequest(transaction: ServerTransaction): boolean;
  /** Tells everybody who watches that about the user. */
  changed(name: string, user: string): void;
  /** Tells everybody everything anew. */
  changedAll(): void;
  /** Ends every subscription without a word. */
  clear(): void;
}

interface Subscription {
  readonly what: EventPackage;
  readonly watcher: string;
  readonly user: string;
  readonly dialog: Dialog;
  readonly contact: Header;
  /** The Event header with its id, as the watcher matches it. */
  readonly event: Header;
  expiresAt: number;
  version: number;
  stopExpiry: () => void;
}

/** Makes an empty set; `inside` is the way into this server for what it sends. */
export function createSubscriptions(core: Core, inside: (user: string) => Flow): Subscriptions {
  const subscriptions = new Map<string, Subscription>();

  const drop = (id: string) => {
    subscriptions.get(id)?.stopExpiry();
    subscriptions.delete(id);
  };

  const notify = (id: string, ended?: string) => {
    const subscription = subscriptions.get(id);
    if (!subscription) return;
    const { what, user, dialog, contact, event } = subscription;
    const left = Math.max(0, Math.round((subscription.expiresAt - core.now()) / 1000));
    const state = ended === undefined ? `active;expires=${String(left)}` : `terminated;reason=${ended}`;
    const bare = dialogRequest(dialog, 'NOTIFY');
    const request: SipRequest = {
      ...bare,
      headers: [
        ...bare.headers,
        contact,
        event,
        { name: 'Subscription-State', value: state },
        { name: 'Content-Type', value: what.contentType },
      ],
      body: what.body(user, subscription.version++),
    };
    if (ended !== undefined) drop(id);
    // Through our own front door: that way knows where the watcher is now, and waits for one who is just reconnecting.
    core.transactions.send({
      request,
      flow: inside(id),
      timeoutMs: ANSWER_MS,
      // Whoever does not know the subscription any more is not told again (RFC 6665 §4.2.2).
      onResponse: ({ status }) => {
        if ([404, 405, 410, 481, 489].includes(status)) drop(id);
      },
    });
  };

  /** How long it is to last, in seconds; undefined once it was refused. */
  const secondsOf = (transaction: ServerTransaction): number | undefined => {
    const text = header(transaction.request, 'Expires');
    const wanted = text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : DEFAULT_EXPIRES;
    if (wanted === 0 || wanted >= MIN_EXPIRES) return Math.min(wanted, MAX_EXPIRES);
    transaction.respond(423, { headers: [{ name: 'Min-Expires', value: String(MIN_EXPIRES) }] });
    return undefined;
  };

  const renew = (id: string, subscription: Subscription, transaction: ServerTransaction, seconds: number) => {
    const { contact, dialog } = subscription;
    transaction.respond(200, {
      headers: [contact, { name: 'Expires', value: String(seconds) }],
      toTag: tagOf(dialog.local) ?? '',
    });
    subscription.stopExpiry();
    subscription.expiresAt = core.now() + seconds * 1000;
    if (seconds === 0) {
      notify(id, 'timeout');
      return;
    }
    subscription.stopExpiry = core.timers.after(seconds * 1000, () => notify(id, 'timeout'));
    notify(id);
  };

  return {
    start(transaction, watcher, user, what) {
      const { request, flow } = transaction;
      if (!what.allows(watcher, user)) {
        transaction.respond(403);
        return;
      }
      const seconds = secondsOf(transaction);
      if (seconds === undefined) return;
      const dialog = dialogOf(request, 'To', `${header(request, 'To') ?? ''};tag=${core.random()}`);
      if (!dialog) {
        transaction.respond(400);
        return;
      }
      if ([...subscriptions.values()].filter((one) => one.watcher === watcher).length >= MAX_PER_WATCHER) {
        transaction.respond(503, { reason: 'Too Many Subscriptions' });
        return;
      }
      learnContact(core, request, flow);
      const id = `watch-${core.random()}`;
      const subscription: Subscription = {
        what,
        watcher,
        user,
        dialog,
        contact: { name: 'Contact', value: `<sip:${id}@${core.domain};transport=ws>` },
        event: { name: 'Event', value: header(request, 'Event') ?? what.name },
        expiresAt: 0,
        version: 0,
        stopExpiry: () => undefined,
      };
      subscriptions.set(id, subscription);
      renew(id, subscription, transaction, seconds);
    },
    onRequest(transaction) {
      const { request } = transaction;
      const id = parseUri(request.uri)?.user ?? '';
      const subscription = subscriptions.get(id);
      const known = subscription && header(request, 'Call-ID') === subscription.dialog.callId;
      if (!known || tagOf(header(request, 'To')) !== tagOf(subscription.dialog.local)) return false;
      if (request.method !== 'SUBSCRIBE') {
        transaction.respond(405);
        return true;
      }
      const seconds = secondsOf(transaction);
      if (seconds !== undefined) renew(id, subscription, transaction, seconds);
      return true;
    },
    changed(name, user) {
      for (const [id, { what, user: watched }] of subscriptions) if (what.name === name && watched === user) notify(id);
    },
    changedAll() {
      for (const id of subscriptions.keys()) notify(id);
    },
    clear() {
      for (const id of [...subscriptions.keys()]) drop(id);
    },
  };
}
