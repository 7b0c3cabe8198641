import { fileURLToPath } from 'node:url';
import { freeTcpPort } from './free-port.mjs';
import { ready, startProcess } from './server-process.mjs';

const PROGRAM = fileURLToPath(new URL('../../examples/pbx/phone-service/phone-service.mjs', import.meta.url));

/** The phone service of `examples/pbx` in front of an Asterisk. Answers `{ url, log, stop }`. */
export async function startPhoneService({ manager, spool }) {
  const port = await freeTcpPort();
  // Recordings have another name in front than everything else.
  const BASE = `http://localhost:${port}/phone/`;
  const env = { PORT: String(port), MANAGER_PORT: String(manager), SPOOL: spool, BASE };
  const server = startProcess('The phone service', process.execPath, [PROGRAM], { env });
  await ready('The phone service', server, async () => server.log().includes('listens on'));
  return { url: `http://127.0.0.1:${port}/phone/`, log: server.log, stop: server.stop };
}
