import { noSuchObject } from '../soql/place.ts';
import { fieldPath } from '../soql/path.ts';
import { filterRows, shownRecord, sortRows, type QueryContext } from '../soql/select.ts';
import { refusals } from '../errors.ts';
import type { Row } from '../exchange.ts';
import { visible } from '../field-access.ts';
import type { StoredRecord } from '../records.ts';
import type { FieldDescribe } from '../schema/field.ts';
import type { ObjectSchema } from '../schema/object.ts';
import type { FindNode } from './find-text.ts';
import { phoneMatches } from './phone-match.ts';
import type { ReturnedObject, SearchGroup, SearchStatement } from './statement.ts';
import { textMatches } from './text-match.ts';

/** Rows per object and in all (salesforce.md §4.1). */
const ROWS_PER_OBJECT = 250;
const ROWS_AT_MOST = 2000;

/**
 * Runs a search. What is found is what the index knew `indexDelayMs` ago; what is shown, and what WHERE and ORDER BY
 * see, is the record as it stands now.
 */
export function runSearch(statement: SearchStatement, source: string, context: QueryContext): unknown[] {
  const { world } = context;
  const returning =
    statement.returning ??
    world
      .schema()
      .objects.filter(({ searchable }) => searchable)
      .map(({ name }) => ({ name, fields: ['Id'] }));
  const records = returning.flatMap((returned) => {
    const object = world.schema().object(returned.name);
    if (!object) throw noSuchObject(source, returned.name);
    if (!object.searchable) throw refusals.invalidType(`entity type ${object.name} does not support search`);
    return searchObject(object, returned, statement, source, context);
  });
  return records.slice(0, Math.min(statement.limit ?? ROWS_AT_MOST, ROWS_AT_MOST));
}

function searchObject(
  object: ObjectSchema,
  returned: ReturnedObject,
  statement: SearchStatement,
  source: string,
  context: QueryContext,
): unknown[] {
  const { world } = context;
  const paths = returned.fields.map((field) =>
    fieldPath(world, object, field.replace(/^\w+\((\w+)\)$/, '$1').split('.'), source),
  );
  const fields = searchedFields(object, statement.group, context);
  const { hiddenIds } = world.settings();
  let rows: Readonly<Row>[] = world.records.list(object.name).flatMap((record) => {
    const known = indexedRow(record, world.now());
    return known &&
      !record.row['IsDeleted'] &&
      !hiddenIds.includes(String(record.row['Id'])) &&
      answers(statement.find, known, fields, context)
      ? [record.row]
      : [];
  });
  if (returned.where) rows = filterRows(returned.where, object, rows, context);
  if (returned.orderBy) rows = sortRows(returned.orderBy, object, rows, context);
  const cap = returned.where || returned.orderBy ? ROWS_AT_MOST : ROWS_PER_OBJECT;
  const offset = returned.offset ?? 0;
  return rows
    .slice(offset, offset + Math.min(returned.limit ?? cap, cap))
    .map((row) => shownRecord(object, row, paths, context));
}

function indexedRow(record: StoredRecord, now: number): Readonly<Row> | undefined {
  return record.indexed.findLast(({ at }) => at <= now)?.row;
}

function searchedFields(object: ObjectSchema, group: SearchGroup, { world }: QueryContext): FieldDescribe[] {
  return [...object.fields.values()]
    .map(({ describe }) => describe)
    .filter((field) => visible(object, field, world.settings()) && inGroup(field, group));
}

function inGroup(field: FieldDescribe, group: SearchGroup): boolean {
  const name = field.nameField || field.compoundFieldName === 'Name';
  switch (group) {
    case 'NAME':
      return name;
    case 'EMAIL':
      return field.type === 'email';
    case 'PHONE':
      return phoneField(field);
    default:
      return name || /^(string|textarea|combobox|email|phone|url)$/.test(field.type);
  }
}

function phoneField(field: FieldDescribe): boolean {
  return field.type === 'phone' || field.name === 'SuppliedPhone';
}

function answers(node: FindNode, row: Readonly<Row>, fields: readonly FieldDescribe[], context: QueryContext): boolean {
  if (node.kind === 'not') return !answers(node.part, row, fields, context);
  if (node.kind === 'or') return node.parts.some((part) => answers(part, row, fields, context));
  if (node.kind === 'and') return joined(node.parts).every((part) => answers(part, row, fields, context));
  const { phoneMatch } = context.world.settings();
  return fields.some((field) => {
    const value = row[field.name];
    if (typeof value !== 'string') return false;
    return phoneField(field) ? phoneMatches(value, node.text, phoneMatch) : textMatches(value, node.text);
  });
}

/** Groups of digits side by side are one number: `415 555 0101` is looked for whole. */
function joined(parts: readonly FindNode[]): FindNode[] {
  const result: FindNode[] = [];
  for (const part of parts) {
    const before = result.at(-1);
    if (part.kind === 'word' && before?.kind === 'word' && numeric(part.text) && numeric(before.text)) {
      result[result.length - 1] = { kind: 'word', text: `${before.text} ${part.text}`, phrase: true };
    } else result.push(part);
  }
  return result;
}

function numeric(text: string): boolean {
  return /\d/.test(text) && !/\p{L}/u.test(text);
}
