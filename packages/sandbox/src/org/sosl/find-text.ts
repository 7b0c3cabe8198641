import { refusals, type OrgError } from '../errors.ts';

/** What a FIND clause asks for: words, alone or joined. */
export type FindNode =
  | { readonly kind: 'word'; readonly text: string; readonly phrase: boolean }
  | { readonly kind: 'and'; readonly parts: readonly FindNode[] }
  | { readonly kind: 'or'; readonly parts: readonly FindNode[] }
  | { readonly kind: 'not'; readonly part: FindNode };

/** A wildcard within a word's text, told apart from an escaped one by characters no search contains. */
export const ANY_TEXT = '\uE000';
export const ANY_CHARACTER = '\uE001';

type Token = { type: 'word' | 'phrase'; text: string } | { type: 'AND' | 'OR' | 'NOT' | '(' | ')' };

/**
 * Parses the text between the braces of FIND. Characters with a meaning must be escaped by a backslash
 * (salesforce.md §4.1 "SOSL reserved chars"); words side by side must all be found.
 */
export function parseFind(source: string): FindNode {
  const tokens = tokensOf(source);
  if (!tokens.length) throw refusals.malformedSearch('entity search requires a search term');
  let position = 0;
  const found = either();
  if (position < tokens.length) throw unexpected(')');
  return found;

  function either(): FindNode {
    const parts = [both()];
    while (tokens[position]?.type === 'OR') {
      position++;
      parts.push(both());
    }
    return parts.length === 1 && parts[0] ? parts[0] : { kind: 'or', parts };
  }

  function both(): FindNode {
    const parts = [single()];
    for (;;) {
      const token = tokens[position];
      if (!token || token.type === 'OR' || token.type === ')') break;
      if (token.type === 'AND') position++;
      if (tokens[position]?.type === 'NOT') {
        position++;
        parts.push({ kind: 'not', part: single() });
      } else parts.push(single());
    }
    return parts.length === 1 && parts[0] ? parts[0] : { kind: 'and', parts };
  }

  function single(): FindNode {
    const token = tokens[position++];
    if (token?.type === '(') {
      const inner = either();
      if (tokens[position++]?.type !== ')') throw unexpected('(');
      return inner;
    }
    if (token?.type === 'word') return { kind: 'word', text: token.text, phrase: false };
    if (token?.type === 'phrase') return { kind: 'word', text: token.text, phrase: true };
    throw unexpected(token?.type ?? '<EOF>');
  }
}

/** Plain text as a search: every character means itself but the wildcards. */
export function plainFind(text: string): FindNode {
  return parseFind(text.replace(/[&|!{}[\]()^~:\\"'+-]/g, '\\$&'));
}

function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  while (position < source.length) {
    const character = source.charAt(position);
    if (/\s/.test(character)) position++;
    else if (character === '(' || character === ')') {
      tokens.push({ type: character });
      position++;
    } else if (character === '"') {
      const [text, next] = textUntil(source, position + 1, '"');
      if (source.charAt(next) !== '"') throw unexpected('"');
      tokens.push({ type: 'phrase', text });
      position = next + 1;
    } else {
      const [text, next] = textUntil(source, position, null);
      const raw = source.slice(position, next);
      position = next;
      if (raw === 'AND' || raw === 'OR' || raw === 'NOT') tokens.push({ type: raw });
      else tokens.push({ type: 'word', text: longEnough(text) });
    }
  }
  return tokens;
}

/** The unescaped text up to the closing character, or for a word up to a blank or parenthesis. */
function textUntil(source: string, start: number, end: string | null): [text: string, next: number] {
  let text = '';
  let position = start;
  for (; position < source.length; position++) {
    const character = source.charAt(position);
    if (character === '\\') {
      position++;
      if (position >= source.length) throw unexpected('\\');
      text += source.charAt(position);
    } else if (end ? character === end : /[\s()]/.test(character)) break;
    else if (character === '*') text += ANY_TEXT;
    else if (character === '?') text += ANY_CHARACTER;
    else if (/[&|!{}[\]^~:"'+-]/.test(character) && !end) throw unexpected(character);
    else text += character;
  }
  return [text, position];
}

function longEnough(text: string): string {
  const letters = text.replaceAll(ANY_TEXT, '').replaceAll(ANY_CHARACTER, '');
  // One character of a script without an alphabet can be a whole word.
  if (letters.length < 2 && !/\p{Script=Han}/u.test(letters)) {
    throw refusals.malformedSearch(
      `search term must be longer than one character: ${text.replaceAll(ANY_TEXT, '*').replaceAll(ANY_CHARACTER, '?')}`,
    );
  }
  return text;
}

function unexpected(token: string): OrgError {
  return refusals.malformedSearch(`unexpected token: '${token}'`);
}
