/** Deadlines that all end together when the server stops and never keep the process alive. */
export interface Timers {
  /** Calls back once after `ms`; the result calls it off. */
  after(ms: number, callback: () => void): () => void;
  clear(): void;
}

/** Makes an empty set of deadlines. */
export function createTimers(): Timers {
  const running = new Set<NodeJS.Timeout>();
  return {
    after(ms, callback) {
      const timer = setTimeout(() => {
        running.delete(timer);
        callback();
      }, ms);
      timer.unref();
      running.add(timer);
      return () => {
        running.delete(timer);
        clearTimeout(timer);
      };
    },
    clear() {
      for (const timer of running) clearTimeout(timer);
      running.clear();
    },
  };
}
