import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/** Stands between a page and the SIP server's WebSocket and cuts the way when asked to, as a network does. */
export async function socketProxy(server) {
  const { hostname, port, pathname } = new URL(server);
  const pairs = new Set();
  let down = false;
  const proxy = createServer((near) => {
    if (down) return near.resetAndDestroy();
    const far = connect(Number(port), hostname);
    const pair = [near, far];
    pairs.add(pair);
    near.pipe(far).pipe(near);
    for (const socket of pair) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        pairs.delete(pair);
        for (const other of pair) other.destroy();
      });
    }
    return undefined;
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    server: `ws://127.0.0.1:${proxy.address().port}${pathname}`,
    /** Every connection is reset; new ones too until {@link up}. */
    down() {
      down = true;
      for (const pair of pairs) for (const socket of pair) socket.resetAndDestroy();
    },
    up() {
      down = false;
    },
    async close() {
      this.down();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
