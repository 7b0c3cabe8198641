const INDEX = 'packages/elements/src/index.ts';

/** Our `define('ml-x', MlX)` instead of the platform's own: says which class is which element. */
function ourDefine() {
  const tags = new Map();
  return {
    name: 'our-define',
    analyzePhase({ ts, node }) {
      if (!ts.isCallExpression(node) || node.expression.getText?.() !== 'define') return;
      const [tag, element] = node.arguments;
      if (tag && element && ts.isStringLiteral(tag)) tags.set(element.getText(), tag.text);
    },
    moduleLinkPhase({ moduleDoc }) {
      for (const declaration of moduleDoc.declarations ?? []) {
        const tagName = tags.get(declaration.name);
        if (!tagName) continue;
        Object.assign(declaration, { tagName, customElement: true });
        moduleDoc.exports.push({
          kind: 'custom-element-definition',
          name: tagName,
          declaration: { name: declaration.name, module: moduleDoc.path },
        });
      }
    },
  };
}

/**
 * Leaves only what a page may use: the elements, and what the package exports. What they are made of is their own affair,
 * and changes without a word here.
 */
function publicFace() {
  return {
    name: 'public-face',
    packageLinkPhase({ customElementsManifest: manifest }) {
      const index = manifest.modules.find(({ path }) => path === INDEX);
      const wholly = index.exports.flatMap(({ name, declaration }) => (name === '*' ? declaration.module : []));
      const named = new Set(index.exports.map(({ name }) => name));
      for (const doc of manifest.modules) {
        if (doc === index) continue;
        const isPublic = ({ name, tagName }) => tagName || named.has(name) || wholly.includes(doc.path);
        doc.declarations = doc.declarations.filter(isPublic);
        const kept = new Set(doc.declarations.map(({ name }) => name));
        doc.exports = doc.exports.filter(({ declaration }) => kept.has(declaration.name));
        doc.declarations.forEach(hideInside);
      }
      manifest.modules = manifest.modules.filter((doc) => doc === index || doc.declarations.length > 0);
    },
  };
}

/** Private members, what only a subclass may use of an element nobody extends, events the analyzer guesses from the code. */
function hideInside(declaration) {
  const hidden = declaration.tagName ? ['private', 'protected'] : ['private'];
  declaration.members = declaration.members?.filter(({ privacy }) => !hidden.includes(privacy));
  declaration.events = declaration.events?.filter(({ description }) => description);
}

export default {
  globs: ['packages/elements/src/**/*.ts'],
  exclude: ['**/*.test.ts', '**/*.stories.ts', '**/*.styles.ts', '**/testing/**'],
  outdir: 'packages/elements',
  litelement: true,
  plugins: [ourDefine(), publicFace()],
};
