import { checkDuplicates } from './duplicates.ts';
import { refusals } from './errors.ts';
import type { FieldValue, Row } from './exchange.ts';
import { visible, writable } from './field-access.ts';
import { dateTimeText, fieldInput } from './field-input.ts';
import { checkRow, derive } from './object-rules.ts';
import { contactFields, person } from './person-accounts.ts';
import { mintId } from './record-id.ts';
import type { ObjectSchema } from './schema/object.ts';
import type { World } from './world.ts';

/** Who writes and how. */
export interface WriteContext {
  readonly userId: string;
  /** `/services/data/vNN.0` of the request, for addresses in answers. */
  readonly apiBase: string;
  /** Save although a duplicate rule warns (`Sforce-Duplicate-Rule-Header: allowSave=true`). */
  readonly allowDuplicates: boolean;
}

/** Creates, changes and deletes records as the platform does, refusing what it refuses (salesforce.md §4.3, §4.4). */
export interface Database {
  insert(object: ObjectSchema, input: Readonly<Record<string, unknown>>, context: WriteContext): string;
  update(object: ObjectSchema, id: string, input: Readonly<Record<string, unknown>>, context: WriteContext): void;
  remove(object: ObjectSchema, id: string): void;
  /** The row of a record that exists and isn't deleted; refuses otherwise. */
  live(object: ObjectSchema, id: string, use?: 'read' | 'write'): Readonly<Row>;
}

