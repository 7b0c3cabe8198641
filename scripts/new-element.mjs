// `pnpm new:element queue-board` writes packages/elements/src/queue-board: an element that shows itself, its styles and
// stories, and its test, which fails for the accessibility of its button.
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkName, fromCommandLine, writeSkeleton } from './templates/skeleton.mjs';

await fromCommandLine(async (name) => {
  checkName(name, 'element', 'queue-board');
  if (name.startsWith('ml-'))
    throw new Error(`Without "ml-", which is put before it: ${name.slice(3) || 'queue-board'}.`);
  const template = fileURLToPath(new URL('templates/element', import.meta.url));
  const written = await writeSkeleton(name, template, resolve('packages/elements/src', name));
  return [
    ...written.map((path) => relative('.', path)),
    '',
    `Next: npx -y pnpm@10 test elements/src/${name}/. It fails until the button has a name.`,
  ].join('\n');
});
