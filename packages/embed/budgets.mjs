/**
 * The drop-in against its budgets, in bytes of brotli at its strongest: the only ones that are promised. `node
 * packages/embed/budgets.mjs` prints every file and exits with 1 when one of them is over.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { ensureDropIn } from '../../scripts/drop-in.mjs';

const KB = 1000;

/** Budget → the most it may weigh, in bytes; `single` is minified, not compressed. */
export const BUDGETS = {
  // What was measured and about one hundredth more. The aims are 25, 130, 52 and 20: docs/decisions/0011 and 0013.
  'first paint': 24.5 * KB,
  everything: 231 * KB,
  sip: 59.6 * KB,
  salesforce: 17.2 * KB,
  'single, minified': 853 * KB,
};

/**
 * Weighs a build.
 * @param {string} folder where `multiline.js` stands
 * @returns files (name, minified and brotli bytes) and budgets (name, bytes, limit, over)
 */
export async function weigh(folder) {
  const { chunks, first } = JSON.parse(await readFile(join(folder, 'multiline.json'), 'utf8'));
  const names = ['multiline.js', ...Object.keys(chunks)];
  const files = await Promise.all([...names, 'multiline.single.js'].map((name) => weighFile(folder, name)));
  const brotli = (wanted) =>
    files.filter(({ name }) => wanted.includes(name)).reduce((sum, { brotli }) => sum + brotli, 0);
  const chunkOf = (engine) => names.filter((name) => name.startsWith(`multiline/${engine}-`));

  const bytes = {
    'first paint': brotli(['multiline.js', first, ...chunks[first][1]]),
    everything: brotli(names),
    sip: brotli(chunkOf('sip')),
    salesforce: brotli(chunkOf('salesforce')),
    'single, minified': files.at(-1).minified,
  };
  const budgets = Object.entries(BUDGETS).map(([name, limit]) => ({
    name,
    bytes: bytes[name],
    limit,
    // Nothing weighs nothing: an engine that is not found would pass for ever.
    over: bytes[name] > limit || bytes[name] === 0,
  }));
  return { files, budgets };
}

async function weighFile(folder, name) {
  const code = await readFile(join(folder, name));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: code.length };
  return { name, minified: code.length, brotli: brotliCompressSync(code, { params }).length };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await ensureDropIn();
  const { files, budgets } = await weigh(fileURLToPath(new URL('dist', import.meta.url)));
  const kb = (bytes) => `${(bytes / KB).toFixed(1)} KB`.padStart(10);
  for (const { name, minified, brotli } of files) console.log(`${kb(minified)} min ${kb(brotli)} br  ${name}`);
  console.log();
  for (const { name, bytes, limit, over } of budgets)
    console.log(`${over ? 'OVER' : 'ok  '} ${kb(bytes)} of ${kb(limit)}  ${name}`);
  if (budgets.some(({ over }) => over)) process.exitCode = 1;
}
