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
const { packageManager } = JSON.parse(await readFile('package.json', 'utf8'));
let problems = 0;

for (const name of await readdir('packages')) {
  const pkg = JSON.parse(await readFile(join('packages', name, 'package.json'), 'utf8'));
  if (pkg.private) continue;
  const pkgDir = join('packages', name);
  // pnpm itself is run by npx here: nobody needs it installed.
  await run('npx', ['-y', packageManager, 'pack', '--pack-destination', folder], { cwd: pkgDir });
  const file = join(
    folder,
    (await readdir(folder)).find((one) => one.includes(`multiline-${name}-`)),
  );

  const tarball = new Uint8Array(await readFile(file)).buffer;
  const { messages } = await publint({ strict: true, level: 'warning', pack: { tarball } });
  for (const message of messages) report(pkg.name, formatMessage(message, pkg));
  // Scripts for pages have no types: they are not imported.
  const scripts = Object.keys(pkg.exports ?? {}).filter((entry) => entry.endsWith('.js'));
  const exclude = scripts.length > 0 ? ['--exclude-entrypoints', ...scripts.map((entry) => entry.slice(2))] : [];
  await run('node_modules/.bin/attw', ['--profile', 'esm-only', file, ...exclude]).catch(({ stdout }) =>
    report(pkg.name, stdout),
  );
}

await rm(folder, { recursive: true });
process.exitCode = problems > 0 ? 1 : 0;

function report(name, text) {
  problems += 1;
  console.error(`${name}: ${text}`);
}
