import type { Core } from '../core.ts';
import type { Flow } from '../flows.ts';
import { header } from '../message.ts';
import type { ServerTransaction } from '../transactions.ts';
import { createWatchedDialogs, type WatchedDialogs } from '../watched-dialogs.ts';
import { dialogInfo } from './dialog-info.ts';
import { messageSummary, type MailboxCount } from './message-summary.ts';
import { createPresenceStates } from './presence.ts';
import { createSubscriptions } from './subscriptions.ts';

/** What this server tells whoever subscribes, and what it takes by PUBLISH. */
export interface Events {
  readonly dialogs: WatchedDialogs;
  /** Takes a SUBSCRIBE about a user outside a dialog. */
  subscribe(transaction: ServerTransaction, watcher: string, user: string): void;
  publish(transaction: ServerTransaction, publisher: string, user: string): void;
  /** Takes a request inside a subscription's dialog; false when it belongs to none. */
  onRequest(transaction: ServerTransaction): boolean;
  /** A user's mailbox has changed. */
  mailboxChanged(user: string): void;
  /** A user's devices may have changed. */
  devicesChanged(user: string): void;
  /** Forgets publications and calls; who subscribed is told of the new beginning. */
  reset(): void;
  clear(): void;
}

/** Makes the event packages of a server; `inside` is the way into it for what it sends itself. */
export function createEvents(
  core: Core,
  inside: (user: string) => Flow,
  mailboxCount: (user: string) => MailboxCount,
): Events {
  const subscriptions = createSubscriptions(core, inside);
  const dialogs = createWatchedDialogs((user) => subscriptions.changed('dialog', user));
  const presence = createPresenceStates(core, (user) => subscriptions.changed('presence', user));
  const packages = [messageSummary(core.domain, mailboxCount), dialogInfo(core.domain, dialogs.of), presence];

  const eventOf = (transaction: ServerTransaction) =>
    header(transaction.request, 'Event')?.split(';')[0]?.trim().toLowerCase();
  const badEvent = (transaction: ServerTransaction, known: readonly string[]) =>
    transaction.respond(489, { headers: [{ name: 'Allow-Events', value: known.join(', ') }] });

  return {
    dialogs,
    subscribe(transaction, watcher, user) {
      const event = eventOf(transaction);
      const what = packages.find(({ name }) => name === event);
      if (what) subscriptions.start(transaction, watcher, user, what);
      else {
        badEvent(
          transaction,
          packages.map(({ name }) => name),
        );
      }
    },
    publish(transaction, publisher, user) {
      if (eventOf(transaction) !== presence.name) badEvent(transaction, [presence.name]);
      else if (publisher !== user) transaction.respond(403, { reason: 'Not Your Presence' });
      else presence.publish(transaction, user);
    },
    onRequest: (transaction) => subscriptions.onRequest(transaction),
    mailboxChanged: (user) => subscriptions.changed('message-summary', user),
    devicesChanged: (user) => presence.refresh(user),
    reset() {
      presence.clear();
      dialogs.clear();
      subscriptions.changedAll();
    },
    clear: () => subscriptions.clear(),
  };
}
