import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/** Longer names make file names that nobody reads. */
const LONGEST = 40;
/** A factory of this name would not parse. */
const TAKEN =
  /^(await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|var|void|while|with|yield)$/;

/**
 * Writes the files of a template folder, with the name in its spellings put in: `__name__` (acme-crm), `__camel__` (acmeCrm),
 * `__pascal__` (AcmeCrm), `__words__` (Acme crm). Nothing is written when the target exists.
 * @returns the paths written
 * @throws Error that says in words what is wrong
 */
export async function writeSkeleton(name, template, target) {
  if (await stat(target).catch(() => undefined))
    throw new Error(`${relative('.', target)} is there already. Nothing was changed.`);
  const camel = name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  const words = name.replaceAll('-', ' ');
  const spellings = {
    __name__: name,
    __camel__: camel,
    __pascal__: capital(camel),
    __words__: capital(words),
  };
  const put = (text) => text.replace(/__(?:name|camel|pascal|words)__/g, (place) => spellings[place]);
  const written = [];
  for (const entry of await readdir(template, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const from = join(entry.parentPath, entry.name);
    const to = join(target, put(from.slice(template.length)).replace(/\.template$/, ''));
    await mkdir(dirname(to), { recursive: true });
    await writeFile(to, put(await readFile(from, 'utf8')), { flag: 'wx' });
    written.push(to);
  }
  return written.sort();
}

/** @throws Error that says in words what a good name is */
export function checkName(name, what, example) {
  const rule = `Name the ${what} in lower case, with hyphens between words, e.g. ${example}.`;
  if (!name) throw new Error(`There is no name. ${rule}`);
  if (name.length > LONGEST) throw new Error(`That name has ${name.length} characters, ${LONGEST} are enough. ${rule}`);
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) throw new Error(`"${name}" is no name. ${rule}`);
  if (TAKEN.test(name)) throw new Error(`"${name}" is a word of the language. ${rule}`);
}

/** Runs a generator for the command line: its refusals are one line of words and the exit code 1. */
export async function fromCommandLine(generate) {
  try {
    const [name, ...more] = process.argv.slice(2);
    if (more.length > 0) throw new Error(`One name, not ${more.length + 1}.`);
    console.log(await generate(name));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
