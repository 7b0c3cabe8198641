// Runs in the namespace of the servers, for across-networks.mjs: starts them there and the browser in the phone's.
import { writeFile } from 'node:fs/promises';
import { onEachServer } from './on-each-server.mjs';
import { endAll } from './server-process.mjs';

const { report, ...options } = JSON.parse(process.env.IN_SERVER_NAMESPACE);
const running = [];
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => void endAll(running).then(() => process.exit(1)));
try {
  await writeFile(report, JSON.stringify(await onEachServer({ ...options, running })));
} finally {
  await endAll(running);
}
