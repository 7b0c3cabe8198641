// The phone against real servers: Kamailio with RTPengine, and Asterisk. Installs what is missing where it can (root on
// Debian), keeps everything on loopback, ends what it has started, and prints `N passed, N failed` last.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from './find-browser.mjs';
import { asteriskRoot } from './test-servers/asterisk-root.mjs';
import { startAsterisk } from './test-servers/asterisk.mjs';
import { browserTests } from './test-servers/browser-tests.mjs';
import { startPhoneService } from './test-servers/phone-service.mjs';
import { ensureServers } from './test-servers/installed.mjs';
import { startKamailio } from './test-servers/kamailio.mjs';
import { startRtpengine } from './test-servers/rtpengine.mjs';

/** Words of the command line: a server's name, or a part of a test file's; all of them by default. */
const words = process.argv.slice(2).map((word) => word.toLowerCase());
const wanted = (name) => {
  const servers = words.filter((word) => ['kamailio', 'asterisk'].includes(word));
  return servers.length === 0 || servers.some((word) => name.toLowerCase().includes(word));
};
const files = words.filter((word) => !['kamailio', 'asterisk'].includes(word));

const directory = await mkdtemp(join(tmpdir(), 'multiline-servers-'));
const running = [];
const report = [];
let ended = false;

async function endAll() {
  if (ended) return;
  ended = true;
  for (const one of running.reverse()) await one.stop();
  await rm(directory, { recursive: true, force: true });
}
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void endAll().then(() => process.exit(1)));

/** One part of the run: its counts go into the report, and what its servers said when it failed. */
async function part(name, servers, run) {
  if (!wanted(name)) return;
  console.log(`\n== ${name}`);
  let counts = { passed: 0, failed: 1 };
  try {
    counts = await run();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  if (counts.failed > 0) for (const [who, log] of servers()) console.log(`\n${who} said last:\n${log()}`);
  report.push({ name, ...counts });
}

const started = {};
const logs =
  (...names) =>
  () =>
    names.filter((name) => started[name]).map((name) => [name, started[name].log]);
const keep = (name, server) => {
  running.push(server);
  return (started[name] = server);
};

try {
  findBrowser();
  ensureServers();

  await part('Kamailio with RTPengine', logs('Kamailio', 'RTPengine'), async () => {
    const rtpengine = keep('RTPengine', await startRtpengine(directory));
    const kamailio = keep('Kamailio', await startKamailio(directory, rtpengine.address));
    const server = { name: 'Kamailio', url: kamailio.url, relay: true };
    return browserTests(server, { directory, running, files, env: { RTPENGINE: rtpengine.address } });
  });

  const { root, version, missing } = wanted('Asterisk') ? asteriskRoot() : {};
  if (root) {
    await part(version, logs('Asterisk', 'The phone service'), async () => {
      const asterisk = keep('Asterisk', await startAsterisk(directory, root));
      const service = keep('The phone service', await startPhoneService(asterisk));
      const server = {
        name: 'Asterisk',
        url: asterisk.url,
        service: service.url,
        correlationHeader: 'X-Correlation-ID',
        pbx: true,
      };
      return browserTests(server, { directory, running, files, env: {} });
    });
  } else if (missing) {
    report.push({ name: `Asterisk: ${missing}`, passed: 0, failed: 0, skipped: 1 });
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  report.push({ name: 'the servers', passed: 0, failed: 1 });
} finally {
  await endAll();
}

console.log('');
for (const { name, passed, failed, skipped } of report) {
  console.log(skipped ? `${name}: ${skipped} skipped` : `${name}: ${passed} passed, ${failed} failed`);
}
const sum = (key) => report.reduce((total, one) => total + one[key], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') > 0 ? 1 : 0;
