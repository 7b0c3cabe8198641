import { sipAccount } from '@multiline/sip';
import { insideOf } from '../../../../packages/sip/src/account.ts';
import { keepSubscribed } from '../../../../packages/sip/src/subscriptions/subscription.ts';

/** A phone of the user's at one server that hears what his others publish (RFC 3856). */
export async function presenceWatcher(user: string, server: string): Promise<PresenceWatcher> {
  const account = sipAccount({
    servers: [server],
    uri: `sip:${user}@servers.test`,
    credentials: () => ({ password: user }),
  });
  let told = '';
  const listeners = new Set<() => void>();
  const subscription = keepSubscribed(insideOf(account).link, {
    event: 'presence',
    accept: 'application/pidf+xml',
    onNotify(body) {
      told = body;
      for (const listener of listeners) listener();
    },
  });
  await account.start();
  return {
    hears: (words) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (told.includes(words)) resolve();
        };
        listeners.add(look);
        look();
      }),
    async stop() {
      subscription.stop();
      await account.stop();
    },
  };
}

export interface PresenceWatcher {
  /** Until the present state has these words. */
  hears(words: string): Promise<void>;
  stop(): Promise<void>;
}
