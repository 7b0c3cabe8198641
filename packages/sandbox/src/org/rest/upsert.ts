import { refusals } from '../errors.ts';
import type { OrgReply } from '../exchange.ts';
import { fieldInput } from '../field-input.ts';
import { canonicalId } from '../record-id.ts';
import type { ObjectSchema } from '../schema/object.ts';
import type { ApiCall } from './route.ts';

/** What can be done with the record an external id points at. */
export interface KeyedRecord {
  /** Answers with what `answer` makes of the one record; 404 for none, 300 for several. */
  read(answer: (id: string) => OrgReply): OrgReply;
  /** Creates (201), updates (200, before version 46: 204), or lists the matches (300). */
  write(input: Readonly<Record<string, unknown>>): OrgReply;
}

/** The ids of living records whose external id has this value; keys differ without regard to case. */
export function recordsByKey(call: ApiCall, object: ObjectSchema, field: string, key: string): string[] {
  return call.world.records
    .list(object.name)
    .filter(({ row }) => !row['IsDeleted'] && String(row[field] ?? '').toLowerCase() === key.toLowerCase())
    .map(({ row }) => String(row['Id']));
}

/** The external id field of this name; 404 when the object has none (salesforce.md §4.3 "Upsert"). */
export function externalIdField(call: ApiCall, object: ObjectSchema, name: string): string {
  const describe = call.world.schema().field(object, name)?.describe;
  if (!describe || !(describe.externalId || describe.name === 'Id')) throw refusals.externalFieldUnknown(name);
  return describe.name;
}

/** The record whose external id `name` has the value `key`. */
export function upsertByKey(call: ApiCall, object: ObjectSchema, name: string, key: string): KeyedRecord {
  const field = externalIdField(call, object, name);
  const wanted = field === 'Id' ? (canonicalId(key) ?? key) : key;
  const found = recordsByKey(call, object, field, wanted);
  const severalFound = (): OrgReply => ({
    status: 300,
    body: found.map((id) => `${call.apiBase}/sobjects/${object.name}/${id}`),
  });
  return {
    read(answer) {
      if (found.length > 1) return severalFound();
      if (!found[0]) throw refusals.notFound();
      return answer(found[0]);
    },
    write(input) {
      if (Object.keys(input).some((sent) => sent.toLowerCase() === field.toLowerCase()))
        throw refusals.keyInBody(field);
      if (found.length > 1) return severalFound();
      if (found[0]) {
        call.database.update(object, found[0], input, call.writing);
        if (call.version < 46) return { status: 204 };
        return { status: 200, body: { id: found[0], success: true, errors: [], created: false } };
      }
      if (call.request.query.get('updateOnly') === 'true' || field === 'Id') throw refusals.notFound();
      // Checks the key itself before it is written: too long a key is the key field's error.
      const value = fieldInput(object.fields.get(field)!.describe, key);
      if (value === null) throw refusals.notFound();
      const id = call.database.insert(object, { ...input, [field]: value }, call.writing);
      return {
        status: 201,
        headers: { Location: `${call.apiBase}/sobjects/${object.name}/${id}` },
        body: { id, success: true, errors: [], created: true },
      };
    },
  };
}
