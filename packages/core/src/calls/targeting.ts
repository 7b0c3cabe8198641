import { atom } from 'nanostores';
import type { Targeting } from '../workspace.ts';

/** What waits for a target. */
export function createTargeting() {
  const $targeting = atom<Targeting | null>(null);
  return { $targeting };
}
