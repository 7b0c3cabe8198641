import type { FieldType, Query } from '@jetstreamapp/soql-parser-js';
import { refusals } from '../errors.ts';
import type { FieldValue, Row } from '../exchange.ts';
import type { ObjectSchema } from '../schema/object.ts';
import type { World } from '../world.ts';
import { fieldPath } from './path.ts';

type FunctionField = Extract<FieldType, { type: 'FieldFunctionExpression' }>;

/** Whether a selected field sums up many rows. */
export function aggregates(field: FieldType): field is FunctionField {
  return (
    field.type === 'FieldFunctionExpression' && /^(COUNT|COUNT_DISTINCT|MIN|MAX|SUM|AVG)$/i.test(field.functionName)
  );
}

/** The `AggregateResult` records of a query with aggregate functions or GROUP BY. */
export function aggregate(
  query: Query,
  object: ObjectSchema,
  rows: readonly Readonly<Row>[],
  text: string,
  world: World,
): unknown[] {
  if (query.having) throw refusals.malformedQuery('the practice org has no HAVING');
  const clauses = query.groupBy === undefined ? [] : Array.isArray(query.groupBy) ? query.groupBy : [query.groupBy];
  const keys = clauses.map((clause) => ('field' in clause ? clause.field : ''));
  const paths = keys.map((key) => fieldPath(world, object, key.split('.'), text));
  const groups = new Map<string, Readonly<Row>[]>();
  if (!paths.length) groups.set('', [...rows]);
  for (const row of paths.length ? rows : []) {
    const key = JSON.stringify(paths.map((path) => path.valueOf(row)));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map((group) => {
    let unnamed = 0;
    const record: Record<string, unknown> = { attributes: { type: 'AggregateResult' } };
    for (const field of query.fields ?? []) {
      if (aggregates(field)) record[field.alias ?? `expr${unnamed++}`] = summary(field, object, group, text, world);
      else record[grouped(field, keys)] = valueOf(field, group[0]);
    }
    return record;
  });

  function valueOf(field: FieldType, row: Readonly<Row> | undefined): FieldValue {
    return row ? fieldPath(world, object, nameOf(field).split('.'), text).valueOf(row) : null;
  }
}

function grouped(field: FieldType, keys: readonly string[]): string {
  const name = nameOf(field);
  if (!keys.some((key) => key.toLowerCase() === name.toLowerCase())) {
    throw refusals.malformedQuery(`Field must be grouped or aggregated: ${name}`);
  }
  return ('alias' in field && field.alias) || (name.split('.').at(-1) ?? name);
}

function nameOf(field: FieldType): string {
  if (field.type === 'Field') return field.field;
  return field.type === 'FieldRelationship' ? [...field.relationships, field.field].join('.') : '';
}

function summary(
  field: FunctionField,
  object: ObjectSchema,
  group: readonly Readonly<Row>[],
  text: string,
  world: World,
): FieldValue {
  const name = field.functionName.toUpperCase();
  const [parameter] = field.parameters;
  if (typeof parameter !== 'string') return group.length;
  const path = fieldPath(world, object, parameter.split('.'), text);
  const values = group
    .map((row) => path.valueOf(row))
    .filter((value): value is Exclude<FieldValue, null> => value !== null);
  if (name === 'COUNT') return values.length;
  if (name === 'COUNT_DISTINCT') return new Set(values).size;
  if (!values.length) return null;
  if (name === 'MIN') return values.reduce((least, value) => (value < least ? value : least));
  if (name === 'MAX') return values.reduce((most, value) => (value > most ? value : most));
  const sum = values.reduce<number>((total, value) => total + Number(value), 0);
  return name === 'SUM' ? sum : sum / values.length;
}
