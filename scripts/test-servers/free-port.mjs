import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** A TCP port that nobody listens on, at any of these hosts. */
export async function freeTcpPort(host = '127.0.0.1', ...others) {
  for (;;) {
    const port = await listenedOn(host, 0);
    const found = await Promise.all(others.map((other) => listenedOn(other, port).catch(() => undefined)));
    if (found.every((each) => each === port)) return port;
  }
}

async function listenedOn(host, wanted) {
  const server = createServer().listen(wanted, host);
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** A UDP port that nobody listens on. */
export async function freeUdpPort(host = '127.0.0.1') {
  const socket = createSocket('udp4').bind(0, host);
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}
