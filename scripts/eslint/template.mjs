/** Reads Lit templates for our rules: which tag a binding stands in, and which tags the markup has. */

/** Whether a node is `html\`…\`` (SVG is static here and has no bindings). */
export const isHtml = (node) => node.tag.type === 'Identifier' && node.tag.name === 'html';

/**
 * What the markup of a template has: opening tags, and attribute bindings with the tag they stand in.
 * A template is text with holes: the hole keeps its index, so that a binding finds its expression.
 */
export function readTemplate(node) {
  const text = node.quasi.quasis
    .map(({ value }, index) => value.raw + (node.quasi.expressions[index] ? `\u0000${index}\u0000` : ''))
    .join('');
  const tags = [];
  for (const [whole, name, attributes] of text.matchAll(
    /<([a-z][\w-]*)((?:[^<>"'\u0000]|"[^"]*"|'[^']*'|\u0000\d+\u0000)*)>/g,
  )) {
    const bindings = [...attributes.matchAll(/([@.?]?[\w:-]+)=["']?(?:[^"'\s>]*?)\u0000(\d+)\u0000/g)].map(
      ([, attribute, index]) => ({
        attribute,
        expression: node.quasi.expressions[Number(index)],
      }),
    );
    tags.push({ name, whole, bindings });
  }
  return { text, tags };
}
