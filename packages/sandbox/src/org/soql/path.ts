import type { FieldValue, Row } from '../exchange.ts';
import { visible } from '../field-access.ts';
import { field, type FieldDescribe } from '../schema/field.ts';
import type { ObjectSchema } from '../schema/object.ts';
import type { StoredRecord } from '../records.ts';
import type { World } from '../world.ts';
import { noSuchColumn, noSuchRelationship } from './place.ts';

/** A field reached from an object, possibly over its parents, such as `Account.Owner.Name`. */
export interface FieldPath {
  /** Relationship names on the way, as the schema spells them. */
  readonly relationships: readonly string[];
  readonly describe: FieldDescribe;
  /** The value for a row of the object, null where a parent is missing. */
  valueOf(row: Readonly<Row>): FieldValue;
}

/** What all the records a polymorphic relationship may point at have in common. */
const NAME_FIELDS: ReadonlyMap<string, FieldDescribe> = new Map(
  [
    field('Id', 'id', 'Name ID'),
    field('Name', 'string', 'Name', { length: 121 }),
    field('FirstName', 'string', 'First Name'),
    field('LastName', 'string', 'Last Name'),
    field('Title', 'string', 'Title'),
    field('Type', 'picklist', 'Type'),
    field('Email', 'email', 'Email'),
    field('Phone', 'phone', 'Phone'),
    field('Username', 'string', 'Username'),
    field('Alias', 'string', 'Alias'),
    field('IsActive', 'boolean', 'Active'),
  ].map(({ describe }) => [describe.name.toLowerCase(), describe]),
);

/** Resolves `names` (relationships, then a field) from `object`. Refuses what doesn't exist, pointing into `query`. */
export function fieldPath(world: World, object: ObjectSchema, names: readonly string[], query: string): FieldPath {
  const whole = names.join('.');
  // An object may be named before its own fields: Contact.Name from Contact.
  const own =
    names.length > 1 &&
    names[0]?.toLowerCase() === object.name.toLowerCase() &&
    !world.schema().relationship(object, names[0]);
  const steps = own ? names.slice(1) : names;
  const relationships: string[] = [];
  const ways: ((row: Readonly<Row>) => StoredRecord | undefined)[] = [];
  let current: ObjectSchema | null = object;
  for (const name of steps.slice(0, -1)) {
    const reference: FieldDescribe | undefined = current
      ? world.schema().relationship(current, name)?.describe
      : undefined;
    if (!current || !reference?.relationshipName) throw noSuchRelationship(query, whole, name);
    relationships.push(reference.relationshipName);
    const column = reference.name;
    ways.push((row) => (row[column] ? world.records.get(String(row[column])) : undefined));
    current = reference.polymorphicForeignKey ? null : (world.schema().object(reference.referenceTo[0] ?? '') ?? null);
  }
  const last = steps.at(-1) ?? '';
  const describe = current ? world.schema().field(current, last)?.describe : NAME_FIELDS.get(last.toLowerCase());
  if (!describe || (current && !visible(current, describe, world.settings())))
    throw noSuchColumn(query, whole, current?.name ?? 'Name');
  const polymorphic = !current;
  return {
    relationships,
    describe,
    valueOf(row) {
      let here: Readonly<Row> = row;
      let record: StoredRecord | undefined;
      for (const way of ways) {
        record = way(here);
        if (!record) return null;
        here = record.row;
      }
      if (polymorphic && describe.name === 'Type') return record?.object ?? null;
      if (polymorphic && describe.name === 'Name') return here['Name'] ?? here['CaseNumber'] ?? null;
      return here[describe.name] ?? null;
    },
  };
}

/** The record a chain of relationships leads to from a row, and the type its `attributes` show. */
export function parentOf(
  world: World,
  object: ObjectSchema,
  row: Readonly<Row>,
  relationships: readonly string[],
): { type: string; record: StoredRecord } | null {
  let from: ObjectSchema | undefined = object;
  let here = row;
  let found: { type: string; record: StoredRecord } | null = null;
  for (const name of relationships) {
    const describe: FieldDescribe | undefined = from ? world.schema().relationship(from, name)?.describe : undefined;
    const record: StoredRecord | undefined =
      describe && here[describe.name] ? world.records.get(String(here[describe.name])) : undefined;
    if (!describe || !record) return null;
    found = { type: describe.polymorphicForeignKey ? 'Name' : record.object, record };
    from = world.schema().object(record.object);
    here = record.row;
  }
  return found;
}
