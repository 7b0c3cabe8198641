import { asError, MultiLineError, type LineCall, type LineCheck, type Presence } from '@multiline/core';
import type { AccountLink } from './account-link.ts';
import { startedLate } from './started-late.ts';
import type { WatchedCallsOptions } from './subscriptions/watched-calls.ts';

/** What stands in `phone-system.ts`. */
export type PhoneSystem = typeof import('./phone-system.ts');

/** Brings it. Rejects with `network` where it does not come; the next one who asks tries again. */
export type PhoneSystemLoader = () => Promise<PhoneSystem>;

let coming: Promise<PhoneSystem> | undefined;

export const phoneSystem: PhoneSystemLoader = () =>
  (coming ??= import('./phone-system.ts').catch((cause: unknown) => {
    coming = undefined;
    throw new MultiLineError('network', { message: 'A part of the phone could not be loaded.', cause });
  }));

/** The steps of the self-test: what one does comes when it is run. */
export function checksOnDemand(
  names: readonly LineCheck['name'][],
  make: (parts: PhoneSystem) => readonly LineCheck[],
): readonly LineCheck[] {
  return names.map((name) => ({
    name,
    async run(signal) {
      let check: LineCheck | undefined;
      try {
        check = make(await phoneSystem()).find((one) => one.name === name);
      } catch (thrown) {
        return { state: 'failed', finding: asError(thrown).code };
      }
      return check?.run(signal) ?? { state: 'skipped', finding: 'stopped' };
    },
  }));
}

/** The calls of the user's other devices, for as long as somebody listens. */
export function watchedOnDemand(
  link: AccountLink,
  options: WatchedCallsOptions,
): (listener: (call: LineCall) => void) => () => void {
  let watched: ReturnType<PhoneSystem['watchedCalls']> | undefined;
  return (listener) =>
    startedLate(phoneSystem, link.clock, ({ watchedCalls }) => (watched ??= watchedCalls(link, options))(listener));
}

/** How a presence is published; what was published is kept up from then on. */
export function publishOnDemand(link: AccountLink): (presence: Presence) => Promise<void> {
  let publication: InstanceType<PhoneSystem['Publication']> | undefined;
  return async (presence) => {
    const { Publication } = await phoneSystem();
    publication ??= new Publication(link);
    await publication.publish(presence);
  };
}
