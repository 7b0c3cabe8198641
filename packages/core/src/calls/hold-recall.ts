import type { Clock } from '../ports/clock.ts';
import type { Calls } from './calls.ts';

/** A call that waits for longer than the policy allows asks to be taken back (MV-28). Answers how to stop. */
export function recallHeldCalls(calls: Calls, clock: Clock, afterMs: number): () => void {
  const due = new Map<string, { readonly heldAt: number; readonly cancel: () => void }>();

  function update(): void {
    for (const [id, { heldAt, cancel }] of due) {
      if (calls.get(id)?.heldAt === heldAt) continue;
      cancel();
      due.delete(id);
    }
    for (const { id, heldAt, recalled } of calls.$calls.get()) {
      if (heldAt === undefined || recalled || due.has(id)) continue;
      const cancel = clock.at(heldAt + afterMs, () => calls.signal(id, { type: 'recalled' }));
      due.set(id, { heldAt, cancel });
    }
  }

  if (afterMs <= 0) return () => undefined;
  const unsubscribe = calls.$calls.subscribe(update);
  return () => {
    unsubscribe();
    for (const { cancel } of due.values()) cancel();
  };
}
