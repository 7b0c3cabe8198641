// The phone against real servers: Kamailio with RTPengine, and Asterisk. Installs what is missing where it can (root on
// Debian), keeps everything on loopback and in namespaces of its own, ends what it has started, and prints
// `N passed, N failed` last. Words of the command line: a server's name, or a part of a test file's; all of them by default.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from './find-browser.mjs';
import { acrossNetworks } from './test-servers/across-networks.mjs';
import { asDocumented } from './test-servers/as-documented.mjs';
import { asteriskRoot } from './test-servers/asterisk-root.mjs';
import { ensureServers } from './test-servers/installed.mjs';
import { onEachServer } from './test-servers/on-each-server.mjs';
import { endAll } from './test-servers/server-process.mjs';

const SERVERS = ['sandbox', 'kamailio', 'cluster', 'asterisk'];
const given = process.argv.slice(2).map((word) => word.toLowerCase());
const words = {
  servers: given.filter((word) => SERVERS.includes(word)),
  files: given.filter((word) => !SERVERS.includes(word)),
};

const directory = await mkdtemp(join(tmpdir(), 'multiline-servers-'));
const running = [];
const report = [];

async function end() {
  await endAll(running);
  await rm(directory, { recursive: true, force: true });
}
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void end().then(() => process.exit(1)));

try {
  findBrowser();
  ensureServers();
  const wantsAsterisk = words.servers.length === 0 || words.servers.includes('asterisk');
  const { root, version, missing } = wantsAsterisk ? asteriskRoot() : {};
  const options = { directory, running, words, asterisk: root && { root, version } };
  report.push(...(await onEachServer({ ...options, folder: '', address: '127.0.0.1' })));
  report.push(...(await acrossNetworks(options)));
  report.push(...(await asDocumented(options)));
  if (missing) report.push({ name: `Asterisk: ${missing}`, passed: 0, failed: 0, skipped: 1 });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  report.push({ name: 'the servers', passed: 0, failed: 1 });
} finally {
  await end();
}

console.log('');
for (const { name, passed, failed, skipped } of report) {
  console.log(skipped ? `${name}: ${skipped} skipped` : `${name}: ${passed} passed, ${failed} failed`);
}
const sum = (key) => report.reduce((total, one) => total + (one[key] ?? 0), 0);
const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
process.exitCode = sum('failed') > 0 ? 1 : 0;
