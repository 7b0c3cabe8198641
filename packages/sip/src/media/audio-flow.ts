/** Whether audio can flow over a connection: ICE has found a way, and both sides have agreed on keys (DTLS). */
export interface AudioFlowWatch {
  /** Watches this connection from now on, until the signal says that it is over. */
  watch(connection: RTCPeerConnection, signal: AbortSignal): void;
  /** Hears each change. Answers how to stop. */
  listen(listener: (flowing: boolean) => void): () => void;
  /** Forgets all listeners. */
  clear(): void;
}

export function audioFlowWatch(): AudioFlowWatch {
  const listeners = new Set<(flowing: boolean) => void>();
  let flowing = false;

  const become = (now: boolean): void => {
    if (now === flowing) return;
    flowing = now;
    for (const listener of [...listeners]) listener(now);
  };

  return {
    watch(connection, signal) {
      const changed = (): void => {
        const state = connection.connectionState;
        if (state === 'connected') become(true);
        else if (state === 'disconnected' || state === 'failed') become(false);
      };
      connection.addEventListener('connectionstatechange', changed, { signal });
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    clear: () => listeners.clear(),
  };
}
