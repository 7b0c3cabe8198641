import { readdir, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { context, type BuildContext, type BuildResult } from 'esbuild';

/** The examples' TypeScript as the browser gets it, bundled from source on demand, anew when a source has changed. */
export interface Bundles {
  /** The bundle of a path such as `desk/desk.js` or `chunks/x.js`; undefined if there is none. Rejects with what does not compile. */
  read(path: string): Promise<Uint8Array | undefined>;
  stop(): Promise<void>;
}

/** Sources are looked through for changes at most so often. */
const LOOK_EVERY_MS = 1_000;

/**
 * @param folder the examples: `<name>/<file>.ts` becomes `<name>/<file>.js`
 * @param sources folders whose changes count
 */
export function createBundles(folder: string, sources: readonly string[]): Bundles {
  let build: Promise<BuildContext> | undefined;
  let files: Promise<Map<string, Uint8Array>> | undefined;
  let newest = 0;
  let lookedAt = 0;

  async function make(): Promise<Map<string, Uint8Array>> {
    build ??= prepare(folder);
    const result = (await (await build).rebuild()) as BuildResult<{ write: false }>;
    return new Map(
      result.outputFiles.map(({ path, contents }) => [
        relative(join(folder, 'out'), path).split(sep).join('/'),
        contents,
      ]),
    );
  }

  async function current(): Promise<Map<string, Uint8Array>> {
    if (!files || Date.now() - lookedAt > LOOK_EVERY_MS) {
      lookedAt = Date.now();
      const changed = Math.max(...(await Promise.all([folder, ...sources].map(newestIn))));
      if (!files || changed > newest) {
        newest = changed;
        files = make();
        // What does not compile is told to this request and tried again by the next.
        files.catch(() => (files = undefined));
      }
    }
    return files;
  }

  return {
    read: async (path) => (await current()).get(path),
    async stop() {
      await (await build)?.dispose();
    },
  };
}

async function prepare(folder: string): Promise<BuildContext> {
  return context({
    entryPoints: await entryPoints(folder),
    outdir: join(folder, 'out'),
    outbase: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    chunkNames: 'chunks/[hash]',
    conditions: ['@multiline/source', 'browser', 'production'],
    define: { 'process.env.NODE_ENV': '"production"' },
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false } },
    sourcemap: 'inline',
    logLevel: 'silent',
  });
}

/** Every module of an example's folder; a folder with a `package.json` builds itself, one without a page is none. */
async function entryPoints(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true });
  const own = entries.filter((entry) => !entry.includes('node_modules'));
  return own
    .filter((file) => /^[^/\\]+[/\\][^/\\]+\.ts$/.test(file) && !file.endsWith('.test.ts'))
    .filter(
      (file) => own.includes(join(dirname(file), 'index.html')) && !own.includes(join(dirname(file), 'package.json')),
    )
    .map((file) => join(folder, file));
}

async function newestIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const times = entries
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map(async (entry) => (await stat(join(entry.parentPath, entry.name)).catch(() => ({ mtimeMs: 0 }))).mtimeMs);
  return Math.max(0, ...(await Promise.all(times)));
}
