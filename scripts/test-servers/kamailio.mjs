import { once } from 'node:events';
import { cp, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freeTcpPort, freeUdpPort } from './free-port.mjs';
import { programPath } from './installed.mjs';
import { ready, startProcess } from './server-process.mjs';
import { TRUNK_ADDRESS } from './sipp.mjs';

const CONFIGURATION = fileURLToPath(new URL('../../examples/pbx/kamailio/kamailio.cfg', import.meta.url));
/** Empty ones, as Debian's package brings them. */
const TABLES = '/usr/share/kamailio/dbtext/kamailio';

/**
 * Kamailio on a free port. Answers `{ url, trunk, log, stop }`: its WebSocket, and where it takes the trunk's calls.
 * @param directory where it may leave files
 * @param rtpengine `host:port` of RTPengine's control socket
 * @param host the address it listens on
 * @param more lines behind the example's
 */
export async function startKamailio(directory, rtpengine, host, more = '') {
  const port = await freeTcpPort(host);
  const trunk = `127.0.0.1:${await freeUdpPort()}`;
  const listening = ['-l', `tcp:${host}:${port}`, '-l', `udp:${trunk}`];
  const tables = join(directory, 'tables');
  await cp(TABLES, tables, { recursive: true });
  const configuration = join(directory, 'kamailio.cfg');
  await writeFile(configuration, `#!KAMAILIO\ninclude_file "${CONFIGURATION}"\n${more}`);
  const args = ['-f', configuration, ...listening, '-DD', '-E', '-w', directory, '-Y', directory];
  const server = startProcess('Kamailio', programPath('kamailio'), args, {
    env: {
      RTPENGINE: `udp:${rtpengine}`,
      ITSELF: `sip:${host}:${port};transport=tcp`,
      TABLES: `text://${tables}`,
      TRUNK: TRUNK_ADDRESS,
    },
  });
  await ready('Kamailio', server, async () => {
    const socket = connect(port, host);
    await once(socket, 'connect');
    socket.destroy();
    return true;
  });
  return { url: `ws://${host}:${port}`, trunk, log: server.log, stop: server.stop };
}
