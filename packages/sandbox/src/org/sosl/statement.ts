import { refusals } from '../errors.ts';
import { parseFind, type FindNode } from './find-text.ts';

/** The fields a search looks into. */
export type SearchGroup = 'ALL' | 'NAME' | 'EMAIL' | 'PHONE' | 'SIDEBAR';

/** One object of a RETURNING list, its clauses still as text. */
export interface ReturnedObject {
  readonly name: string;
  readonly fields: readonly string[];
  readonly where?: string;
  readonly orderBy?: string;
  readonly limit?: number;
  readonly offset?: number;
}

/** A parsed SOSL statement. Without RETURNING every searchable object is meant. */
export interface SearchStatement {
  readonly find: FindNode;
  readonly group: SearchGroup;
  readonly returning: readonly ReturnedObject[] | null;
  readonly limit: number | null;
}

const GROUPS = ['ALL', 'NAME', 'EMAIL', 'PHONE', 'SIDEBAR'];

/** Parses `FIND {…} IN … FIELDS RETURNING …(… WHERE … ORDER BY … LIMIT n) LIMIT n`; refuses anything else. */
export function parseSearch(source: string): SearchStatement {
  const opening = /^\s*FIND\s*\{/i.exec(source);
  if (!opening) throw malformed(source.trim().split(/\s/, 1)[0] ?? '');
  const start = opening[0].length;
  const end = closing(source, start, '}');
  const find = parseFind(source.slice(start, end));
  let rest = source.slice(end + 1).trim();

  let group = 'ALL';
  const groupMatch = /^IN\s+(\w+)\s+FIELDS\b\s*/i.exec(rest);
  if (groupMatch) {
    group = groupMatch[1]?.toUpperCase() ?? '';
    if (!GROUPS.includes(group)) throw malformed(groupMatch[1] ?? '');
    rest = rest.slice(groupMatch[0].length);
  }
  const limitMatch = /(?:^|\s|\))LIMIT\s+(\d+)\s*$/i.exec(rest);
  const limit = limitMatch ? Number(limitMatch[1]) : null;
  if (limitMatch) rest = rest.slice(0, limitMatch.index + (rest.charAt(limitMatch.index) === ')' ? 1 : 0)).trim();
  let returning: ReturnedObject[] | null = null;
  const returningMatch = /^RETURNING\s+/i.exec(rest);
  if (returningMatch) {
    returning = splitOutside(rest.slice(returningMatch[0].length), ',').map(returnedObject);
    rest = '';
  }
  if (rest) throw malformed(rest.split(/\s/, 1)[0] ?? '');
  return { find, group: group as SearchGroup, returning, limit };
}

function returnedObject(source: string): ReturnedObject {
  const match = /^\s*(\w+)\s*(?:\(([^]*)\))?\s*$/.exec(source);
  if (!match?.[1]) throw malformed(source.trim().split(/\s/, 1)[0] || '<EOF>');
  if (match[2] === undefined) return { name: match[1], fields: ['Id'] };
  const clauses = clausesOf(match[2]);
  const fields = splitOutside(clauses['fields'] ?? '', ',').map((field) => field.trim());
  const bad = fields.find((field) => !/^(\w+(\.\w+)*|\w+\(\w+\))$/.test(field));
  if (bad !== undefined) throw malformed(bad || ')');
  return {
    name: match[1],
    fields,
    ...(clauses['where'] ? { where: clauses['where'] } : {}),
    ...(clauses['order by'] ? { orderBy: clauses['order by'] } : {}),
    ...(clauses['limit'] ? { limit: numberOf(clauses['limit']) } : {}),
    ...(clauses['offset'] ? { offset: numberOf(clauses['offset']) } : {}),
  };
}

/** Cuts `fields WHERE … ORDER BY … LIMIT … OFFSET …` at its keywords, leaving quoted text alone. */
function clausesOf(source: string): Record<string, string> {
  const masked = source.replace(/'(?:\\.|[^'\\])*'/g, (text) => '_'.repeat(text.length));
  const cuts = [...masked.matchAll(/\b(WHERE|ORDER\s+BY|LIMIT|OFFSET)\b/gi)];
  const clauses: Record<string, string> = { fields: source.slice(0, cuts[0]?.index ?? source.length) };
  cuts.forEach((cut, index) => {
    const name = cut[0].toLowerCase().replace(/\s+/, ' ');
    clauses[name] = source.slice(cut.index + cut[0].length, cuts[index + 1]?.index ?? source.length).trim();
    if (!clauses[name]) throw malformed('<EOF>');
  });
  return clauses;
}

function numberOf(text: string): number {
  if (!/^\d+$/.test(text)) throw malformed(text);
  return Number(text);
}

/** The index of the closing character, skipping escaped ones. */
function closing(source: string, start: number, end: string): number {
  for (let position = start; position < source.length; position++) {
    if (source.charAt(position) === '\\') position++;
    else if (source.charAt(position) === end) return position;
  }
  throw malformed('<EOF>');
}

/** Splits at a separator outside parentheses and quotes. */
function splitOutside(source: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const [token] of source.matchAll(/'(?:\\.|[^'\\])*'|[^]/g)) {
    if (token === '(') depth++;
    if (token === ')') depth--;
    if (token === separator && depth === 0) {
      parts.push(part);
      part = '';
    } else part += token;
  }
  return [...parts, part];
}

function malformed(token: string) {
  return refusals.malformedSearch(`unexpected token: '${token}'`);
}
