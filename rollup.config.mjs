// The drop-in, from TypeScript sources: `multiline.js` with its checked chunks, and `multiline.single.js`.
import { rmSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import nodeResolve from '@rollup/plugin-node-resolve';
import replace from '@rollup/plugin-replace';
import terser from '@rollup/plugin-terser';
import esbuild from 'rollup-plugin-esbuild';
import { checkedImport, chunkTable } from './packages/embed/rollup/chunk-table.mjs';
import { elementGroups } from './packages/embed/rollup/element-groups.mjs';
import { licences } from './packages/embed/rollup/licences.mjs';
import { oneDecorate } from './packages/embed/rollup/one-decorate.mjs';
import { ownPolicy } from './packages/embed/rollup/own-policy.mjs';
import { slim } from './packages/embed/rollup/slim.mjs';
import { squeeze } from './packages/embed/rollup/squeeze.mjs';
import { ensureJsforce } from './packages/salesforce/jsforce/build.mjs';

await ensureJsforce();

const dir = process.env.DROP_IN ?? 'packages/embed/dist';
const source = 'packages/embed/src/drop-in';
// Hashed chunks of earlier builds would stay for ever.
rmSync(`${dir}/multiline`, { recursive: true, force: true });

const { version } = JSON.parse(readFileSync('packages/embed/package.json', 'utf8'));
const banner = `/*! MultiLine ${version}, MIT. Parts by others: multiline.LICENSES.txt */`;
const groups = elementGroups(resolve('packages/elements/src/index.ts'));
const table = chunkTable();
const notices = licences();

const plugins = [
  ...slim(),
  squeeze(),
  replace({ preventAssignment: true, values: { 'process.env.NODE_ENV': '"production"' } }), // nanostores asks, bare
  nodeResolve({ browser: true, extensions: ['.ts', '.js'], exportConditions: ['@multiline/source', 'production'] }),
  esbuild({ include: /packages\/.*\.ts$/, target: 'es2022', tsconfig: 'tsconfig.base.json' }),
  oneDecorate(),
  ownPolicy(),
  notices.plugin,
];

/** No modules to the minifier when it is none: it would take the 'use strict' away. */
const minify = (module) =>
  terser({ ecma: 2022, module, compress: { passes: 2 }, format: { comments: false, preamble: banner } });

/**
 * A page without a charset reads classic scripts as windows-1252: they are ASCII only. What is not ASCII stands in strings
 * and templates, where an escape is the same.
 */
const ascii = {
  name: 'ascii',
  renderChunk: (code) => ({
    code: code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    map: null,
  }),
};

function onwarn(warning, warn) {
  if (warning.code === 'CIRCULAR_DEPENDENCY' && warning.ids?.every((id) => id.includes('node_modules'))) return;
  if (warning.code === 'THIS_IS_UNDEFINED') return;
  if (['UNRESOLVED_IMPORT', 'MISSING_EXPORT', 'CIRCULAR_DEPENDENCY'].includes(warning.code))
    throw new Error(warning.message);
  warn(warning);
}

/** Adds a module, and everything that is evaluated with it. */
function evaluatedWith(id, getModuleInfo, found) {
  if (found.has(id)) return;
  found.add(id);
  for (const imported of getModuleInfo(id).importedIds) evaluatedWith(imported, getModuleInfo, found);
}

/** What is there when the desk is, and what is there when a telephone has registered. */
const doors = {
  desk: [`${source}/desk.ts`, 'packages/elements/src/workspace/build.ts'],
  sip: ['packages/sip/src/index.ts'],
};
let early;

/** Engines apart from each other and from the first paint; the rest is rollup's to part. */
function manualChunks(id, { getModuleInfo }) {
  early ??= Object.fromEntries(
    Object.entries(doors).map(([name, paths]) => {
      const found = new Set();
      for (const path of paths) evaluatedWith(resolve(path), getModuleInfo, found);
      return [name, found];
    }),
  );
  if (/[\\/]sip\.js[\\/]|packages[\\/]sip[\\/]|sip-own-/.test(id)) return early.sip.has(id) ? 'sip' : 'phone-system';
  if (/[\\/]libphonenumber-js[\\/]|number-parser$/.test(id)) return 'numbers';
  if (/packages[\\/]salesforce[\\/]/.test(id)) return 'salesforce';
  if (/[\\/]idb[\\/]|packages[\\/]browser[\\/]/.test(id)) return 'browser';
  if (/packages[\\/]testing[\\/]/.test(id)) return 'memory';
  // Wanted by several of them, and by every desk.
  if (/[\\/]nanostores[\\/]|core[\\/]src[\\/]numbers[\\/]/.test(id)) return 'shared';
  // An idle page brings the other elements all together.
  if (/packages[\\/]elements[\\/]/.test(id) && !early.desk.has(id)) return 'later';
  // Left to rollup the schema would join what is drawn first, as everything small does.
  if (/core[\\/]src[\\/]policy[\\/]schema(-check)?\.ts$/.test(id)) return 'policy-check';
  return undefined;
}

/** A script that is there twice does nothing the second time. */
const intro = 'if(globalThis.MultiLine)return;';
const hashed = 'multiline/[name]-[hash].js';

export default [
  {
    input: { first: `${source}/first.ts` },
    output: {
      dir,
      format: 'es',
      entryFileNames: hashed,
      chunkFileNames: hashed,
      manualChunks,
      onlyExplicitManualChunks: true,
      experimentalMinChunkSize: 12_000, // a handful of small files serves nobody
      hoistTransitiveImports: false,
      sourcemap: true,
    },
    preserveEntrySignatures: 'allow-extension',
    onwarn,
    plugins: [groups.chunked, ...plugins, checkedImport, minify(true), table.remember],
  },
  {
    input: `${source}/bootstrap.ts`,
    output: { file: `${dir}/multiline.js`, format: 'iife', intro, sourcemap: true },
    onwarn,
    plugins: [table.recall, ...plugins, minify(false), ascii, table.publish],
  },
  {
    input: 'packages/embed/src/service-worker/multiline-sw.js',
    output: { file: `${dir}/multiline-sw.js`, format: 'es' },
    onwarn,
    plugins: [minify(false), ascii],
  },
  {
    input: `${source}/single.ts`,
    output: { file: `${dir}/multiline.single.js`, format: 'iife', intro, inlineDynamicImports: true, sourcemap: true },
    onwarn,
    plugins: [groups.whole, ...plugins, minify(false), ascii, notices.publish],
  },
];
