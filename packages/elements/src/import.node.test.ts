import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

it('is imported on a server without a page, and does nothing there', async () => {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const script = `import('@multiline/elements').then((all) => console.log(typeof all.MlSoftphone, typeof document))`;
  // Decorators compile as the project says, which a loose script is not part of.
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=@multiline/source', '--import', 'tsx', '--eval', script],
    { cwd: root, env: { ...process.env, TSX_TSCONFIG_PATH: 'tsconfig.base.json' } },
  );
  assert.equal(stdout.trim(), 'function undefined');
});
