import { atom, type ReadableAtom } from 'nanostores';
import { MultiLineError } from '../ports/errors.ts';
import type { CrmRecord } from '../ports/crm.ts';
import type { Targeting } from '../workspace-state.ts';
import type { Calls } from './calls.ts';
import { shownNumber } from './dial-field.ts';

/** What waits for a target: one thing at a time, the same in every tab (MV-34, MV-35). */
export interface TargetingStore {
  readonly $targeting: ReadableAtom<Targeting | null>;
  ask(callId: string, purpose: Targeting['purpose']): Promise<void>;
  set(text: string, record: CrmRecord | null): Promise<void>;
  /** A click on a number. */
  pick(text: string, record: CrmRecord | null): Promise<void>;
  cancel(): Promise<void>;
  /** This call has its target: clicks on numbers are calls again. */
  filled(callId: string): void;
  mirror(targeting: Targeting | null): void;
}

export function createTargeting(calls: Calls, country: string): TargetingStore {
  const $targeting = atom<Targeting | null>(null);

  /** Nothing waits any more once it has its target, or its call is over. */
  function fill(change: Partial<Targeting>): void {
    const waiting = $targeting.get();
    if (waiting) $targeting.set({ ...waiting, ...change });
  }

  calls.$calls.listen((all) => {
    const waiting = $targeting.get();
    if (waiting && !all.some(({ id, phase }) => id === waiting.callId && phase !== 'ended')) $targeting.set(null);
  });

  return {
    $targeting,
    async ask(callId, purpose) {
      const call = calls.get(callId);
      if (!call || call.phase === 'ended') throw new MultiLineError('no-such-call');
      $targeting.set({ callId, purpose, text: '', record: null, clicks: 0 });
    },
    set: async (text, record) => fill({ text, record }),
    pick: async (text, record) =>
      fill({ text: shownNumber(text, country), record, clicks: ($targeting.get()?.clicks ?? 0) + 1 }),
    cancel: async () => $targeting.set(null),
    filled(callId) {
      if ($targeting.get()?.callId === callId) $targeting.set(null);
    },
    mirror: (targeting) => $targeting.set(targeting),
  };
}
