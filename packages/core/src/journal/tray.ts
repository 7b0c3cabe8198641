import { atom, type ReadableAtom } from 'nanostores';
import type { Calls } from '../calls/calls.ts';
import type { Tray, TrayItem } from '../workspace-state.ts';
import type { Outbox, OutboxEntry } from './outbox.ts';

const ORDER: readonly TrayItem['reason'][] = ['not-logged', 'conflict', 'choose-match', 'unknown-number'];

/** What waits for a person, made of the outbox and its calls. */
export function createTray(outbox: Outbox, calls: Calls): { $tray: ReadableAtom<Tray>; mirror(tray: Tray): void } {
  const $tray = atom<Tray>({ items: [], waiting: 0 });

  function update(): void {
    const entries = outbox.$entries.get();
    const items = entries.flatMap((entry) => item(entry, calls));
    items.sort((a, b) => ORDER.indexOf(a.reason) - ORDER.indexOf(b.reason) || b.call.startedAt - a.call.startedAt);
    $tray.set({ items, waiting: entries.length - items.length });
  }

  outbox.$entries.listen(update);
  calls.listen((call, mirrored) => {
    if (!mirrored && outbox.$entries.get().some(({ callId }) => callId === call.id)) update();
  });
  return { $tray, mirror: (tray) => $tray.set(tray) };
}

function item(entry: OutboxEntry, calls: Calls): TrayItem[] {
  const call = calls.get(entry.callId);
  const reason = reasonOf(entry, call?.match.state === 'ambiguous');
  // What stays of a call that rings again waits for its end, not for a person.
  if (call?.phase !== 'ended' || !reason) return [];
  const { callId, key, failure, conflict, dueAt } = entry;
  return [
    {
      callId,
      key,
      reason,
      call,
      ...(failure && { failure }),
      ...(conflict && { conflict }),
      ...(entry.state === 'waiting' && { retryAt: dueAt }),
    },
  ];
}

function reasonOf({ state, conflict, failure }: OutboxEntry, ambiguous: boolean): TrayItem['reason'] | null {
  if (state === 'held') return ambiguous ? 'choose-match' : 'unknown-number';
  if (state === 'attention') return conflict ? 'conflict' : 'not-logged';
  // What failed and is tried again by itself is shown too: a person sees why a log is not there yet.
  return failure ? 'not-logged' : null;
}
