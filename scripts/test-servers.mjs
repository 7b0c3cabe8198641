// The Line suite against real servers: Kamailio with RTPengine. Installs what is missing where it can (root on Debian), keeps
// everything on loopback, ends what it has started, and prints `N passed, N failed` last.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser } from './find-browser.mjs';
import { sourceFlags } from './steps.mjs';
import { ensureServers } from './test-servers/installed.mjs';
import { startKamailio } from './test-servers/kamailio.mjs';
import { startRtpengine } from './test-servers/rtpengine.mjs';
import { startProcess } from './test-servers/server-process.mjs';

/** Longer than the tests take on a loaded machine; nothing of this may hang for ever. */
const AT_MOST_MS = 300_000;

const directory = await mkdtemp(join(tmpdir(), 'multiline-servers-'));
const running = [];
let passed = 0;
let failed = 0;
let ended = false;

async function endAll() {
  if (ended) return;
  ended = true;
  for (const one of running.reverse()) await one.stop();
  await rm(directory, { recursive: true, force: true });
}
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void endAll().then(() => process.exit(1)));

try {
  findBrowser();
  ensureServers();
  const rtpengine = await startRtpengine(directory);
  running.push(rtpengine);
  const kamailio = await startKamailio(directory, rtpengine.address);
  running.push(kamailio);

  const configuration = fileURLToPath(import.meta.resolve('./test-servers/wtr.config.mjs'));
  const counts = join(directory, 'counts.json');
  const runner = startProcess(
    'the tests',
    process.execPath,
    [...sourceFlags, 'node_modules/@web/test-runner/dist/bin.js', '--config', configuration],
    {
      env: { TEST_COUNTS: counts, KAMAILIO_URL: kamailio.url, RTPENGINE: rtpengine.address },
      stdio: 'inherit',
    },
  );
  running.push(runner);
  const code = await runner.exited(AT_MOST_MS);
  const count = await readFile(counts, 'utf8').then(JSON.parse, () => ({ passed: 0, failed: 0 }));
  passed += count.passed;
  failed += count.failed;
  // A runner that fell over without a failed test has failed all the same.
  if (code !== 0 && count.failed === 0) failed += 1;
  if (failed > 0) console.log(`\nKamailio said last:\n${kamailio.log()}\n\nRTPengine said last:\n${rtpengine.log()}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  failed += 1;
} finally {
  await endAll();
}

console.log('\nAsterisk: 1 skipped, not part of this run yet (conferences, voicemail and music on hold need it).');
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
