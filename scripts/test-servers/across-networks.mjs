import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { testFiles } from './browser-tests.mjs';
import { namespaces, SERVER_ADDRESS } from './namespaces.mjs';
import { startProcess } from './server-process.mjs';

const PROGRAM = fileURLToPath(new URL('./in-server-namespace.mjs', import.meta.url));
const FOLDER = 'networks';
const LINKS = ['wifi', 'mobile'];
/** Both servers' starts and tests. */
const AT_MOST_MS = 600_000;

/**
 * The tests that need a network of their own: browser and servers in namespaces joined by links that can be made to fail.
 * Takes and answers what {@link onEachServer} does.
 */
export async function acrossNetworks({ directory, running, words, asterisk }) {
  if (testFiles(FOLDER, words.files).length === 0) return [];
  const home = join(directory, FOLDER);
  await mkdir(home, { recursive: true });
  const network = await namespaces(home, LINKS);
  if (network.missing) return [{ name: `Bad networks: ${network.missing}`, passed: 0, failed: 0, skipped: 1 }];
  running.push(network);
  const report = join(home, 'report.json');
  const what = { directory: home, words, asterisk, report, folder: FOLDER, address: SERVER_ADDRESS };
  const options = { ...what, inside: network.phone, env: { LINK_CONTROL: network.control, LINKS: LINKS.join(' ') } };
  const [command, ...args] = [...network.server, process.execPath, PROGRAM];
  const env = { IN_SERVER_NAMESPACE: JSON.stringify(options) };
  const tests = startProcess('The tests of bad networks', command, args, { env, stdio: 'inherit' });
  running.push(tests);
  await tests.exited(AT_MOST_MS);
  await tests.stop();
  return readFile(report, 'utf8').then(JSON.parse, () => [{ name: 'Bad networks', passed: 0, failed: 1 }]);
}
