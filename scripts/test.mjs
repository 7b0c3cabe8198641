// Every test: Node's first, then the browser's. Ends with one line, `N passed, N failed`, and the exit code that belongs to it.
// `pnpm test packages/core` runs only the files whose path contains one of the given words.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureJsforce } from '../packages/salesforce/jsforce/build.mjs';
import { findBrowser } from './find-browser.mjs';
import { run, sourceFlags } from './steps.mjs';

const words = process.argv.slice(2);
const counts = await mkdtemp(join(tmpdir(), 'multiline-tests-'));
let broken = 0;

try {
  findBrowser();
  await ensureJsforce();
  const { node, browser } = await testFiles();
  if (node.length > 0) {
    const reporters = ['--test-reporter', './scripts/node-test-reporter.mjs', '--test-reporter-destination', 'stdout'];
    broken += await part('node', process.execPath, [
      ...sourceFlags,
      '--test',
      '--test-timeout',
      '360000',
      ...reporters,
      ...node,
    ]);
  }
  if (browser.length > 0) {
    const only = words.length > 0 ? ['--files', ...browser] : [];
    broken += await part('browser', process.execPath, [
      'node_modules/@web/test-runner/dist/bin.js',
      '--config',
      'web-test-runner.config.mjs',
      ...only,
    ]);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  broken += 1;
}

let passed = 0;
let failed = 0;
for (const file of await readdir(counts)) {
  const count = JSON.parse(await readFile(join(counts, file), 'utf8'));
  passed += count.passed;
  failed += count.failed;
}
await rm(counts, { recursive: true });
// A runner that fell over without a failed test has failed all the same.
if (broken > 0 && failed === 0) failed = broken;
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

async function part(name, command, args) {
  const code = await run(command, args, { env: { ...process.env, TEST_COUNTS: join(counts, name) } });
  return code === 0 ? 0 : 1;
}

/** The test files by runner: `*.node.test.ts` (and `.mjs`) is Node's, every other `*.test.ts` the browser's. */
async function testFiles() {
  const files = [];
  for (const folder of ['packages', 'examples', 'scripts']) {
    for (const entry of await readdir(folder, { recursive: true })) {
      const path = join(folder, entry);
      if (/\.test\.(ts|mjs)$/.test(path) && !/node_modules|[\\/]dist[\\/]/.test(path)) files.push(path);
    }
  }
  const chosen = words.length > 0 ? files.filter((file) => words.some((word) => file.includes(word))) : files;
  return {
    node: chosen.filter((file) => /\.node\.test\.(ts|mjs)$/.test(file)),
    browser: chosen.filter((file) => !/\.node\.test\.(ts|mjs)$/.test(file)),
  };
}
