// The elements' manifest and their pages in docs/elements, made of the classes' own comments. `--check` only compares.
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const check = process.argv.includes('--check');
const MANIFEST = 'packages/elements/custom-elements.json';
const PAGES = 'docs/elements';

const before = check ? await committed() : null;
await promisify(execFile)('node_modules/.bin/cem', ['analyze', '--config', 'custom-elements-manifest.config.mjs']);
const manifest = JSON.parse(await readFile(MANIFEST, 'utf8'));
// The analyzer lists files as the disk does: in any order.
manifest.modules.sort((a, b) => (a.path < b.path ? -1 : 1));
await writeFile(MANIFEST, `${JSON.stringify(manifest, null, 2)}\n`);
const elements = manifest.modules
  .flatMap(({ declarations }) => declarations ?? [])
  .filter(({ customElement, tagName }) => customElement && tagName)
  .sort((a, b) => a.tagName.localeCompare(b.tagName));

await rm(PAGES, { recursive: true, force: true });
await mkdir(PAGES, { recursive: true });
for (const element of elements) await writeFile(`${PAGES}/${element.tagName}.md`, page(element));
await writeFile(`${PAGES}/README.md`, index());

if (check) {
  const after = await committed();
  const stale = [...new Set([...before.keys(), ...after.keys()])].filter(
    (path) => before.get(path) !== after.get(path),
  );
  if (stale.length > 0) {
    console.error(`Made anew, commit them: ${stale.join(', ')}`);
    process.exitCode = 1;
  }
}

function page({
  tagName,
  description = '',
  attributes = [],
  members = [],
  events = [],
  slots = [],
  cssParts = [],
  cssProperties = [],
  cssStates = [],
}) {
  const own = members.filter(
    ({ kind, privacy, inheritedFrom, attribute, static: isStatic }) =>
      kind === 'field' && !privacy && !inheritedFrom && !attribute && !isStatic,
  );
  return [
    `# \`<${tagName}>\``,
    description,
    table(
      'Attributes',
      ['attribute', 'type', 'what'],
      attributes.map(({ name, type, description: what }) => [code(name), code(type?.text), what]),
    ),
    table(
      'Properties',
      ['property', 'type', 'what'],
      own.map(({ name, type, description: what }) => [code(name), code(type?.text), what]),
    ),
    table(
      'Events',
      ['event', 'what'],
      events.map(({ name, description: what }) => [code(name), what]),
    ),
    table(
      'Slots',
      ['slot', 'what'],
      slots.map(({ name, description: what }) => [name ? code(name) : 'default', what]),
    ),
    table(
      'Parts',
      ['part', 'what'],
      cssParts.map(({ name, description: what }) => [code(name), what]),
    ),
    table(
      'Custom properties',
      ['property', 'default', 'what'],
      cssProperties.map(({ name, default: value, description: what }) => [code(name), code(value), what]),
    ),
    table(
      'States',
      ['state', 'what'],
      cssStates.map(({ name, description: what }) => [code(`:state(${name})`), what]),
    ),
  ]
    .filter(Boolean)
    .join('\n\n')
    .concat('\n');
}

function index() {
  const rows = elements.map(
    ({ tagName, summary, description = '' }) =>
      `| [\`<${tagName}>\`](${tagName}.md) | ${cell(summary ?? description.split('\n')[0])} |`,
  );
  return [
    '# Elements',
    '',
    'Made from the classes by `scripts/element-docs.mjs`.',
    '',
    '| element | what |',
    '|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function table(title, head, rows) {
  if (rows.length === 0) return '';
  const lines = rows.map((row) => `| ${row.map((text) => cell(text ?? '')).join(' | ')} |`);
  return [`## ${title}`, '', `| ${head.join(' | ')} |`, `|${'---|'.repeat(head.length)}`, ...lines].join('\n');
}

function code(text) {
  return text ? `\`${text}\`` : '';
}

function cell(text) {
  return text.replaceAll('\n', ' ').replaceAll('|', '\\|');
}

async function committed() {
  const files = await readdir(PAGES).catch(() => []);
  const paths = [MANIFEST, ...files.map((file) => `${PAGES}/${file}`)];
  const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8').catch(() => '')));
  return new Map(paths.map((path, index) => [path, texts[index]]));
}
