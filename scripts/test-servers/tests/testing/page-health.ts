/** What a busy page must not do: freeze, throw, keep connections. Watches from the start of the test file. */
export interface PageHealth {
  /** The longest task since the last question, in ms; 0 while none took 50. */
  longestTaskMs(): number;
  /** Connections for audio that were made here and are not closed. */
  openConnections(): number;
  /** What nobody has caught since the last question. */
  uncaught(): readonly string[];
}

export function pageHealth(): PageHealth {
  const made: RTCPeerConnection[] = [];
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      made.push(this);
    }
  };
  const errors: string[] = [];
  addEventListener('error', ({ message }) => errors.push(message));
  addEventListener('unhandledrejection', ({ reason }) => errors.push(String(reason)));
  let longest = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  }).observe({ type: 'longtask' });
  return {
    longestTaskMs() {
      const before = longest;
      longest = 0;
      return before;
    },
    openConnections: () => made.filter(({ connectionState }) => connectionState !== 'closed').length,
    uncaught: () => errors.splice(0),
  };
}
