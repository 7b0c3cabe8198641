/** In the page: how long after the click the first packet had come. */
export async function firstPacket() {
  const { port1, port2 } = new MessageChannel();
  const task = () =>
    new Promise((resolve) => {
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
  const { tapped } = globalThis;
  const until = performance.now() + 20_000;
  while (performance.now() < until) {
    const stats = tapped.clicked ? await tapped.connection?.deref()?.getStats() : undefined;
    for (const one of stats?.values() ?? []) {
      if (one.type === 'inbound-rtp' && one.packetsReceived > 0) return performance.now() - tapped.clicked;
    }
    await task();
  }
  throw new Error('Nothing was heard within 20 s.');
}
