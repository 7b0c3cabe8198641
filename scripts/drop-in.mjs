import { execFile } from 'node:child_process';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const STAMP = 'packages/embed/dist/.stamp';
const SOURCES = ['core', 'elements', 'browser', 'sip', 'salesforce', 'testing', 'embed'];

/** Builds the drop-in by rollup unless it is newer than every source. */
export async function ensureDropIn() {
  const newest = Math.max(
    ...(await Promise.all([...SOURCES.map((name) => newestIn(`packages/${name}/src`)), modified('rollup.config.mjs')])),
  );
  if (newest <= (await modified(STAMP))) return;
  await promisify(execFile)(process.execPath, [
    'node_modules/rollup/dist/bin/rollup',
    '--config',
    'rollup.config.mjs',
    '--silent',
  ]);
  await writeFile(STAMP, await readFile('package.json'));
}

async function newestIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'));
  return Math.max(0, ...(await Promise.all(files.map(({ parentPath, name }) => modified(join(parentPath, name))))));
}

const modified = async (path) => (await stat(path).catch(() => ({ mtimeMs: 0 }))).mtimeMs;
