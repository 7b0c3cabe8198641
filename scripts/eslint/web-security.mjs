import { isHtml, readTemplate } from './template.mjs';

/** Tags that Lightning Web Security takes out of markup; made by `document.createElement` they work. */
const FORBIDDEN = new Set(['slot', 'dialog', 'main', 'search', 'template', 'picture', 'data', 'math']);

/**
 * Lightning Web Security strips attribute bindings of native elements, and Lit's values then land in the wrong places:
 * bind properties, events and booleans there, or attributes of our own elements.
 */
export const webSecurity = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      binding: 'Bind <{{tag}}> by property: Lightning Web Security strips the binding of `{{attribute}}`.',
      tag: 'Make <{{tag}}> by document.createElement: Lightning Web Security takes it out of markup.',
      style: 'A strict Content Security Policy forbids style attributes: use a class, a state or `.style.cssText`.',
    },
  },
  create: (context) => ({
    TaggedTemplateExpression(node) {
      if (!isHtml(node)) return;
      for (const { name, bindings, whole } of readTemplate(node).tags) {
        if (FORBIDDEN.has(name)) context.report({ node, messageId: 'tag', data: { tag: name } });
        if (/\sstyle=/.test(whole)) context.report({ node, messageId: 'style' });
        if (name.includes('-')) continue;
        for (const { attribute, expression } of bindings) {
          if (/^[.@?]/.test(attribute)) continue;
          context.report({ node: expression ?? node, messageId: 'binding', data: { tag: name, attribute } });
        }
      }
    },
  }),
};
