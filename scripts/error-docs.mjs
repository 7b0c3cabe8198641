// Writes the tables of error codes into the docs, from those that the code uses. `--check` fails when one is stale.
import { readFile, writeFile } from 'node:fs/promises';
import prettier from 'prettier';
import { tsImport } from 'tsx/esm/api';

const BEGIN = '<!-- made by scripts/error-docs.mjs: begin -->';
const END = '<!-- end -->';
const check = process.argv.includes('--check');

const { ERRORS } = await tsImport('../packages/core/src/ports/errors.ts', import.meta.url);

await fill(
  'docs/errors.md',
  ['code', 'cause', 'remedy', 'retryable'],
  Object.entries(ERRORS).map(([code, [cause, remedy, retryable]]) => [code, cause, remedy, retryable ? 'yes' : 'no']),
);
await fill('docs/salesforce.md', ['code', 'Salesforce says', 'tried again by itself'], await refusals());

/** Salesforce's codes by ours. Read as text: the module itself needs its whole package. */
async function refusals() {
  const source = await readFile('packages/salesforce/src/refusals.ts', 'utf8');
  const table = /^export const REFUSALS[^{]*\{(.*?)^\};/ms.exec(source)?.[1] ?? '';
  const theirs = new Map();
  for (const [, told, code] of table.matchAll(/^ {2}([A-Z_]+): '([\w-]+)',$/gm))
    theirs.set(code, [...(theirs.get(code) ?? []), `\`${told}\``]);
  if (theirs.size === 0) throw new Error('packages/salesforce/src/refusals.ts no longer says what its codes mean.');
  return [...theirs].map(([code, told]) => [code, told.join(' '), ERRORS[code][2] ? 'yes' : 'no']);
}

/** Puts a table into the place that a page has for it. The first column is code. */
async function fill(path, head, rows) {
  const lines = [head, head.map(() => '---'), ...rows.map(([first, ...rest]) => [`\`${first}\``, ...rest])];
  const table = lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
  const before = await readFile(path, 'utf8');
  const place = new RegExp(`${BEGIN}[^]*?${END}`);
  if (!place.test(before)) throw new Error(`${path} has no place for the table: ${BEGIN} … ${END}`);
  const options = { ...(await prettier.resolveConfig(path)), filepath: path };
  const after = await prettier.format(
    before.replace(place, () => `${BEGIN}\n\n${table}\n\n${END}`),
    options,
  );
  if (after === before) return;
  if (!check) return writeFile(path, after);
  console.error(`${path} is stale: node scripts/error-docs.mjs`);
  process.exitCode = 1;
}
