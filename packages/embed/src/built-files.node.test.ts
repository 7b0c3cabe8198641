import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builds, read, table } from './testing/built.ts';

describe('the drop-in as files', () => {
  it('the classic scripts are ASCII: a page without a charset reads them otherwise', async () => {
    for (const file of builds) assert.deepEqual((await read(file)).match(/[^\0-\x7f]/g), null, file);
  });

  it('nothing in them asks for a Node process or warns of a development build', async () => {
    for (const file of [...builds, ...Object.keys((await table()).chunks)]) {
      const code = await read(file);
      for (const mark of ['process.env', 'Lit is in dev mode']) assert.ok(!code.includes(mark), `${mark} in ${file}`);
    }
  });

  it('the first paint imports no engine', async () => {
    const { first, chunks } = await table();
    for (const file of [first, ...(chunks[first]?.[1] ?? [])])
      assert.doesNotMatch(file, /\/(sip|numbers|salesforce|browser|memory)-/);
  });

  it('both name the licences of what they contain', async () => {
    const licences = await read('multiline.LICENSES.txt');
    for (const name of [
      'sip.js',
      'jsforce',
      'lit-html',
      '@lit/context',
      'nanostores',
      'libphonenumber-js',
      'idb',
      'lucide',
    ])
      assert.match(licences, new RegExp(`^${name}`, 'm'), name);
    for (const file of builds)
      assert.match((await read(file)).slice(0, 100), /^\/\*! MultiLine .*multiline\.LICENSES\.txt \*\//, file);
  });
});
