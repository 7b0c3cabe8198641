import type { Tabs } from '@multiline/core';
import { type WritableAtom, atom } from 'nanostores';

interface Member {
  readonly id: string;
  readonly owner: string;
  readonly $leading: WritableAtom<boolean>;
  readonly listeners: Set<(message: unknown, from: string) => void>;
}

/** One browser: the tabs that were given it know each other. */
export interface MemoryHub {
  /** In the order in which they joined; the first of each owner leads. */
  readonly members: Member[];
}

/** Makes a browser without tabs. */
export function memoryHub(): MemoryHub {
  return { members: [] };
}

/** A tab for tests. */
export interface MemoryTabs extends Tabs {
  /** The tab is gone at once, as by a crash: nothing is said, the lead passes on, nothing of it is heard any more. */
  kill(): void;
}

let count = 0;

/**
 * Several tabs in one page. Messages are copied as structured cloning does and arrive in order, after the publisher's
 * own code has run.
 *
 * @param hub the browser they share; its own (alone in the world) without
 */
export function memoryTabs(hub: MemoryHub = memoryHub()): MemoryTabs {
  const id = `tab-${++count}`;
  const $leading = atom(false);
  const listeners: Member['listeners'] = new Set();
  let member: Member | undefined;

  function elect(owner: string): void {
    hub.members.find((other) => other.owner === owner)?.$leading.set(true);
  }

  function go(): void {
    if (!member) return;
    const { owner } = member;
    hub.members.splice(hub.members.indexOf(member), 1);
    member = undefined;
    $leading.set(false);
    elect(owner);
  }

  return {
    id,
    $leading,
    async join(owner) {
      go();
      member = { id, owner, $leading, listeners };
      hub.members.push(member);
      elect(owner);
    },
    publish(message) {
      if (!member) return;
      const copy: unknown = structuredClone(message);
      const { owner } = member;
      queueMicrotask(() => {
        for (const other of [...hub.members]) {
          if (other.owner !== owner || other.id === id) continue;
          for (const listener of [...other.listeners]) listener(structuredClone(copy), id);
        }
      });
    },
    listen(listener) {
      // A function of its own, so that one listener may listen twice.
      const entry: typeof listener = (message, from) => listener(message, from);
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
    async leave() {
      go();
    },
    kill() {
      listeners.clear();
      go();
    },
  };
}
