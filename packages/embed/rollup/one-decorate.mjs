import MagicString from 'magic-string';

const ID = '\0decorate';
const DECORATE = `export function decorate(decorators, target, key, kind) {
  let result = kind > 1 ? undefined : kind ? Object.getOwnPropertyDescriptor(target, key) : target;
  for (const decorator of decorators.reverse())
    result = (kind ? decorator(target, key, result) : decorator(result)) || result;
  if (kind && result) Object.defineProperty(target, key, result);
  return result;
}`;
/** What esbuild writes into each module that has a decorator. */
const HELPER = /^var __defProp = .*\n(?:var __getOwnPropDesc = .*\n)?var __decorateClass = [^]*?\n\};\n/m;

/** What applies decorators stands once, not in every module that has one. */
export function oneDecorate() {
  return {
    name: 'one-decorate',
    resolveId: (id) => (id === ID ? id : null),
    load: (id) => (id === ID ? DECORATE : null),
    transform: {
      order: 'post',
      handler(code, id) {
        if (!/packages[\\/]elements[\\/]src[\\/]/.test(id) || !code.includes('__decorateClass(')) return null;
        const found = HELPER.exec(code);
        if (!found) this.error('esbuild no longer writes its decorators as it did.');
        const text = new MagicString(code);
        text.update(
          found.index,
          found.index + found[0].length,
          `import { decorate as __decorateClass } from '${ID}';\n`,
        );
        return { code: text.toString(), map: text.generateMap({ hires: 'boundary' }) };
      },
    },
  };
}
