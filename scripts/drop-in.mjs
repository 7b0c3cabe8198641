import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const FOLDER = 'packages/embed/dist';
const STAMP = `${FOLDER}/.stamp`;
const LOCK = `${FOLDER}/.building`;
const NEXT = `${FOLDER}/.next`;
const SOURCES = [
  ...['core', 'elements', 'browser', 'sip', 'salesforce', 'testing', 'embed'].map((name) => `packages/${name}/src`),
  'packages/embed/rollup',
];

/** Builds the drop-in by rollup unless it is newer than every source. Several processes may ask at once: one of them builds. */
export async function ensureDropIn() {
  await mkdir(FOLDER, { recursive: true });
  await locked(async () => {
    const began = Date.now();
    const sources = await Promise.all([...SOURCES.map(newestIn), modified('rollup.config.mjs')]);
    const built = await readFile(STAMP, 'utf8').catch(() => '0');
    if (Math.max(...sources) <= Number(built)) return;
    await rm(NEXT, { recursive: true, force: true });
    await promisify(execFile)(
      process.execPath,
      ['node_modules/rollup/dist/bin/rollup', '--config', 'rollup.config.mjs', '--silent'],
      { env: { ...process.env, DROP_IN: NEXT } },
    );
    // Whole builds only: a page that is being served never sees half of one.
    for (const name of await readdir(NEXT)) {
      await rm(join(FOLDER, name), { recursive: true, force: true });
      await rename(join(NEXT, name), join(FOLDER, name));
    }
    await rm(NEXT, { recursive: true });
    // What changes while rollup reads counts as newer.
    await writeFile(STAMP, String(began));
  });
}

/** Does something while no other process does. A lock whose holder has died is nobody's. */
async function locked(work) {
  for (;;) {
    const taken = await writeFile(LOCK, String(process.pid), { flag: 'wx' }).then(
      () => true,
      () => false,
    );
    if (taken) break;
    const holder = Number(await readFile(LOCK, 'utf8').catch(() => '0'));
    if (holder > 0 && !alive(holder)) await rm(LOCK, { force: true });
    await pause(100);
  }
  try {
    await work();
  } finally {
    await rm(LOCK, { force: true });
  }
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function newestIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !/\.(test|stories)\.ts$/.test(entry.name));
  return Math.max(0, ...(await Promise.all(files.map(({ parentPath, name }) => modified(join(parentPath, name))))));
}

const modified = async (path) => (await stat(path).catch(() => ({ mtimeMs: 0 }))).mtimeMs;
