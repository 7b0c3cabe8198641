import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The elements of nearly every page: they draw themselves, still without a workspace, before the rest arrives. */
const FIRST = ['ml-workspace', 'ml-softphone'];

const imported = /^(?:export|import)\s[^;]*?'(\.{1,2}\/[^']+\.ts)';$/gms;
const partImported = /^import '(\.{1,2}\/[^']+\.ts)';$/gm;

/**
 * Takes the door of `@multiline/elements` apart, for the build in chunks. Three modules say what comes when:
 * `virtual:first-elements`, `virtual:phone-parts` (what the first ones put into their shadow roots, once there is a
 * workspace) and `virtual:later-elements` (everything else, by tag, when a page shows it). In both builds elements are no
 * exports: `customElements.get` has them, and what is exported must not depend on what has arrived.
 * @param door the package's index.ts
 */
export function elementGroups(door) {
  const elements = new Map();
  for (const [, file] of read(door).matchAll(imported)) {
    const path = resolve(dirname(door), file);
    const tag = /^define\('(ml-[\w-]+)'/m.exec(read(path))?.[1];
    if (tag) elements.set(tag, path);
  }
  const first = FIRST.map((tag) => elements.get(tag)).filter((path) => path !== undefined);
  const parts = first.flatMap((path) =>
    [...read(path).matchAll(partImported)].map(([, file]) => resolve(dirname(path), file)),
  );
  const early = new Set();
  for (const path of first) reach(path, early);
  const later = new Map([...elements].filter(([, path]) => !early.has(path)));
  const laterPaths = new Set(later.values());

  const virtual = {
    'virtual:first-elements': first.map((path) => `import ${JSON.stringify(path)};`).join('\n'),
    'virtual:phone-parts': parts.map((path) => `import ${JSON.stringify(path)};`).join('\n'),
    'virtual:later-elements': `export const later = {${[...later]
      .map(([tag, path]) => `${JSON.stringify(tag)}: () => import(${JSON.stringify(path)})`)
      .join(',')}};`,
  };
  const paths = new Set(elements.values());

  /** The door without its elements: those that `keep` wants are imported all the same. */
  const withoutElements = (code, keep) =>
    code.replace(imported, (line, file) => {
      const path = resolve(dirname(door), file);
      if (!paths.has(path)) return line;
      return keep(path) ? `import ${JSON.stringify(path)};` : '';
    });

  const chunked = {
    name: 'element-groups',
    resolveId: (id) => (Object.hasOwn(virtual, id) ? `\0${id}` : null),
    load(id) {
      const code = id.startsWith('\0') ? virtual[id.slice(1)] : undefined;
      return code === undefined ? null : { code, moduleSideEffects: true };
    },
    transform(code, id) {
      if (id === door) return { code: withoutElements(code, (path) => !laterPaths.has(path)), map: null };
      return first.includes(id) ? { code: code.replace(partImported, ''), map: null } : null;
    },
  };
  const whole = {
    name: 'elements',
    transform: (code, id) => (id === door ? { code: withoutElements(code, () => true), map: null } : null),
  };
  return { chunked, whole };
}

const read = (path) => readFileSync(path, 'utf8');

/** A module and all that it imports of its own package. */
function reach(path, found) {
  if (found.has(path)) return;
  found.add(path);
  for (const [, file] of read(path).matchAll(imported)) reach(resolve(dirname(path), file), found);
}
