import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { freeTcpPort } from './free-port.mjs';
import { programPath } from './installed.mjs';
import { ready, startProcess } from './server-process.mjs';

const CONFIGURATION = fileURLToPath(new URL('../../examples/pbx/kamailio/kamailio.cfg', import.meta.url));

/**
 * Kamailio on a free port. Answers `{ url, log, stop }`; `url` is its WebSocket's.
 * @param directory where it may leave files
 * @param rtpengine `host:port` of RTPengine's control socket
 * @param host the address it listens on
 */
export async function startKamailio(directory, rtpengine, host) {
  const port = await freeTcpPort(host);
  const args = ['-f', CONFIGURATION, '-l', `tcp:${host}:${port}`, '-DD', '-E', '-w', directory, '-Y', directory];
  const server = startProcess('Kamailio', programPath('kamailio'), args, { env: { RTPENGINE: `udp:${rtpengine}` } });
  await ready('Kamailio', server, async () => {
    const socket = connect(port, host);
    await once(socket, 'connect');
    socket.destroy();
    return true;
  });
  return { url: `ws://${host}:${port}`, log: server.log, stop: server.stop };
}
