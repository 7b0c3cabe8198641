import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';

const here = resolve(import.meta.dirname, '..');

interface Outcome {
  readonly code: number;
  readonly output: string;
}

function run(cwd: string, script: string, ...args: string[]): Promise<Outcome> {
  return new Promise((done) => {
    execFile(process.execPath, [script, ...args], { cwd, env: environment() }, (error, stdout, stderr) => {
      done({ code: error ? 1 : 0, output: stdout + stderr });
    });
  });
}

/** Ours without what a test runner leaves for its own children: a test started from here stands alone. */
function environment(): NodeJS.ProcessEnv {
  const { NODE_TEST_CONTEXT: _, TEST_COUNTS: __, ...rest } = process.env;
  return rest;
}

/** A house to write into: below `.cache`, so that the server of the browser tests reaches it and its dependencies resolve. */
async function house(): Promise<string> {
  await mkdir(join(here, '.cache'), { recursive: true });
  const root = await mkdtemp(join(here, '.cache', 'new-'));
  await cp(join(here, 'tsconfig.base.json'), join(root, 'tsconfig.base.json'));
  await mkdir(join(root, 'packages/elements'), { recursive: true });
  return root;
}

const generate = (root: string, what: 'adapter' | 'element', ...names: string[]): Promise<Outcome> =>
  run(root, join(here, `scripts/new-${what}.mjs`), ...names);

/** Type-checks a folder, tests included, as tsconfig.tests.json does for the whole house. */
async function typeCheck(root: string, folder: string): Promise<Outcome> {
  const { compilerOptions } = JSON.parse(await readFile(join(here, 'tsconfig.tests.json'), 'utf8')) as {
    compilerOptions: object;
  };
  const config = join(root, 'tsconfig.check.json');
  await writeFile(
    config,
    JSON.stringify({ extends: './tsconfig.base.json', compilerOptions, include: [folder], exclude: [] }),
  );
  return run(root, join(here, 'node_modules/typescript/bin/tsc'), '-p', config, '--pretty', 'false');
}

describe('new:adapter', () => {
  let root = '';
  before(async () => {
    root = await house();
  });
  after(() => rm(root, { recursive: true }));

  it('writes an adapter that type-checks and whose conformance test fails because nothing is written yet', async () => {
    const { code, output } = await generate(root, 'adapter', 'acme-crm');
    assert.equal(code, 0, output);
    const folder = join(root, 'packages/acme-crm');
    // What an install would link.
    await mkdir(join(folder, 'node_modules/@multiline'), { recursive: true });
    for (const name of ['core', 'testing']) {
      await symlink(join(here, 'packages', name), join(folder, 'node_modules/@multiline', name));
    }
    const types = await typeCheck(root, 'packages/acme-crm/src');
    assert.equal(types.code, 0, types.output);

    const test = await run(
      here,
      '--conditions=@multiline/source',
      ...['--import', 'tsx', '--test', '--test-reporter', 'tap'],
      join(folder, 'src/acme-crm.node.test.ts'),
    );
    assert.equal(test.code, 1);
    assert.match(test.output, /^ +ok \d+ - declares its kinds/m);
    assert.match(test.output, /identify is not written yet/);
    assert.match(test.output, /logActivity is not written yet/);
    assert.doesNotMatch(test.output, /Cannot find|SyntaxError|TypeError/);
  });

  it('leaves a package that is there as it is', async () => {
    const folder = join(root, 'packages/kept');
    await mkdir(folder);
    await writeFile(join(folder, 'mine.ts'), 'mine');
    const { code, output } = await generate(root, 'adapter', 'kept');
    assert.equal(code, 1);
    assert.match(output, /^packages.kept is there already/);
    assert.deepEqual(await readdir(folder), ['mine.ts']);
  });

  it('refuses bad names with words and writes nothing', async () => {
    const before = await readdir(join(root, 'packages'));
    for (const name of ['', 'Acme', '../acme', 'a b', '9lives', 'acme-', 'acme--crm', 'naïve', 'new', 'x'.repeat(41)]) {
      const { code, output } = await generate(root, 'adapter', name);
      assert.equal(code, 1, name);
      assert.match(output, /Name the adapter in lower case/, name);
      assert.doesNotMatch(output, /at .*\.mjs/, name);
    }
    assert.equal((await generate(root, 'adapter', 'one', 'two')).code, 1);
    assert.match((await generate(root, 'adapter')).output, /There is no name/);
    assert.deepEqual(await readdir(join(root, 'packages')), before);
  });
});

describe('new:element', () => {
  let root = '';
  before(async () => {
    root = await house();
    const elements = join(here, 'packages/elements');
    for (const folder of ['internal', 'styles', 'strings', 'events', 'testing']) {
      await cp(join(elements, 'src', folder), join(root, 'packages/elements/src', folder), { recursive: true });
    }
    await cp(join(elements, 'package.json'), join(root, 'packages/elements/package.json'));
    await symlink(join(elements, 'node_modules'), join(root, 'packages/elements/node_modules'));
    await symlink(join(here, 'node_modules'), join(root, 'node_modules'));
  });
  after(() => rm(root, { recursive: true }));

  it('writes an element that type-checks and works; its accessibility test fails for the unnamed button', async () => {
    const { code, output } = await generate(root, 'element', 'queue-board');
    assert.equal(code, 0, output);
    const folder = join(root, 'packages/elements/src/queue-board');
    assert.deepEqual((await readdir(folder)).sort(), [
      'queue-board.stories.ts',
      'queue-board.styles.ts',
      'queue-board.test.ts',
      'queue-board.ts',
    ]);
    const types = await typeCheck(root, 'packages/elements/src/queue-board');
    assert.equal(types.code, 0, types.output);

    const runner = 'node_modules/@web/test-runner/dist/bin.js';
    const config = ['--config', 'web-test-runner.config.mjs'];
    const file = join(folder, 'queue-board.test.ts');
    const unnamed = await run(here, runner, ...config, '--files', file);
    assert.equal(unnamed.code, 1, unnamed.output);
    assert.match(unnamed.output, /is accessible/);
    assert.match(unnamed.output, /Rule: button-name/);
    assert.doesNotMatch(unnamed.output, /Rule: (?!button-name)|says who|connects the phone|empty shape/);

    const source = await readFile(join(folder, 'queue-board.ts'), 'utf8');
    await writeFile(
      join(folder, 'queue-board.ts'),
      source.replace('@click=', ".ariaLabel=${this.text('action.try-again')} @click="),
    );
    const named = await run(here, runner, ...config, '--files', file);
    assert.equal(named.code, 0, named.output);
  });

  it('refuses names that are none, that carry the prefix, and that are taken', async () => {
    const before = await readdir(join(root, 'packages/elements/src'));
    for (const name of ['', 'QueueBoard', 'queue_board', '../queue', 'queue/board']) {
      const { code, output } = await generate(root, 'element', name);
      assert.equal(code, 1, name);
      assert.match(output, /Name the element in lower case/, name);
    }
    assert.match((await generate(root, 'element', 'ml-queue')).output, /Without "ml-".*: queue\./);
    assert.match((await generate(root, 'element', 'strings')).output, /strings is there already/);
    assert.deepEqual(await readdir(join(root, 'packages/elements/src')), before);
  });
});
