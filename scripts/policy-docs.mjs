// Holds docs/policy.md to the policy's schema and presets: every field is in its table with its values and its default; writes
// what each preset changes, and docs/policy.schema.json. `--check` fails when something is stale.
import { readFile, writeFile } from 'node:fs/promises';
import prettier from 'prettier';
import { tsImport } from 'tsx/esm/api';

const PAGE = 'docs/policy.md';
const SCHEMA = 'docs/policy.schema.json';
const BEGIN = '<!-- made by scripts/policy-docs.mjs: begin -->';
const END = '<!-- end -->';
const check = process.argv.includes('--check');

const { policySchema } = await tsImport('../packages/core/src/policy/schema.ts', import.meta.url);
const { presets } = await tsImport('../packages/core/src/policy/presets.ts', import.meta.url);
const base = presets.default();

const page = await readFile(PAGE, 'utf8');
const problems = fieldProblems(page);
for (const problem of problems) console.error(`${PAGE}: ${problem}`);
if (problems.length > 0) process.exitCode = 1;

await hold(
  PAGE,
  page.replace(new RegExp(`${BEGIN}[^]*?${END}`), () => `${BEGIN}\n\n${presetTables()}\n\n${END}`),
);
await hold(SCHEMA, JSON.stringify(policySchema));

/** Writes a file as prettier has it, or says that it is stale. */
async function hold(path, text) {
  const after = await prettier.format(text, { ...(await prettier.resolveConfig(path)), filepath: path });
  const before = await readFile(path, 'utf8').catch(() => '');
  if (after === before) return;
  if (!check) return writeFile(path, after);
  console.error(`${path} is stale: node scripts/policy-docs.mjs`);
  process.exitCode = 1;
}

/** What the table of fields lacks, has too much or says wrongly. Its columns: field, default, values, what. */
function fieldProblems(text) {
  const rows = new Map(
    [...text.matchAll(/^\| `([\w.[\]]+)` +\| (.*?) +\| (.*?) +\| /gm)].map(([, field, value, values]) => [
      field,
      { value, values },
    ]),
  );
  const fields = new Map(leaves(policySchema));
  return [
    ...[...fields.keys()].filter((field) => !rows.has(field)).map((field) => `no row for ${field}`),
    ...[...rows.keys()].filter((field) => !fields.has(field)).map((field) => `there is no field ${field}`),
    ...[...fields].flatMap(([field, schema]) => {
      const row = rows.get(field);
      if (!row) return [];
      const wanted = told(at(base, field));
      const missing = (schema.enum ?? []).filter((value) => !row.values.includes(`\`${value}\``));
      return [
        ...(row.value === wanted ? [] : [`the default of ${field} is ${wanted}, not ${row.value}`]),
        ...missing.map((value) => `${field} may be ${value}, which is not said`),
      ];
    }),
  ];
}

/** Every field with a value of its own, by its path. */
function leaves(schema, path = '') {
  return Object.entries(schema.properties).flatMap(([name, field]) => {
    if (name === '$schema') return [];
    return field.properties ? leaves(field, `${path}${name}.`) : [[path + name, field]];
  });
}

/** For each preset but the default, the fields in which it differs. */
function presetTables() {
  return Object.entries(presets)
    .filter(([name]) => name !== 'default')
    .map(([name, preset]) => {
      const policy = preset();
      const rows = leaves(policySchema)
        .map(([field]) => [field, told(at(base, field)), told(at(policy, field))])
        .filter(([, before, after]) => before !== after)
        .map((row) => `| \`${row[0]}\` | ${row[1]} | ${row[2]} |`);
      return [`### \`${name}\``, '', `| field | default | ${name} |`, '|---|---|---|', ...rows].join('\n');
    })
    .join('\n\n');
}

function at(policy, path) {
  return path.split('.').reduce((part, name) => part?.[name], policy);
}

function told(value) {
  if (value === undefined || value.length === 0) return '–';
  return Array.isArray(value) ? value.map((one) => `\`${one}\``).join(' ') : `\`${value}\``;
}
