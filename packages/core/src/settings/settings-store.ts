import { atom, type ReadableAtom } from 'nanostores';
import { attempt } from '../deadline.ts';
import type { Journal } from '../journal/journal.ts';
import type { Policy } from '../policy/policy.ts';
import type { Clock } from '../ports/clock.ts';
import { MultiLineError } from '../ports/errors.ts';
import type { Storage } from '../ports/storage.ts';
import type { Settings } from './settings.ts';

export interface SettingsStore {
  readonly $settings: ReadableAtom<Settings>;
  load(): Promise<void>;
  /** An undefined value goes back to the policy's. */
  change(change: Partial<Settings>): Promise<void>;
  /** What was chosen, for the other tabs, and what another tab says was chosen. */
  readonly $chosen: ReadableAtom<Partial<Settings>>;
  mirror(chosen: Partial<Settings>): void;
}

/** The user's choices over the policy's; only what was chosen is kept, so that a changed policy shows through. */
export function createSettings(storage: Storage, journal: Journal, clock: Clock, policy: Policy): SettingsStore {
  const byPolicy: Settings = {
    popAt: policy.pop.at,
    dialMode: policy.dialing.mode,
    subject: policy.log.subject,
    microphone: '',
    speaker: '',
    ringers: [],
    noiseSuppression: true,
    alsoRingDeskPhone: false,
    offerNotifications: true,
  };
  const $settings = atom<Settings>(byPolicy);
  const $chosen = atom<Partial<Settings>>({});

  function choose(chosen: Partial<Settings>): void {
    const known = Object.entries(chosen).filter(([name, value]) => valid(name, value));
    $chosen.set(Object.fromEntries(known));
    $settings.set({ ...byPolicy, ...$chosen.get() });
  }

  return {
    $settings,
    $chosen,
    async load() {
      const row = await attempt(() => storage.read('settings', 'user')).catch(() => undefined);
      choose((row?.value as Partial<Settings> | undefined) ?? {});
    },
    async change(change) {
      const wrong = Object.entries(change).find(([name, value]) => value !== undefined && !valid(name, value));
      if (wrong) throw new MultiLineError('refused', { message: `${wrong[0]} cannot be ${JSON.stringify(wrong[1])}.` });
      choose({ ...$chosen.get(), ...change });
      await journal.put({ table: 'settings', key: 'user', at: clock.now(), value: $chosen.get() });
    },
    mirror: choose,
  };
}

const oneOf =
  (...values: readonly string[]) =>
  (value: unknown) =>
    values.includes(value as string);
const text = (value: unknown): boolean => typeof value === 'string';
const flag = (value: unknown): boolean => typeof value === 'boolean';

const VALID: Readonly<Record<keyof Settings, (value: unknown) => boolean>> = {
  popAt: oneOf('ringing', 'answered', 'never'),
  dialMode: oneOf('confirm', 'edit', 'immediate'),
  subject: (value) => text(value) && value !== '',
  microphone: text,
  speaker: text,
  ringers: (value) => Array.isArray(value) && value.every(text),
  noiseSuppression: flag,
  alsoRingDeskPhone: flag,
  offerNotifications: flag,
};

/** Stored by another version, or said by a page: only what is understood holds. */
function valid(name: string, value: unknown): boolean {
  return Object.hasOwn(VALID, name) && VALID[name as keyof Settings](value);
}
