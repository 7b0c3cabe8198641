import MagicString from 'magic-string';

/** What a minifier of scripts leaves alone: the white space and comments in `css` and `html` templates of ours. */
export function squeeze() {
  return {
    name: 'squeeze-templates',
    // After TypeScript has become JavaScript.
    transform: {
      order: 'post',
      handler(code, id) {
        if (!/packages[\\/]elements[\\/]src[\\/]/.test(id)) return null;
        const text = new MagicString(code);
        for (const { tag, quasi } of templatesOf(this.parse(code))) {
          const squeezed = { css: squeezeCss, html: squeezeHtml, svg: squeezeHtml }[tag.name];
          for (const { start, end } of squeezed ? quasi.quasis : []) {
            if (end > start) text.update(start, end, squeezed(code.slice(start, end)));
          }
        }
        return { code: text.toString(), map: text.generateMap({ hires: 'boundary' }) };
      },
    },
  };
}

function templatesOf(node, found = []) {
  if (node?.type === 'TaggedTemplateExpression') found.push(node);
  for (const child of Object.values(node ?? {})) {
    if (Array.isArray(child)) for (const each of child) templatesOf(each, found);
    else if (typeof child?.type === 'string') templatesOf(child, found);
  }
  return found;
}

/** Strings stay as they are; a space stays wherever it may separate, a semicolon wherever something follows. */
const squeezeCss = (css) =>
  css.replace(
    /("[^"]*"|'[^']*')|\/\*[\s\S]*?\*\/|\s*(?:;\s*)?(\})\s*|\s*([{;,])\s*|:\s+(?=[^;\s])|\s+/g,
    (space, string, end, mark) => {
      const kept = string ?? end ?? mark;
      if (kept !== undefined) return kept;
      if (space.startsWith('/*')) return '';
      return space.startsWith(':') ? ':' : ' ';
    },
  );

/** A line break with its indentation is one space to a reader of HTML. */
const squeezeHtml = (html) => html.replace(/\s*\n\s*/g, ' ');
