import { createWorkspace, presets } from '@multiline/core';
import type { Call, Workspace, WorkspaceParts } from '@multiline/core';
import { manualClock, memoryCrm, memoryStorage, scriptedLine } from '@multiline/testing';
import type { ManualClock, MemoryCrm, MemoryStorage, ScriptedLine } from '@multiline/testing';
import type { ReadableAtom } from 'nanostores';

/** A whole desk in memory, for tests: everything is real but the network, the CRM, the disk and the time. */
export interface ScriptedDesk {
  readonly workspace: Workspace;
  readonly line: ScriptedLine;
  readonly crm: MemoryCrm;
  readonly storage: MemoryStorage;
  readonly clock: ManualClock;
  /** Somebody calls; after so many seconds of talk they hang up, or at once if nobody answers (0). Answers the call's id. */
  receive(address: string, seconds: number): Promise<string>;
  /** We call; they answer and we hang up after so many seconds, or nobody answers (0). */
  place(number: string, seconds: number): Promise<string>;
  call(id: string): Call;
}

/** The name under which the memory CRM's Ann has her rows. */
export const OWNER = 'sip:ann@sandbox.test user-ann';

export async function scriptedDesk(parts: Partial<WorkspaceParts> & { start?: number } = {}): Promise<ScriptedDesk> {
  const { start, ...given } = parts;
  const clock = manualClock(start);
  const line = scriptedLine();
  const crm = memoryCrm({ clock });
  const storage = memoryStorage();
  const workspace = createWorkspace({ line, crm, clock, storage, policy: presets.default(), ...given });
  await workspace.start();
  return {
    workspace,
    line,
    crm,
    storage,
    clock,
    async receive(address, seconds) {
      const call = line.ring({ address });
      await clock.run(1000);
      if (seconds) await workspace.answer(call.id);
      await clock.run(seconds * 1000);
      call.signal({ type: 'ended', reason: seconds ? 'completed' : 'missed', by: 'them' });
      await clock.run(0);
      return call.id;
    },
    async place(number, seconds) {
      const { id } = await workspace.dial(number);
      const call = line.calls.find((one) => one.id === id);
      if (seconds) call?.signal({ type: 'answered' });
      await clock.run(seconds * 1000);
      call?.signal({ type: 'ended', reason: seconds ? 'completed' : 'no-answer', by: seconds ? 'us' : 'them' });
      await clock.run(0);
      return id;
    },
    call(id) {
      const found = workspace.$recentCalls.get().calls.find((one) => one.id === id);
      if (!found) throw new Error(`No call ${id}.`);
      return found;
    },
  };
}

/** Resolves when a store's value is as wanted: at once if it is already. */
export function until<Value>(store: ReadableAtom<Value>, wanted: (value: Value) => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (wanted(store.get())) {
      resolve();
      return;
    }
    const stop = store.listen((value) => {
      if (!wanted(value)) return;
      stop();
      resolve();
    });
  });
}

/** Resolves with what is looked for as soon as it is drawn. */
export function drawn<Found>(
  el: { readonly renderRoot: Node },
  look: () => Found | null | undefined | false,
): Promise<Found> {
  return new Promise((resolve) => {
    const seen = new MutationObserver(check);
    seen.observe(el.renderRoot, { childList: true, subtree: true, characterData: true, attributes: true });
    function check(): void {
      const found = look();
      if (!found) return;
      seen.disconnect();
      resolve(found);
    }
    check();
  });
}
