import type { EventPackage } from './subscriptions.ts';

/** How many messages a mailbox holds. */
export interface MailboxCount {
  readonly fresh: number;
  readonly heard: number;
}

/** The messages that wait for a user (RFC 3842), for that user alone. */
export function messageSummary(domain: string, count: (user: string) => MailboxCount): EventPackage {
  return {
    name: 'message-summary',
    contentType: 'application/simple-message-summary',
    allows: (watcher, user) => watcher === user,
    body(user) {
      const { fresh, heard } = count(user);
      const lines = [
        `Messages-Waiting: ${fresh > 0 ? 'yes' : 'no'}`,
        `Message-Account: sip:${user}@${domain}`,
        `Voice-Message: ${String(fresh)}/${String(heard)} (0/0)`,
      ];
      return `${lines.join('\r\n')}\r\n`;
    },
  };
}
