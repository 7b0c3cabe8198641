// `pnpm new:adapter acme` writes packages/acme: a CRM adapter that type-checks, and its conformance test, which fails until
// the adapter answers.
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkName, fromCommandLine, writeSkeleton } from './templates/skeleton.mjs';

await fromCommandLine(async (name) => {
  checkName(name, 'adapter', 'acme or acme-crm');
  const template = fileURLToPath(new URL('templates/adapter', import.meta.url));
  const written = await writeSkeleton(name, template, resolve('packages', name));
  return [
    ...written.map((path) => relative('.', path)),
    '',
    `Next: npx -y pnpm@10 test packages/${name}. It fails until \`identify\` and \`logActivity\` are written.`,
    'The rules, and an adapter from zero to green: docs/writing-an-adapter.md.',
  ].join('\n');
});
