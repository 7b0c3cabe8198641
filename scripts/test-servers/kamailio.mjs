import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { freeTcpPort } from './free-port.mjs';
import { programPath } from './installed.mjs';
import { ready, startProcess } from './server-process.mjs';

const CONFIGURATION = fileURLToPath(new URL('../../examples/pbx/kamailio/kamailio.cfg', import.meta.url));

/**
 * Kamailio on a free port of 127.0.0.1. Answers `{ url, log, stop }`; `url` is its WebSocket's.
 * @param directory where it may leave files
 * @param rtpengine `host:port` of RTPengine's control socket
 */
export async function startKamailio(directory, rtpengine) {
  const port = await freeTcpPort();
  const args = ['-f', CONFIGURATION, '-l', `tcp:127.0.0.1:${port}`, '-DD', '-E', '-w', directory, '-Y', directory];
  const server = startProcess('Kamailio', programPath('kamailio'), args, { env: { RTPENGINE: `udp:${rtpengine}` } });
  await ready('Kamailio', server, async () => {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.destroy();
    return true;
  });
  return { url: `ws://127.0.0.1:${port}`, log: server.log, stop: server.stop };
}
