import { refusals, type OrgError } from '../errors.ts';

/**
 * The head of a query error: the query, a caret under the word at fault, and where that is. `word` is looked for as a
 * whole word, the last time it occurs when `last` is set.
 */
function placeIn(query: string, word: string, options: { last?: boolean } = {}): string {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const found = [...query.matchAll(new RegExp(`(?<![\\w.])${escaped}(?!\\w)`, 'gi'))];
  const index = word ? ((options.last ? found.at(-1) : found[0])?.index ?? query.length) : query.length;
  const before = query.slice(0, index).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  const line = query.split('\n')[before.length - 1] ?? query;
  return `\n${line}\n${' '.repeat(column - 1)}^\nERROR at Row:${before.length}:Column:${column}\n`;
}

/** The refusal of a column that doesn't exist (salesforce.md §4.3 "bad column (SOQL)"). */
export function noSuchColumn(query: string, path: string, object: string): OrgError {
  const name = path.split('.').at(-1) ?? path;
  return refusals.invalidField(
    `${placeIn(query, path)}No such column '${name}' on entity '${object}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}

/** The refusal of a relationship that doesn't exist. */
export function noSuchRelationship(query: string, path: string, relationship: string): OrgError {
  return refusals.invalidField(
    `${placeIn(query, path)}Didn't understand relationship '${relationship}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}

/** The refusal of an object that doesn't exist. */
export function noSuchObject(query: string, name: string): OrgError {
  return refusals.invalidType(
    `${placeIn(query, name, { last: true })}sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}

/** The refusal of a word that doesn't belong where it stands; an empty one is the end of the query. */
export function unexpectedToken(query: string, word: string): OrgError {
  return refusals.malformedQuery(`${placeIn(query, word, { last: true })}unexpected token: '${word || '<EOF>'}'`);
}
