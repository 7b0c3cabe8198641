import { createServer, type RequestListener, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { IncomingMessage } from 'node:http';

/** Something that listens on this machine alone, under `localhost` as well as `127.0.0.1`. */
export interface Loopback {
  readonly port: number;
  /** Cuts every connection and frees the port. */
  stop(): Promise<void>;
}

type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * Listens on both loopback addresses: `localhost` means `::1` to some programs and `127.0.0.1` to others, and a server
 * with published passwords must not be reachable from the network. Rejects with `code: 'EADDRINUSE'` when taken.
 */
export async function listenOnLoopback(
  port: number,
  onRequest: RequestListener,
  onUpgrade: UpgradeListener,
): Promise<Loopback> {
  for (let attempt = 1; ; attempt++) {
    const first = await listen(port, '127.0.0.1', onRequest, onUpgrade);
    const chosen = portOf(first);
    try {
      const second = await listen(chosen, '::1', onRequest, onUpgrade);
      return { port: chosen, stop: () => Promise.all([close(first), close(second)]).then(() => undefined) };
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') return { port: chosen, stop: () => close(first) };
      await close(first);
      // A free port asked for by 0 may be taken on the other address: try another one.
      if (port !== 0 || attempt === 10) throw error;
    }
  }
}

function listen(port: number, host: string, onRequest: RequestListener, onUpgrade: UpgradeListener): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(onRequest);
    server.on('upgrade', onUpgrade);
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
