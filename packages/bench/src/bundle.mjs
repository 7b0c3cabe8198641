import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The pages by name: each is what its script makes of an empty document with one button. */
export const PAGES = {
  ours: import.meta.resolve('./pages/ours.ts'),
  'sip-js': import.meta.resolve('./pages/sip-js.ts'),
  'sip-js-manager': import.meta.resolve('./pages/sip-js-manager.ts'),
  jssip: import.meta.resolve('./pages/jssip.ts'),
  desk: import.meta.resolve('./pages/desk.ts'),
  tab: import.meta.resolve('./pages/tab.ts'),
};

/** One page's script from source, minified, as a browser gets it in production. */
export async function bundle(name) {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(PAGES[name])],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    conditions: ['@multiline/source', 'browser', 'production'],
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false } },
    logLevel: 'silent',
  });
  return Buffer.from(outputFiles[0].contents);
}
