import { basicInformation, describeGlobal, describeObject } from '../describe.ts';
import { refusals } from '../errors.ts';
import type { OrgReply, Row } from '../exchange.ts';
import { visible } from '../field-access.ts';
import { canonicalId } from '../record-id.ts';
import type { ObjectSchema } from '../schema/object.ts';
import { namedObject, objectBody, type ApiCall, type Route } from './route.ts';
import { upsertByKey } from './upsert.ts';

/** `/sobjects` and everything below it. */
export const sobjectRoutes: Route[] = [
  {
    pattern: /^\/sobjects\/?$/,
    methods: { GET: (call) => cacheable(call, () => describeGlobal(call.world, call.apiBase)) },
  },
  {
    pattern: /^\/sobjects\/([^/]+)\/?$/,
    methods: {
      GET: (call, [name = '']) => ({ status: 200, body: basicInformation(namedObject(call, name), call.apiBase) }),
      POST: (call, [name = '']) => create(call, namedObject(call, name)),
    },
  },
  {
    pattern: /^\/sobjects\/([^/]+)\/describe\/?$/,
    methods: {
      GET: (call, [name = '']) => {
        const object = namedObject(call, name);
        return cacheable(call, () => describeObject(call.world, object, call.apiBase));
      },
    },
  },
  {
    pattern: /^\/sobjects\/([^/]+)\/([^/]+)\/?$/,
    methods: {
      GET: (call, [name = '', id = '']) => read(call, namedObject(call, name), id),
      PATCH: (call, [name = '', id = '']) => update(call, namedObject(call, name), id),
      DELETE: (call, [name = '', id = '']) => remove(call, namedObject(call, name), id),
    },
  },
  {
    pattern: /^\/sobjects\/([^/]+)\/([^/]+)\/([^/]*)$/,
    methods: {
      GET: (call, [name = '', field = '', key = '']) => {
        const object = namedObject(call, name);
        return upsertByKey(call, object, field, key).read((id) => read(call, object, id));
      },
      PATCH: (call, [name = '', field = '', key = '']) =>
        upsertByKey(call, namedObject(call, name), field, key).write(objectBody(call)),
      DELETE: (call, [name = '', field = '', key = '']) => {
        const object = namedObject(call, name);
        return upsertByKey(call, object, field, key).read((id) => remove(call, object, id));
      },
    },
  },
];

function cacheable(call: ApiCall, body: () => unknown): OrgReply {
  const since = Date.parse(call.request.headers['if-modified-since'] ?? '');
  const headers = { 'Last-Modified': new Date(call.world.shapedAt()).toUTCString() };
  return since >= call.world.shapedAt() ? { status: 304, headers } : { status: 200, headers, body: body() };
}

function create(call: ApiCall, object: ObjectSchema): OrgReply {
  const id = call.database.insert(object, objectBody(call), call.writing);
  return {
    status: 201,
    headers: { Location: `${call.apiBase}/sobjects/${object.name}/${id}` },
    body: { id, success: true, errors: [] },
  };
}

function idOf(object: ObjectSchema, text: string): string {
  const id = canonicalId(text);
  if (!id?.startsWith(object.keyPrefix)) throw refusals.malformedId(object.label, text, 'Id');
  return id;
}

function read(call: ApiCall, object: ObjectSchema, text: string): OrgReply {
  const row = call.database.live(object, idOf(object, text));
  checkPreconditions(call, row);
  const since = Date.parse(call.request.headers['if-modified-since'] ?? '');
  if (since >= Date.parse(String(row['LastModifiedDate']))) return { status: 304 };
  const fields = call.request.query.get('fields');
  return {
    status: 200,
    headers: { 'Last-Modified': new Date(Date.parse(String(row['LastModifiedDate']))).toUTCString() },
    body: recordBody(call, object, row, fields?.split(',')),
  };
}

/** A record as REST shows it: its type and address, then the fields asked for or all. */
function recordBody(
  call: ApiCall,
  object: ObjectSchema,
  row: Readonly<Row>,
  names?: readonly string[],
): Record<string, unknown> {
  const settings = call.world.settings();
  const body: Record<string, unknown> = {
    attributes: { type: object.name, url: `${call.apiBase}/sobjects/${object.name}/${row['Id']}` },
  };
  for (const name of names ?? object.fields.keys()) {
    const describe = call.world.schema().field(object, name.trim())?.describe;
    if (describe && visible(object, describe, settings)) body[describe.name] = row[describe.name] ?? null;
    else if (names) throw refusals.noSuchColumn(name.trim(), object.name);
  }
  body['Id'] ??= row['Id'];
  return body;
}

function update(call: ApiCall, object: ObjectSchema, text: string): OrgReply {
  const id = idOf(object, text);
  const input = objectBody(call);
  if ('Id' in input || 'id' in input) throw refusals.keyInBody('Id');
  const row = call.world.records.get(id)?.row;
  if (row) checkPreconditions(call, row);
  call.database.update(object, id, input, call.writing);
  return { status: 204 };
}

function remove(call: ApiCall, object: ObjectSchema, text: string): OrgReply {
  call.database.remove(object, idOf(object, text));
  return { status: 204 };
}

/** `If-Unmodified-Since` on a row: 412 when somebody changed it later (salesforce.md §4.3 "Conditional"). */
function checkPreconditions(call: ApiCall, row: Readonly<Row>): void {
  const until = Date.parse(call.request.headers['if-unmodified-since'] ?? '');
  if (Date.parse(String(row['LastModifiedDate'])) > until) throw refusals.preconditionFailed();
}
