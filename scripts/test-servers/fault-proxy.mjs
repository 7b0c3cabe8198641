import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/** Any but a challenge: what answers that is the INVITE which counts. */
const ANSWER_TO_INVITE = /SIP\/2\.0 (?!40[17])[1-6]\d\d (?:(?!\r\n\r\n)[^])*\r\nCSeq: *\d+ INVITE\r\n/i;
/** Between one cut and the next: before the phone is back, while it signs in, while it tells the other side. */
const FLAP_MS = [250, 400, 550, 700];

/**
 * A TCP proxy in front of a server, for what networks do. Answers `{ port, cut, flap, stall, flow, refuse,
 * swallow, stop }`: `cut` resets every connection, `flap` does so five times in two seconds, `stall` lets none carry anything
 * without closing it, `refuse` takes no new ones, `flow` ends both. `swallow` waits for the next answer to an INVITE, and lets
 * nothing of the server through from there on: it resolves then, and only a cut ends it.
 * @param from answers for each connection which address it comes from
 */
export async function faultProxy({ hostname, port }, from = () => undefined) {
  const pairs = new Set();
  let stalled = false;
  let refusing = false;
  let swallowed;
  const server = createServer({ pauseOnConnect: true }, (near) => {
    if (refusing) {
      near.resetAndDestroy();
      return;
    }
    const far = connect({ port: Number(port), host: hostname, localAddress: from() });
    const pair = [near, far];
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      for (const socket of pair) socket.destroy();
    };
    let deaf = false;
    near.on('data', (bytes) => far.write(bytes));
    far.on('data', (bytes) => {
      // What a server sends by WebSocket is not masked (RFC 6455 §5.1).
      if (swallowed && ANSWER_TO_INVITE.test(bytes.toString('latin1'))) {
        deaf = true;
        swallowed();
        swallowed = undefined;
      }
      if (!deaf) near.write(bytes);
    });
    for (const socket of pair) {
      socket.on('error', end).on('close', end);
      if (stalled) socket.pause();
      else socket.resume();
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
    async flap() {
      for (const pauseMs of FLAP_MS) {
        cut();
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
      cut();
    },
    swallow: () => new Promise((resolve) => (swallowed = resolve)),
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
