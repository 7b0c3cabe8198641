import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { SHIMS, bundleJsforce, ensureJsforce } from './build.mjs';

const pinned = JSON.parse(await readFile(new URL('graph.json', import.meta.url), 'utf8')) as { shims: string[] };

describe('the build of jsforce', () => {
  it('reaches exactly the modules and packages that were looked at', async () => {
    const { graph } = await bundleJsforce();
    assert.deepEqual(graph, pinned, 'look at the difference, then run jsforce/build.mjs --accept');
  });

  it('has no shim that nobody asks for', () => {
    assert.deepEqual(Object.keys(SHIMS).sort(), pinned.shims);
  });

  it('carries its licence and is not made twice from the same inputs', async () => {
    await ensureJsforce();
    const built = new URL('../dist/jsforce.js', import.meta.url);
    const before = await readFile(built, 'utf8');
    assert.match(before, /^\/\*! jsforce \d+\.\d+\.\d+, MIT/);
    assert.match(await readFile(new URL('../dist/jsforce.LICENSE', import.meta.url), 'utf8'), /MIT License/);
    const { ino } = await stat(built);
    await ensureJsforce();
    assert.equal((await stat(built)).ino, ino);
  });
});
