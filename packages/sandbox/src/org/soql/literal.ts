import { refusals } from '../errors.ts';

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '"': '"', "'": "'", '\\': '\\' };

/** The text a quoted SOQL string stands for. Refuses an escape SOQL doesn't have. */
export function stringLiteral(quoted: string): string {
  return quoted.slice(1, -1).replace(/\\(.)/gs, (_, character: string) => {
    const meant = ESCAPES[character];
    if (meant === undefined)
      throw refusals.malformedQuery(
        `Invalid string literal ${quoted}. Illegal character sequence '\\${character}' in string literal.`,
      );
    return meant;
  });
}

/** A test for a quoted LIKE pattern: `%` any text, `_` one character, each literal after a backslash; case is no matter. */
export function likeTest(quoted: string): (value: string) => boolean {
  const source = quoted
    .slice(1, -1)
    .replace(/\\(.)|([%_])|([^%_\\]+)/gs, (_, escaped: string, wild: string, plain: string) => {
      if (wild) return wild === '%' ? '[^]*' : '[^]';
      if (plain) return escapedPattern(plain);
      if (escaped === '%' || escaped === '_') return escaped;
      return escapedPattern(stringLiteral(`'\\${escaped}'`));
    });
  const pattern = new RegExp(`^${source}$`, 'iu');
  return (value) => pattern.test(value);
}

function escapedPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, (character) => (character === '-' ? '\\x2d' : `\\${character}`));
}
