import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The elements nearly every page has: they come with the core. All others come when a page shows them. */
const FIRST = ['ml-workspace', 'ml-softphone'];

const line = /^(?:export|import)\s[^;]*?'(\.\/[^']+\.ts)';$/gms;

/**
 * Takes the door of `@multiline/elements` apart: every module it exports that defines an element becomes an entry of its own,
 * named by the tag, but for those of the first paint and what they are made of.
 * @param door the package's index.ts
 */
export function elementGroups(door) {
  const elements = {};
  for (const [, file] of readFileSync(door, 'utf8').matchAll(line)) {
    const path = resolve(dirname(door), file);
    const tag = /^define\('(ml-[\w-]+)'/m.exec(readFileSync(path, 'utf8'))?.[1];
    if (tag) elements[tag] = path;
  }
  const first = new Set();
  for (const tag of FIRST) if (elements[tag]) partsOf(elements[tag], first);
  const later = Object.fromEntries(Object.entries(elements).filter(([, path]) => !first.has(path)));
  const paths = new Set(Object.values(later));

  const plugin = {
    name: 'element-groups',
    transform(code, id) {
      if (id !== door) return null;
      const kept = code.replace(line, (text, file) => (paths.has(resolve(dirname(door), file)) ? '' : text));
      return { code: kept, map: null };
    },
  };
  return { elements: later, plugin };
}

/** A module and all that it imports of its own package. */
function partsOf(path, found) {
  if (found.has(path)) return;
  found.add(path);
  for (const [, file] of readFileSync(path, 'utf8').matchAll(/^(?:import|export)\s[^;]*?'(\.{1,2}\/[^']+\.ts)';$/gms)) {
    partsOf(resolve(dirname(path), file), found);
  }
}
