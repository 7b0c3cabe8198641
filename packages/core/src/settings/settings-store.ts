import { atom, type ReadableAtom } from 'nanostores';
import type { Journal } from '../journal/journal.ts';
import type { Policy } from '../policy/policy.ts';
import type { Clock } from '../ports/clock.ts';
import type { Storage } from '../ports/storage.ts';
import type { Settings } from './settings.ts';

export interface SettingsStore {
  readonly $settings: ReadableAtom<Settings>;
  load(): Promise<void>;
  change(change: Partial<Settings>): Promise<void>;
}

/** The user's choices over the policy's; only what was chosen is kept, so that a changed policy shows through. */
export function createSettings(storage: Storage, journal: Journal, clock: Clock, policy: Policy): SettingsStore {
  const byPolicy: Settings = { popAt: policy.pop.at, dialMode: policy.dialing.mode, subject: policy.log.subject };
  const $settings = atom<Settings>(byPolicy);
  let chosen: Partial<Settings> = {};
  return {
    $settings,
    async load() {
      chosen = ((await storage.read('settings', 'user'))?.value as Partial<Settings> | undefined) ?? {};
      $settings.set({ ...byPolicy, ...chosen });
    },
    async change(change) {
      chosen = { ...chosen, ...change };
      $settings.set({ ...byPolicy, ...chosen });
      await journal.put({ table: 'settings', key: 'user', at: clock.now(), value: chosen });
    },
  };
}
