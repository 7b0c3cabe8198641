// Writes the table of theme tokens into docs/theming.md, from the style sheet. `--check` fails when it is stale.
import { readFile, writeFile } from 'node:fs/promises';
import prettier from 'prettier';

const PAGE = 'docs/theming.md';
const SHEET = 'packages/elements/src/styles/tokens.ts';
const BEGIN = '<!-- made by scripts/token-docs.mjs: begin -->';
const END = '<!-- end -->';

const sheet = (await readFile(SHEET, 'utf8')).replace(/\s+/g, ' ');
/** Our own name of a token → the public one, for values that are made of other tokens. */
const publicNames = new Map(
  [...sheet.matchAll(/(--_[\w-]+): var\( ?(--ml-[\w-]+)/g)].map(([, own, name]) => [own, name]),
);
const rows = [];
for (const { index } of sheet.matchAll(/var\( ?--ml-/g)) {
  const [name, fallback] = parts(inside(sheet, index));
  const [hook, own] = /^var\(--slds-/.test(fallback) ? parts(inside(fallback, 0)) : ['', fallback];
  const [light, dark] = /^light-dark\(/.test(own) ? parts(inside(own, 0)) : [own, ''];
  rows.push([name, hook, light, dark]);
}
if (rows.length === 0) throw new Error(`${SHEET} no longer holds tokens of the form var(--ml-…, …).`);

const cells = rows.map((row) => row.map((text) => (text ? `\`${text}\`` : '')).join(' | '));
const table = ['token | SLDS hook | default | in the dark', '---|---|---|---', ...cells];
const before = await readFile(PAGE, 'utf8');
const filled = before.replace(
  new RegExp(`${BEGIN}[^]*?${END}`),
  () => `${BEGIN}\n\n${table.map((line) => `| ${line} |`).join('\n')}\n\n${END}`,
);
const after = await prettier.format(filled, { ...(await prettier.resolveConfig(PAGE)), filepath: PAGE });
if (after !== before) {
  if (process.argv.includes('--check')) {
    console.error(`${PAGE} is stale: node scripts/token-docs.mjs`);
    process.exitCode = 1;
  } else await writeFile(PAGE, after);
}

/** What stands in the brackets that open at or after a place. */
function inside(text, from) {
  const start = text.indexOf('(', from) + 1;
  let depth = 1;
  let end = start;
  for (; depth > 0; end += 1) depth += text[end] === '(' ? 1 : text[end] === ')' ? -1 : 0;
  return text.slice(start, end - 1).trim();
}

/** The text before the first comma that stands in no bracket, and the one after it. */
function parts(text) {
  let depth = 0;
  const comma = [...text].findIndex((letter) => {
    depth += letter === '(' ? 1 : letter === ')' ? -1 : 0;
    return letter === ',' && depth === 0;
  });
  const both = comma < 0 ? [text, ''] : [text.slice(0, comma), text.slice(comma + 1)];
  return both.map((part) => part.trim().replace(/--_[\w-]+/g, (own) => publicNames.get(own) ?? own));
}
