import { isHtml, readTemplate } from './template.mjs';

/** Words that a person reads or hears come from the string table. */
export const translatable = {
  meta: { type: 'problem', schema: [], messages: { words: 'Put "{{words}}" into the string table.' } },
  create: (context) => ({
    TaggedTemplateExpression(node) {
      if (!isHtml(node)) return;
      const { text } = readTemplate(node);
      const words = text
        .replace(/<!--[\s\S]*?-->/g, '')
        .replace(/<[^<>]*>/g, ' ')
        .replace(/\u0000\d+\u0000/g, ' ')
        .match(/\p{L}{2,}[\p{L} ]*/u);
      if (words) context.report({ node, messageId: 'words', data: { words: words[0].trim() } });
      const spoken = text.match(/\s(?:aria-label|title|placeholder|alt)="([^"\u0000]*\p{L}{2,}[^"\u0000]*)"/u);
      if (spoken) context.report({ node, messageId: 'words', data: { words: spoken[1] } });
    },
  }),
};
