import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@lwc/compiler';
import commonjs from '@rollup/plugin-commonjs';
import nodeResolve from '@rollup/plugin-node-resolve';
import replace from '@rollup/plugin-replace';
import { rollup } from 'rollup';

const here = dirname(fileURLToPath(import.meta.url));
const platform = ['lwc', 'lightning/platformResourceLoader', '@salesforce/resourceUrl/multiline'];

/** Builds both as Salesforce serves them: the sandbox from its own package, the component through the real compiler. */
export async function buildLightningPage() {
  const [boot, component] = await Promise.all([
    bundle(`${here}/boot.js`, 'iife', [
      nodeResolve({ browser: true }),
      commonjs(),
      replace({ preventAssignment: true, values: { 'process.env.NODE_ENV': '"development"' } }),
    ]),
    bundle(`${here}/host/host.js`, 'amd', [lwcCompiler], platform),
  ]);
  return { platform: boot, component };
}

async function bundle(input, format, plugins, external = []) {
  const build = await rollup({ input, plugins, external, onwarn: () => undefined });
  const { output } = await build.generate({ format, inlineDynamicImports: true });
  await build.close();
  return output[0].code;
}

/** Without `customRendererConfig` external elements are made outside of the sandbox and never upgrade. */
const lwcCompiler = {
  name: 'lwc-compiler',
  resolveId: (id, importer) => (id.startsWith('.') && importer ? resolve(dirname(pathOf(importer)), id) : null),
  load(id) {
    const path = pathOf(id);
    // A component without a style sheet asks for one all the same.
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  },
  transform(source, id) {
    const { code } = transformSync(source, pathOf(id), {
      name: 'host',
      namespace: 'c',
      scopedStyles: id.includes('scoped'),
      apiVersion: 66,
      enableLightningWebSecurityTransforms: true,
      customRendererConfig: { directives: ['lwc:external', 'lwc:dom', 'lwc:inner-html'], elements: [] },
    });
    return { code, map: null };
  },
};

const pathOf = (id) => id.replace(/\?.*$/, '');
