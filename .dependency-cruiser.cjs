/** Who may import whom (docs/architecture.md): edges as data, held by `pnpm check`. */
const outside = (name, allowed) => ({
  name: `${name}-stands-on-its-own`,
  severity: 'error',
  comment: `packages/${name} imports only itself and ${allowed.join(', ') || 'nothing else'}.`,
  from: { path: `^packages/${name}/src`, pathNot: '\\.(test|stories)\\.ts$|/testing/' },
  to: {
    pathNot: [
      `^packages/${name}/`,
      ...allowed.map((one) => (one.startsWith('@multiline/') ? `^packages/${one.slice(11)}/` : `node_modules/${one}/`)),
    ],
    dependencyTypesNot: ['core'],
  },
});

module.exports = {
  forbidden: [
    outside('core', ['nanostores', 'libphonenumber-js']),
    outside('elements', [
      '@multiline/core',
      'nanostores',
      'lit',
      'lit-html',
      'lit-element',
      '@lit/context',
      '@lit/reactive-element',
    ]),
    outside('browser', ['@multiline/core', 'nanostores', 'idb']),
    outside('sip', ['@multiline/core', 'nanostores', 'sip.js']),
    outside('salesforce', ['@multiline/core', 'nanostores', 'jsforce']),
    outside('testing', ['@multiline/core', 'nanostores']),
    outside('sandbox', ['ws', '@types/ws', 'werift', '@jetstreamapp/soql-parser-js', 'esbuild', '@types/node']),
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^packages/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'one-door',
      severity: 'error',
      comment: 'Another package is entered by its index alone.',
      from: { path: '^packages/([^/]+)/' },
      to: { path: '^packages/[^/]+/src/', pathNot: ['^packages/$1/', '^packages/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'node-stays-in-the-sandbox',
      severity: 'error',
      from: { path: '^packages/(core|elements|browser|sip|salesforce|testing)/src', pathNot: '\\.node\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.tests.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['@multiline/source', 'import', 'default'] },
  },
};
