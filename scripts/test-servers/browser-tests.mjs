import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sourceFlags } from '../steps.mjs';
import { startProcess } from './server-process.mjs';

/** Longer than the tests take on a loaded machine; nothing of this may hang for ever. */
const AT_MOST_MS = 630_000;
const TESTS = fileURLToPath(new URL('./tests/', import.meta.url));
const CONFIGURATION = fileURLToPath(new URL('./wtr.config.mjs', import.meta.url));

/**
 * Runs the browser tests against one server; answers `{ passed, failed }`.
 * @param server `{ name, url, … }`, which the tests get as `theServer()`
 * @param files paths of the test files
 * @param inside what to write before a command to run it in another namespace
 */
export async function browserTests(server, { directory, env, running, files, inside = [] }) {
  const counts = join(directory, `${server.name}-counts.json`);
  const runTests = [...sourceFlags, 'node_modules/@web/test-runner/dist/bin.js', '--config', CONFIGURATION];
  const [command, ...args] = [...inside, process.execPath, ...runTests];
  const runner = startProcess('the tests', command, args, {
    env: { ...env, TEST_COUNTS: counts, SERVER: JSON.stringify(server), FILES: JSON.stringify(files) },
    stdio: 'inherit',
  });
  running.push(runner);
  const code = await runner.exited(AT_MOST_MS);
  await runner.stop();
  const { passed, failed } = await readFile(counts, 'utf8').then(JSON.parse, () => ({ passed: 0, failed: 0 }));
  // A runner that fell over without a failed test has failed all the same.
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}

/** The test files of a folder whose names have one of the words in them; without words all. */
export function testFiles(folder, words) {
  const names = readdirSync(join(TESTS, folder)).filter((name) => name.endsWith('.server-test.ts'));
  const wanted = names.filter((name) => words.length === 0 || words.some((word) => name.includes(word)));
  return wanted.map((name) => join(TESTS, folder, name));
}
