import type { SipAccountOptions } from '../index.ts';

/**
 * Where a phone keeps what the next page needs, as `localStorage` does through a reload.
 * @param items what another one has kept so far
 */
export function kept(items: ReadonlyMap<string, string> = new Map()) {
  const own = new Map(items);
  const storage: NonNullable<SipAccountOptions['storage']> = {
    getItem: (key) => own.get(key) ?? null,
    setItem: (key, value) => void own.set(key, value),
    removeItem: (key) => void own.delete(key),
  };
  return { ...storage, items: own };
}
