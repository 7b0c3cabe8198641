import {
  parseQuery,
  type FieldType,
  type OrderByClause,
  type Query,
  type QueryBase,
  type Subquery,
} from '@jetstreamapp/soql-parser-js';
import { refusals } from '../errors.ts';
import type { FieldValue, Row } from '../exchange.ts';
import { visible } from '../field-access.ts';
import type { ObjectSchema } from '../schema/object.ts';
import type { World } from '../world.ts';
import { aggregate, aggregates } from './aggregate.ts';
import { compileFilter } from './filter.ts';
import { fieldPath, parentOf, type FieldPath } from './path.ts';
import { noSuchObject, unexpectedToken } from './place.ts';

/** What a query is run within. */
export interface QueryContext {
  readonly world: World;
  readonly apiBase: string;
  /** The user's time zone, in which date literals are meant. */
  readonly timeZone: string;
  /** Deleted records count too (`queryAll`). */
  readonly deletedToo?: boolean;
}

/** What a query found: a count alone for `COUNT()`, else the records as REST shows them. */
export interface QueryResult {
  readonly totalSize: number;
  readonly records: unknown[];
}

/** Runs a SOQL query; refuses as `/query` does. */
export function runQuery(text: string, context: QueryContext): QueryResult {
  const query = parsed(text);
  const object = context.world.schema().object(query.sObject ?? '');
  if (!object) throw noSuchObject(text, query.sObject ?? '');
  const rows = matching(query, object, text, context);
  const fields = query.fields ?? [];
  const [only] = fields;
  if (
    fields.length === 1 &&
    only?.type === 'FieldFunctionExpression' &&
    only.functionName.toUpperCase() === 'COUNT' &&
    !only.parameters.length
  ) {
    return { totalSize: rows.length, records: [] };
  }
  if (query.groupBy || fields.some(aggregates)) {
    const records = aggregate(query, object, rows, text, context.world);
    return { totalSize: records.length, records };
  }
  const show = projection(fields, object, text, context, query);
  const records = rows.map(show);
  return { totalSize: records.length, records };
}

/** Filters rows by the text of a WHERE clause alone, as SOSL's RETURNING has it. */
export function filterRows(
  where: string,
  object: ObjectSchema,
  rows: Readonly<Row>[],
  context: QueryContext,
): Readonly<Row>[] {
  const text = `SELECT Id FROM ${object.name} WHERE ${where}`;
  const query = parsed(text);
  if (!query.where) return rows;
  return rows.filter(compileFilter(query.where, filterContext(object, text, context)));
}

/** Sorts rows by the text of an ORDER BY clause alone. */
export function sortRows(
  orderBy: string,
  object: ObjectSchema,
  rows: Readonly<Row>[],
  context: QueryContext,
): Readonly<Row>[] {
  const text = `SELECT Id FROM ${object.name} ORDER BY ${orderBy}`;
  return sorted(parsed(text), object, rows, text, context);
}

/** A record as REST shows it, with the fields of these paths. */
export function shownRecord(
  object: ObjectSchema,
  row: Readonly<Row>,
  paths: readonly FieldPath[],
  context: QueryContext,
): Record<string, unknown> {
  const { world, apiBase } = context;
  const record: Record<string, unknown> = {
    attributes: attributesOf(object.name, String(row['Id']), object.name, apiBase),
  };
  for (const path of paths) {
    let target: Record<string, unknown> | null = record;
    path.relationships.forEach((name, depth) => {
      if (!target) return;
      const parent = parentOf(world, object, row, path.relationships.slice(0, depth + 1));
      target[name] ??= parent
        ? { attributes: attributesOf(parent.type, String(parent.record.row['Id']), parent.record.object, apiBase) }
        : null;
      target = target[name] as Record<string, unknown> | null;
    });
    if (target) target[path.describe.name] = path.valueOf(row);
  }
  return record;
}

function attributesOf(type: string, id: string, object: string, apiBase: string) {
  return { type, url: `${apiBase}/sobjects/${object}/${id}` };
}

function parsed(text: string): Query {
  try {
    return parseQuery(text);
  } catch (error) {
    const found = /found(?: -->|:) '([^']*)'/.exec(error instanceof Error ? error.message : '')?.[1] ?? '';
    throw unexpectedToken(text, found);
  }
}

function filterContext(object: ObjectSchema, text: string, context: QueryContext) {
  return {
    world: context.world,
    object,
    query: text,
    timeZone: context.timeZone,
    valuesOf(subquery: Query): FieldValue[] {
      const inner = context.world.schema().object(subquery.sObject ?? '');
      if (!inner) throw noSuchObject(text, subquery.sObject ?? '');
      const [first] = subquery.fields ?? [];
      const path = fieldPath(context.world, inner, first?.type === 'Field' ? [first.field] : ['Id'], text);
      return matching(subquery, inner, text, context).map((row) => path.valueOf(row));
    },
  };
}

