/** Keeps a page with a call open and its screen awake. */
export interface PageGuard {
  /** Warns before the page is closed or reloaded while `on`, and holds the screen's wake lock where there is one. */
  set(on: boolean): void;
}

export function pageGuard(document: Document | undefined, wakeLock: WakeLock | undefined): PageGuard {
  const view = document?.defaultView;
  let guarded = false;
  let lock: WakeLockSentinel | undefined;

  const warn = (event: Event): void => event.preventDefault();

  const held = (): boolean => lock?.released === false;

  /** The browser takes the lock away from a page that is hidden. */
  async function stayAwake(): Promise<void> {
    if (!wakeLock || !guarded || held() || document?.visibilityState === 'hidden') return;
    const taken = await wakeLock.request('screen');
    // Asked for twice before the first has come, there are two.
    if (guarded && !held()) lock = taken;
    else await taken.release();
  }

  // On battery, or by a policy, it is refused: then the screen sleeps.
  const awake = (): void => void stayAwake().catch(() => undefined);

  return {
    set(on) {
      if (on === guarded) return;
      guarded = on;
      if (on) {
        view?.addEventListener('beforeunload', warn);
        document?.addEventListener('visibilitychange', awake);
        awake();
        return;
      }
      view?.removeEventListener('beforeunload', warn);
      document?.removeEventListener('visibilitychange', awake);
      void lock?.release().catch(() => undefined);
      lock = undefined;
    },
  };
}
