/**
 * Makes dist/jsforce.js: jsforce's own Connection, from jsforce's own sources, without what only Node, SOAP, bulk,
 * queries as objects and signing in need.
 *
 * jsforce's published modules cannot be tree-shaken and ask for Node's streams and buffers. Its TypeScript is published
 * too: we bundle that, and give small stand-ins for what it imports (`SHIMS`). What jsforce imports is pinned in graph.json;
 * another graph stops the build, so that an upgrade is looked at: `node build.mjs --accept` pins the new one.
 */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const output = resolve(here, '../dist');
const jsforce = dirname(createRequire(import.meta.url).resolve('jsforce/package.json'));

/** What jsforce's modules ask for (a package, or a path below jsforce) → who answers. */
export const SHIMS = {
  events: 'events',
  'form-data': 'absent',
  'src/csv': 'csv',
  'src/jsforce': 'registry',
  'src/oauth2': 'oauth2',
  'src/process': 'absent',
  'src/query': 'query',
  'src/transport': 'transport',
  'src/util/get-body-size': 'body-size',
  'src/util/stream': 'lazy-stream',
  stream: 'stream',
  xml2js: 'absent',
};

/** Bundles; answers the code, and the graph: jsforce's version, its modules reached, the shims asked for. */
export async function bundleJsforce() {
  const [{ rollup }, { default: esbuild }] = await Promise.all([import('rollup'), import('rollup-plugin-esbuild')]);
  const shims = new Set();
  const modules = new Set();
  const ours = (name) => join(here, 'shims', `${SHIMS[name]}.mjs`);
  const theirs = (name) => {
    modules.add(name);
    return join(jsforce, `${name}.ts`);
  };

  const imports = {
    name: 'jsforce-imports',
    resolveId(source, importer) {
      if (source.startsWith('jsforce/')) return theirs(source.slice('jsforce/'.length));
      if (!importer?.startsWith(jsforce + sep)) return null;
      const name = source.startsWith('.')
        ? relative(jsforce, resolve(dirname(importer), source)).replaceAll(sep, '/')
        : source;
      if (name in SHIMS) {
        shims.add(name);
        return ours(name);
      }
      if (!source.startsWith('.'))
        this.error(`jsforce imports '${source}' in ${relative(jsforce, importer)}: no shim for it`);
      return theirs(name);
    },
  };

  const bundle = await rollup({
    input: join(here, 'entry.mjs'),
    plugins: [
      imports,
      esbuild({
        include: /\.ts$/,
        exclude: [], // the plugin leaves node_modules out by default
        target: 'es2022',
        tsconfig: false, // ours keeps imports of types; jsforce's must go
        tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
        define: { 'process.env.JSFORCE_LOG_LEVEL': 'undefined', global: 'globalThis' },
      }),
    ],
    treeshake: { moduleSideEffects: false },
    onwarn(warning) {
      if (warning.code !== 'CIRCULAR_DEPENDENCY' && warning.code !== 'THIS_IS_UNDEFINED')
        throw new Error(warning.message);
    },
  });
  const { output: chunks } = await bundle.generate({ format: 'es' });
  await bundle.close();
  const { version } = JSON.parse(await readFile(join(jsforce, 'package.json'), 'utf8'));
  return { code: chunks[0].code, graph: { version, shims: [...shims].sort(), modules: [...modules].sort() } };
}

/** What the built file depends on, in one line: equal stamps need no build. */
async function stampOf() {
  const shims = (await readdir(join(here, 'shims'))).sort().map((name) => join(here, 'shims', name));
  const inputs = [
    join(jsforce, 'package.json'),
    join(here, 'build.mjs'),
    join(here, 'entry.mjs'),
    join(here, 'graph.json'),
    ...shims,
  ];
  const hash = createHash('sha256');
  for (const text of await Promise.all(inputs.map((path) => readFile(path)))) hash.update(text).update('\0');
  return hash.digest('hex');
}

/** Makes dist/jsforce.js unless the one there was made from the same inputs. Cheap to call before every test and build. */
export async function ensureJsforce() {
  const stamp = await stampOf();
  const stampFile = join(output, 'jsforce.stamp');
  const [made, code] = await Promise.all(
    [stampFile, join(output, 'jsforce.js')].map((path) => readFile(path, 'utf8').catch(() => undefined)),
  );
  if (made !== stamp || code === undefined) await buildJsforce(stampFile, stamp);
}

async function buildJsforce(stampFile, stamp) {
  const { code, graph } = await bundleJsforce();
  const pinned = JSON.parse(await readFile(join(here, 'graph.json'), 'utf8'));
  if (JSON.stringify(graph) !== JSON.stringify(pinned)) {
    throw new Error(
      `jsforce's imports are not those of graph.json. Look at them, then run build.mjs --accept:\n${JSON.stringify(graph, null, 2)}`,
    );
  }
  await mkdir(output, { recursive: true });
  await copyFile(join(jsforce, 'LICENSE'), join(output, 'jsforce.LICENSE'));
  // Written beside and renamed: a page that is being served never sees half of it.
  const draft = join(output, `jsforce.${process.pid}.tmp`);
  await writeFile(draft, `/*! jsforce ${graph.version}, MIT licence: jsforce.LICENSE */\n${code}`);
  await rename(draft, join(output, 'jsforce.js'));
  await writeFile(stampFile, stamp);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--accept')) {
    const { graph } = await bundleJsforce();
    await writeFile(join(here, 'graph.json'), `${JSON.stringify(graph, null, 2)}\n`);
  }
  await ensureJsforce();
}
