// Writes the table of error codes into docs/errors.md, from the one that the code uses. `--check` fails when it is stale.
import { readFile, writeFile } from 'node:fs/promises';
import prettier from 'prettier';
import { tsImport } from 'tsx/esm/api';

const PAGE = 'docs/errors.md';
const BEGIN = '<!-- made by scripts/error-docs.mjs: begin -->';
const END = '<!-- end -->';

const { ERRORS } = await tsImport('../packages/core/src/ports/errors.ts', import.meta.url);

const rows = Object.entries(ERRORS).map(
  ([code, [cause, remedy, retryable]]) => `| \`${code}\` | ${cause} | ${remedy} | ${retryable ? 'yes' : 'no'} |`,
);
const table = ['| code | cause | remedy | retryable |', '|---|---|---|---|', ...rows].join('\n');

const before = await readFile(PAGE, 'utf8');
const [head, rest] = before.split(BEGIN);
const [, tail] = rest?.split(END) ?? [];
if (tail === undefined) throw new Error(`${PAGE} has no place for the table: ${BEGIN} … ${END}`);

const options = await prettier.resolveConfig(PAGE);
const after = await prettier.format(`${head}${BEGIN}\n\n${table}\n\n${END}${tail}`, { ...options, filepath: PAGE });

if (after === before) process.exit(0);
if (process.argv.includes('--check')) {
  console.error(`${PAGE} is stale: node scripts/error-docs.mjs`);
  process.exitCode = 1;
} else await writeFile(PAGE, after);
