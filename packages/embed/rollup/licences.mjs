import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Collects the licences of everything of others that is bundled; asked after the builds for one text. */
export function licences() {
  const folders = new Set();
  const plugin = {
    name: 'licences',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        for (const [id, { renderedLength }] of Object.entries(chunk.modules ?? {})) {
          if (renderedLength > 0) folders.add(ownerOf(id));
        }
      }
    },
  };
  /** Emits the text into the bundle it is used in, which must be the last one. */
  const publish = {
    name: 'publish-licences',
    generateBundle() {
      const source = [...folders]
        .filter(Boolean)
        .sort()
        .map(textOf)
        .join(`\n\n${'-'.repeat(80)}\n\n`);
      this.emitFile({ type: 'asset', fileName: 'multiline.LICENSES.txt', source: `${source}\n` });
    },
  };
  return { plugin, publish };
}

const OURS = /[\\/]packages[\\/]/;

/** What others own of a module: its package's folder, the licence file beside what we built of it, or nothing. */
function ownerOf(id) {
  const path = id.replace(/^\0/, '').replace(/\?.*$/, '');
  if (/salesforce[\\/]dist[\\/]jsforce\.js$/.test(path)) return join(dirname(path), 'jsforce.LICENSE');
  if (/elements[\\/]src[\\/]styles[\\/]icons\.ts$/.test(path))
    return join(dirname(path), '../../node_modules/lucide-static');
  if (!path.includes('node_modules') || (OURS.test(path) && !path.includes('node_modules'))) return null;
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name) return folder;
  }
  return null;
}

function textOf(folder) {
  if (folder.endsWith('.LICENSE')) return `jsforce\n\n${readFileSync(folder, 'utf8').trim()}`;
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : `Licence: ${license}`;
  return `${name} ${version}\n\n${text}`;
}
