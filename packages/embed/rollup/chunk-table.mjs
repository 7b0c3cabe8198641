import { createHash } from 'node:crypto';

const integrityOf = (code) => `sha384-${createHash('sha384').update(code).digest('base64')}`;

/**
 * Two plugins that hand the chunks of one build to the next: `remember` writes down names, hashes and needs, `recall` gives
 * them to the bootstrap as `virtual:chunks`.
 */
export function chunkTable() {
  let table = null;

  const remember = {
    name: 'remember-chunks',
    writeBundle(_, bundle) {
      const chunks = Object.values(bundle).filter(({ type }) => type === 'chunk');
      const named = (name) => chunks.find((chunk) => chunk.name === name).fileName;
      table = {
        chunks: Object.fromEntries(
          chunks.map((chunk) => [chunk.fileName, [integrityOf(chunk.code), needsOf(chunk, bundle)]]),
        ),
        first: named('first'),
        desk: named('desk'),
      };
    },
  };

  const recall = {
    name: 'recall-chunks',
    resolveId: (id) => (id === 'virtual:chunks' ? '\0chunks' : null),
    load: (id) =>
      id === '\0chunks'
        ? Object.entries(table)
            .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
            .join('\n')
        : null,
  };

  /** The table as a file, with the hash of the script itself: for `integrity` attributes and for the budgets. */
  const publish = {
    name: 'publish-chunks',
    generateBundle(_, bundle) {
      const scripts = Object.values(bundle).filter(({ type }) => type === 'chunk');
      const source = JSON.stringify(
        { script: Object.fromEntries(scripts.map(({ fileName, code }) => [fileName, integrityOf(code)])), ...table },
        null,
        2,
      );
      this.emitFile({ type: 'asset', fileName: 'multiline.json', source });
    },
  };
  return { remember, recall, publish };
}

/** Every chunk that is evaluated with this one. */
function needsOf(chunk, bundle, found = new Set()) {
  for (const file of chunk.imports) {
    if (found.has(file)) continue;
    found.add(file);
    needsOf(bundle[file], bundle, found);
  }
  return [...found];
}

/** Chunks load one another through the bootstrap, which checks their hashes. */
export const checkedImport = {
  name: 'checked-import',
  renderDynamicImport: () => ({ left: 'globalThis.MultiLine.load(', right: ')' }),
};