/** The database of an org. */
export function createDatabase(world: World): Database {
  const { records } = world;

  function live(object: ObjectSchema, id: string, use: 'read' | 'write' = 'read'): Readonly<Row> {
    const record = records.get(id);
    const hidden = world.settings().hiddenIds.includes(id);
    if (!record || record.object !== object.name || (hidden && use === 'read'))
      throw use === 'read' ? refusals.notFound() : refusals.crossReference(404);
    if (hidden) throw refusals.readOnlyRecord();
    if (record.row['IsDeleted']) throw refusals.deleted();
    return record.row;
  }

  /** The values sent, checked field by field; refuses columns that don't exist or can't be written. */
  function inputOf(
    object: ObjectSchema,
    input: Readonly<Record<string, unknown>>,
    use: 'createable' | 'updateable',
  ): Row {
    const settings = world.settings();
    const barred: string[] = [];
    const values: [string, unknown][] = [];
    for (const [name, value] of Object.entries(input)) {
      if (name === 'attributes') continue;
      const describe = world.schema().field(object, name)?.describe;
      if (!describe || !visible(object, describe, settings)) throw refusals.noSuchColumn(name, object.name);
      if (describe[use] && writable(object, describe, settings)) values.push([describe.name, value]);
      else barred.push(describe.name);
    }
    if (barred.length) throw refusals.notWritable(barred);
    return Object.fromEntries(
      values.map(([name, value]): [string, FieldValue] => [name, fieldInput(object.fields.get(name)!.describe, value)]),
    );
  }

  function checkRequired(object: ObjectSchema, row: Readonly<Row>, names: Iterable<string>, personal: boolean): void {
    const missing = [...names].filter((name) => {
      const { nillable, createable } = object.fields.get(name)!.describe;
      return createable && !nillable && (row[name] ?? null) === null && !(personal && name === 'Name');
    });
    if (personal && !row['LastName']) missing.unshift('LastName');
    if (missing.length) throw refusals.requiredMissing(missing);
  }

  function checkReferences(object: ObjectSchema, values: Row): void {
    for (const [name, value] of Object.entries(values)) {
      const { type, referenceTo, label } = object.fields.get(name)!.describe;
      if (type !== 'reference' || typeof value !== 'string') continue;
      const target = world.schema().objectOfId(value);
      const expected = referenceTo.join('/') || label;
      if (!target || !referenceTo.includes(target.name)) throw refusals.malformedId(expected, value, name);
      const found = records.get(value);
      if (!found) throw refusals.crossReference();
      if (world.settings().hiddenIds.includes(value)) throw refusals.crossReferenceAccess(value);
      if (found.row['IsDeleted']) throw refusals.deleted();
    }
  }

  function checkUnique(object: ObjectSchema, id: string, values: Row): void {
    for (const [name, value] of Object.entries(values)) {
      if (value === null || !object.fields.get(name)!.describe.unique) continue;
      const key = String(value).toLowerCase();
      const other = records
        .list(object.name)
        .find(({ row }) => !row['IsDeleted'] && row['Id'] !== id && String(row[name] ?? '').toLowerCase() === key);
      if (other) throw refusals.duplicateValue(name, String(other.row['Id']));
    }
  }

  function store(object: ObjectSchema, row: Row): void {
    const id = String(row['Id']);
    const before = records.get(id)?.indexed ?? [];
    records.put(id, {
      object: object.name,
      row,
      indexed: [...before.slice(-8), { at: world.now() + world.settings().indexDelayMs, row }],
    });
  }

  function stamp(row: Row, context: WriteContext): void {
    const at = dateTimeText(world.now());
    Object.assign(row, { LastModifiedDate: at, LastModifiedById: context.userId, SystemModstamp: at });
  }

  function insertRow(object: ObjectSchema, values: Row, context: WriteContext, personal: boolean): Row {
    const row: Row = {};
    for (const { describe } of object.fields.values())
      row[describe.name] = describe.defaultedOnCreate ? describe.defaultValue : null;
    for (const [name, value] of Object.entries(values)) if (value !== null || !row[name]) row[name] = value;
    const serial = records.nextSerial(object.name);
    row['Id'] = mintId(object.keyPrefix, serial);
    if (object.fields.has('CaseNumber')) row['CaseNumber'] = String(1000 + serial).padStart(8, '0');
    if (object.fields.has('OwnerId')) row['OwnerId'] ??= context.userId;
    if (personal) row['IsPersonAccount'] = true;
    checkRequired(object, row, object.fields.keys(), personal);
    checkReferences(object, values);
    checkUnique(object, row['Id'], values);
    derive(world, object.name, row);
    checkRow(world, object.name, row, null);
    if (!context.allowDuplicates) checkDuplicates(world, object.name, row, context.apiBase);
    stamp(row, context);
    Object.assign(row, { CreatedDate: row['LastModifiedDate'], CreatedById: context.userId });
    store(object, row);
    return row;
  }

  function syncPersonContact(account: Row, context: WriteContext): void {
    const contacts = world.schema().object('Contact')!;
    const before = account['PersonContactId'] ? records.get(String(account['PersonContactId']))?.row : undefined;
    const fields = { ...contactFields(account), AccountId: account['Id'] ?? null };
    if (before) {
      const row = { ...before, ...fields, Name: account['Name'] ?? null };
      stamp(row, context);
      store(contacts, row);
      return;
    }
    const contact = insertRow(contacts, fields, { ...context, allowDuplicates: true }, false);
    contact['IsPersonAccount'] = true;
    account['PersonContactId'] = contact['Id'] ?? null;
  }

  return {
    live,
    insert: (object, input, context) =>
      records.transaction(() => {
        if (!object.createable) throw refusals.notFound();
        const values = inputOf(object, input, 'createable');
        const personal = object.name === 'Account' && world.settings().personAccounts && person(values);
        const row = insertRow(object, values, context, personal);
        if (personal) syncPersonContact(row, context);
        return String(row['Id']);
      }),
    update: (object, id, input, context) =>
      records.transaction(() => {
        const settings = world.settings();
        const before = live(object, id, 'write');
        if (settings.lockedIds.includes(id)) throw refusals.rowLocked(id);
        if (settings.readOnlyIds.includes(id)) throw refusals.readOnlyRecord();
        const values = inputOf(object, input, 'updateable');
        const personal = before['IsPersonAccount'] === true && object.name === 'Account';
        if (personal && 'Name' in values)
          throw refusals.invalidField('Account: bad field names on insert/update call: Name');
        const row = { ...before, ...values };
        checkRequired(object, row, Object.keys(values), personal);
        checkReferences(object, values);
        checkUnique(object, id, values);
        derive(world, object.name, row);
        checkRow(world, object.name, row, before);
        stamp(row, context);
        store(object, row);
        if (personal) syncPersonContact(row, context);
      }),
    remove: (object, id) =>
      records.transaction(() => {
        if (!object.deletable) throw refusals.readOnlyRecord();
        const settings = world.settings();
        const row: Row = { ...live(object, id, 'write'), IsDeleted: true };
        if (settings.lockedIds.includes(id)) throw refusals.rowLocked(id);
        if (settings.readOnlyIds.includes(id)) throw refusals.readOnlyRecord();
        bury(object, row);
        // The contact behind a person account goes with it.
        const contact = row['PersonContactId'] ? records.get(String(row['PersonContactId']))?.row : undefined;
        if (contact) bury(world.schema().object('Contact')!, { ...contact, IsDeleted: true });
      }),
  };

  function bury(object: ObjectSchema, row: Row): void {
    const at = dateTimeText(world.now());
    store(object, { ...row, LastModifiedDate: at, SystemModstamp: at });
  }
}
