import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openPageBed, type PageBed } from './testing/page-bed.ts';
import { customerOf, pageOf, scriptTag } from './testing/pages.ts';

const project = fileURLToPath(new URL('../../../', import.meta.url));
const packages = ['browser', 'core', 'elements', 'embed', 'salesforce', 'sip', 'testing'];

/** Runs a program; what it said is in the error when it fails. */
async function run(folder: string, command: string, ...args: string[]): Promise<string> {
  const ran = promisify(execFile)(command, args, { cwd: folder, maxBuffer: 2 ** 26 });
  const { stdout } = await ran.catch((error: unknown) => {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`, { cause: error });
  });
  return stdout;
}

/** What a stranger gets from npm: every public package packed, installed into the Vite example, outside of the workspace. */
describe('the packages as they are published', () => {
  let folder: string;
  let bed: PageBed;

  before(async () => {
    bed = await openPageBed();
    await run(project, join(project, 'node_modules/.bin/tsc'), '-b');
    folder = await mkdtemp(join(tmpdir(), 'multiline-stranger-'));
    const { packageManager } = JSON.parse(await readFile(join(project, 'package.json'), 'utf8')) as {
      packageManager: string;
    };
    const tarballs: Record<string, string> = {};
    for (const name of packages) {
      const target = join(folder, 'tarballs', name);
      await run(join(project, 'packages', name), 'npx', '-y', packageManager, 'pack', '--pack-destination', target);
      tarballs[`@multiline/${name}`] = `file:${join(target, (await readdir(target))[0] ?? '')}`;
    }
    await cp(join(project, 'examples/npm-vite'), folder, { recursive: true });
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
    await writeFile(join(folder, 'package.json'), JSON.stringify({ ...manifest, dependencies: tarballs }));
    await run(folder, 'npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error');
  });
  after(async () => {
    await bed.close();
    await rm(folder, { recursive: true });
  });

  const bin = (name: string): string => join(folder, 'node_modules/.bin', name);

  for (const [resolution, module] of [
    ['bundler', 'ESNext'],
    ['nodenext', 'NodeNext'],
  ] as const) {
    it(`have types for a project that resolves by ${resolution}`, async () => {
      const file = join(folder, `tsconfig.${resolution}.json`);
      const everything = packages.map((name) => `export * as ${name} from '@multiline/${name}';`).join('\n');
      await writeFile(join(folder, 'src/everything.ts'), everything);
      const compilerOptions = { module, moduleResolution: resolution, skipLibCheck: false };
      await writeFile(file, JSON.stringify({ extends: './tsconfig.json', compilerOptions }));
      await run(folder, bin('tsc'), '-p', file);
    });
  }

  it('can be imported by Node without a document', async () => {
    for (const name of packages) {
      const said = await run(
        folder,
        process.execPath,
        '--input-type=module',
        '--eval',
        `const door = await import('@multiline/${name}'); console.log(Object.keys(door).length);`,
      );
      assert.ok(Number(said) > 0, name);
    }
  });

  it('bundled by Vite they make a phone that is called', async () => {
    await run(folder, 'npm', 'run', 'build', '--silent');
    const built = join(folder, 'dist');
    for (const entry of await readdir(built, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      bed.serve(`/${file.slice(built.length + 1)}`, { body: await readFile(file) });
    }
    bed.serve('/customer', pageOf(scriptTag('multiline.js'), customerOf(bed.url)));
    const desk = await bed.open('/index.html');
    const phone = desk.page.getByRole('region', { name: 'Phone' });
    await phone.getByText('Available').waitFor();
    const customer = await bed.open('/customer');
    await customer.page.evaluate(() =>
      (globalThis as unknown as { call(to: string): Promise<void> }).call('+14155550003'),
    );
    await phone.getByText('Lucy Hall').first().waitFor();
    await phone.getByRole('button', { name: /^Answer/ }).click();
    await phone.getByText('Call in progress').first().waitFor();
    await phone.getByRole('button', { name: /^Hang up/ }).click();
    await phone.getByText('Call ended').first().waitFor();
    assert.deepEqual(desk.errors, []);
  });
});
