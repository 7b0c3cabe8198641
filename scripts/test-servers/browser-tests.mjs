import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sourceFlags } from '../steps.mjs';
import { startProcess } from './server-process.mjs';

/** Longer than the tests take on a loaded machine; nothing of this may hang for ever. */
const AT_MOST_MS = 180_000;
const CONFIGURATION = fileURLToPath(new URL('./wtr.config.mjs', import.meta.url));

/**
 * Runs the browser tests against one server; answers `{ passed, failed }`.
 * @param files words in the names of the test files to run; none for all
 * @param server `{ name, url, can, … }`, which the tests get as `theServer()`
 */
export async function browserTests(server, { directory, env, running, files }) {
  const counts = join(directory, `${server.name}-counts.json`);
  const args = [...sourceFlags, 'node_modules/@web/test-runner/dist/bin.js', '--config', CONFIGURATION];
  const runner = startProcess('the tests', process.execPath, args, {
    env: { ...env, TEST_COUNTS: counts, SERVER: JSON.stringify(server), FILES: files.join(' ') },
    stdio: 'inherit',
  });
  running.push(runner);
  const code = await runner.exited(AT_MOST_MS);
  await runner.stop();
  const { passed, failed } = await readFile(counts, 'utf8').then(JSON.parse, () => ({ passed: 0, failed: 0 }));
  // A runner that fell over without a failed test has failed all the same.
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}
