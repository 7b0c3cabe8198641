// What npm users get: publint and "are the types wrong" over every public package, as packed.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const run = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), 'multiline-packed-'));
let problems = 0;

for (const name of await readdir('packages')) {
  const pkg = JSON.parse(await readFile(join('packages', name, 'package.json'), 'utf8'));
  if (pkg.private) continue;
  const pkgDir = join('packages', name);
  const { messages } = await publint({ pkgDir, strict: true, level: 'warning' });
  for (const message of messages) report(pkg.name, formatMessage(message, pkg));

  // pnpm itself is run by npx here: nobody needs it installed.
  await run('npx', ['-y', `pnpm@${await pnpmVersion()}`, 'pack', '--pack-destination', folder], { cwd: pkgDir });
  const tarball = (await readdir(folder)).find((file) => file.includes(`multiline-${name}-`));
  await run('node_modules/.bin/attw', ['--profile', 'esm-only', join(folder, tarball)]).catch(({ stdout }) =>
    report(pkg.name, stdout),
  );
}

await rm(folder, { recursive: true });
process.exitCode = problems > 0 ? 1 : 0;

function report(name, text) {
  problems += 1;
  console.error(`${name}: ${text}`);
}

async function pnpmVersion() {
  return JSON.parse(await readFile('package.json', 'utf8')).packageManager.split('@')[1];
}