function matching(
  query: QueryBase,
  object: ObjectSchema,
  text: string,
  context: QueryContext,
  from?: Readonly<Row>[],
): Readonly<Row>[] {
  let rows = from ?? context.world.records.list(object.name).map(({ row }) => row);
  const { hiddenIds } = context.world.settings();
  if (hiddenIds.length) rows = rows.filter((row) => !hiddenIds.includes(String(row['Id'])));
  if (!context.deletedToo) rows = rows.filter((row) => !row['IsDeleted']);
  if (query.where) rows = rows.filter(compileFilter(query.where, filterContext(object, text, context)));
  if ((query.offset ?? 0) > 2000) throw refusals.offsetTooLarge();
  const grouped =
    query.groupBy !== undefined || (query.fields ?? []).some((field) => aggregates(field) && !isPlainCount(field));
  if (grouped) return rows;
  rows = sorted(query, object, rows, text, context);
  const offset = query.offset ?? 0;
  return rows.slice(offset, query.limit === undefined ? undefined : offset + query.limit);
}

function isPlainCount(field: FieldType): boolean {
  return field.type === 'FieldFunctionExpression' && !field.parameters.length;
}

function sorted(
  query: QueryBase,
  object: ObjectSchema,
  rows: Readonly<Row>[],
  text: string,
  { world }: QueryContext,
): Readonly<Row>[] {
  if (!query.orderBy) return rows;
  const clauses: OrderByClause[] = Array.isArray(query.orderBy) ? query.orderBy : [query.orderBy];
  const keys = clauses.map((clause) => {
    const path = fieldPath(world, object, ('field' in clause ? clause.field : '').split('.'), text);
    if (!path.describe.sortable)
      throw refusals.malformedQuery(`field '${path.describe.name}' can not be sorted in a query call`);
    return { path, sign: clause.order === 'DESC' ? -1 : 1, nulls: clause.nulls === 'LAST' ? 1 : -1 };
  });
  return [...rows].sort((a, b) => {
    for (const { path, sign, nulls } of keys) {
      const left = path.valueOf(a);
      const right = path.valueOf(b);
      if (left === right) continue;
      if (left === null || right === null) return left === null ? nulls : -nulls;
      const order =
        typeof left === 'string' && typeof right === 'string'
          ? left.localeCompare(right, 'en', { sensitivity: 'base' })
          : left < right
            ? -1
            : 1;
      if (order) return sign * order;
    }
    return 0;
  });
}

/** How rows become records under a field list. */
function projection(
  fields: readonly FieldType[],
  object: ObjectSchema,
  text: string,
  context: QueryContext,
  query: Query,
): (row: Readonly<Row>) => unknown {
  const paths: FieldPath[] = [];
  const children: { name: string; rowsOf: (id: string) => QueryResult | null }[] = [];
  for (const field of fields) {
    if (field.type === 'Field') paths.push(fieldPath(context.world, object, [field.field], text));
    else if (field.type === 'FieldRelationship')
      paths.push(fieldPath(context.world, object, [...field.relationships, field.field], text));
    else if (field.type === 'FieldSubquery') children.push(childQuery(field.subquery, object, text, context));
    else if (field.type === 'FieldFunctionExpression')
      paths.push(...functionPaths(field, object, text, context, query));
    else throw refusals.malformedQuery('the practice org has no TYPEOF');
  }
  const names = paths.map(({ relationships, describe }) => [...relationships, describe.name].join('.'));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw refusals.malformedQuery(`duplicate field selected: ${twice}`);
  return (row) => {
    const record = shownRecord(object, row, paths, context);
    for (const { name, rowsOf } of children) {
      const result = rowsOf(String(row['Id']));
      record[name] = result && { totalSize: result.totalSize, done: true, records: result.records };
    }
    return record;
  };
}

function functionPaths(
  field: Extract<FieldType, { type: 'FieldFunctionExpression' }>,
  object: ObjectSchema,
  text: string,
  { world }: QueryContext,
  query: Query,
): FieldPath[] {
  const [parameter] = field.parameters;
  if (/^(toLabel|FORMAT)$/i.test(field.functionName) && typeof parameter === 'string')
    return [fieldPath(world, object, parameter.split('.'), text)];
  if (!/^FIELDS$/i.test(field.functionName))
    throw refusals.malformedQuery(`the practice org has no function ${field.functionName}`);
  const kind = String(parameter).toUpperCase();
  if (kind !== 'STANDARD' && !(query.limit !== undefined && query.limit <= 200)) {
    throw refusals.malformedQuery('The SOQL FIELDS function must have a LIMIT of at most 200');
  }
  return [...object.fields.values()]
    .filter(
      ({ describe }) =>
        visible(object, describe, world.settings()) && (kind === 'ALL' || describe.custom === (kind === 'CUSTOM')),
    )
    .map(({ describe }) => fieldPath(world, object, [describe.name], text));
}

function childQuery(subquery: Subquery, parent: ObjectSchema, text: string, context: QueryContext) {
  const { world } = context;
  const wanted = subquery.relationshipName.toLowerCase();
  const child = world
    .schema()
    .children(parent.name)
    .find(({ relationshipName }) => relationshipName.toLowerCase() === wanted);
  const object = child && world.schema().object(child.childSObject);
  if (!child || !object) throw noSuchObject(text, subquery.relationshipName);
  const show = projection(subquery.fields ?? [], object, text, context, { ...subquery, sObject: object.name });
  return {
    name: child.relationshipName,
    rowsOf(id: string): QueryResult | null {
      const own = world.records.list(object.name).flatMap(({ row }) => (row[child.field] === id ? [row] : []));
      const rows = matching(subquery, object, text, context, own);
      return rows.length ? { totalSize: rows.length, records: rows.map(show) } : null;
    },
  };
}
