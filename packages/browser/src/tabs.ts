import type { Tabs } from '@multiline/core';
import { atom } from 'nanostores';

/** The two parts of the platform that tabs know each other by. Either may be missing, as under Lightning Web Security. */
export interface TabsPlatform {
  readonly navigator?: { readonly locks?: LockManager };
  readonly BroadcastChannel?: typeof BroadcastChannel;
}

export interface BrowserTabsOptions {
  /** Where locks and channels are taken from. Default: this page. */
  readonly platform?: TabsPlatform;
}

interface Said {
  readonly from: string;
  readonly message: unknown;
}

/** A lock we hold or wait for. */
interface Claim {
  /** Gives it back, or stops waiting; resolved once it is given back. */
  release(): Promise<void>;
}

/** Holds for whoever keeps the returned function uncalled. */
function untilCalled(): { readonly promise: Promise<void>; readonly call: () => void } {
  let call = (): void => undefined;
  const promise = new Promise<void>((resolve) => {
    call = resolve;
  });
  return { promise, call };
}

/**
 * Claims the lock of this name. Resolved once it is known whether it was free.
 *
 * @param onLead called when the lock is ours
 */
async function claim(locks: LockManager, name: string, onLead: () => void): Promise<Claim> {
  const held = untilCalled();
  const known = untilCalled();
  let free = false;
  const first = locks.request(name, { ifAvailable: true }, (lock) => {
    free = lock !== null;
    if (free) onLead();
    known.call();
    return free ? held.promise : undefined;
  });
  await Promise.race([known.promise, first]);
  if (free) {
    return {
      async release() {
        held.call();
        await first;
      },
    };
  }

  const waiting = new AbortController();
  const next = locks.request(name, { signal: waiting.signal }, () => {
    onLead();
    return held.promise;
  });
  // Aborted while it waits, or the page goes away: then nobody leads here.
  const over = next.catch(() => undefined);
  return {
    async release() {
      held.call();
      waiting.abort();
      await over;
    },
  };
}

let count = 0;

/**
 * The tabs of one user in this browser: a Web Lock decides who leads, a BroadcastChannel carries what they tell each
 * other, both named by the owner. A tab that closes or crashes loses its lock, and the next one leads. Where the browser
 * has not both, or denies them, the tab is alone in the world and leads at once.
 */
export function browserTabs({ platform = globalThis }: BrowserTabsOptions = {}): Tabs {
  const id = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}-${count++}`;
  const $leading = atom(false);
  const listeners = new Set<(message: unknown, from: string) => void>();
  let claimed: Claim | undefined;
  let channel: BroadcastChannel | undefined;
  let visit = 0;

  function hear({ data }: MessageEvent<Said>): void {
    for (const listener of [...listeners]) listener(data.message, data.from);
  }

  /** Opens both, or throws. */
  async function meet(name: string, onLead: () => void): Promise<Claim> {
    const { navigator, BroadcastChannel: Channel } = platform;
    if (!navigator?.locks || !Channel) throw new Error('There are no locks or no channels here.');
    channel = new Channel(name);
    channel.addEventListener('message', hear);
    return claim(navigator.locks, name, onLead);
  }

  async function leave(): Promise<void> {
    visit++;
    const released = claimed?.release();
    claimed = undefined;
    channel?.close();
    channel = undefined;
    $leading.set(false);
    await released;
  }

  return {
    id,
    $leading,
    async join(owner) {
      const left = leave();
      const own = visit;
      await left;
      if (visit !== own) return;
      const lead = (): void => {
        if (visit === own) $leading.set(true);
      };
      try {
        const met = await meet(`multiline:${owner}`, lead);
        // It may have left while the answer was under way.
        if (visit === own) claimed = met;
        else await met.release();
      } catch {
        if (visit !== own) return;
        channel?.close();
        channel = undefined;
        lead();
      }
    },
    publish(message) {
      channel?.postMessage({ from: id, message } satisfies Said);
    },
    listen(listener) {
      // A function of its own, so that one listener may listen twice.
      const entry: typeof listener = (message, from) => listener(message, from);
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
    leave,
  };
}
