import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';

const PAGE = 'docs/benchmarks.md';
const BEGIN = '<!-- measured: begin -->';
const END = '<!-- measured: end -->';

/** Puts what was measured between the marks of the page. Answers the page's path. */
export async function writePage(measured) {
  const page = await readFile(PAGE, 'utf8');
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${PAGE} has no ${BEGIN} … ${END}.`);
  const text = `${page.slice(0, from + BEGIN.length)}\n\n${measured}\n\n${page.slice(to)}`;
  await writeFile(PAGE, await format(text, { ...(await resolveConfig(PAGE)), parser: 'markdown' }));
  return PAGE;
}
