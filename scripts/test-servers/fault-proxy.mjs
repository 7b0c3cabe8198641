import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/**
 * A TCP proxy in front of a server, for what networks do. Answers `{ port, cut, stall, flow, refuse, stop }`:
 * `cut` resets every connection, `stall` lets none carry anything without closing it, `refuse` takes no new ones, `flow` ends
 * both.
 */
export async function faultProxy({ hostname, port }) {
  const pairs = new Set();
  let stalled = false;
  let refusing = false;
  const server = createServer({ pauseOnConnect: true }, (near) => {
    if (refusing) {
      near.resetAndDestroy();
      return;
    }
    const far = connect(Number(port), hostname);
    const pair = [near, far];
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      for (const socket of pair) socket.destroy();
    };
    for (const [from, to] of [pair, [far, near]]) {
      from.on('error', end).on('close', end);
      from.on('data', (bytes) => to.write(bytes));
      if (stalled) from.pause();
      else from.resume();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  function cut() {
    for (const pair of [...pairs]) for (const socket of pair) socket.resetAndDestroy();
  }
  return {
    port: server.address().port,
    cut,
    stall() {
      stalled = true;
      for (const pair of pairs) for (const socket of pair) socket.pause();
    },
    refuse() {
      refusing = true;
      cut();
    },
    flow() {
      [stalled, refusing] = [false, false];
      for (const pair of pairs) for (const socket of pair) socket.resume();
    },
    async stop() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
