import { OrgError, refusals } from '../errors.ts';
import type { OrgReply } from '../exchange.ts';
import { canonicalId } from '../record-id.ts';
import type { ObjectSchema } from '../schema/object.ts';
import { namedObject, objectBody, type ApiCall, type Route } from './route.ts';
import { externalIdField, recordsByKey } from './upsert.ts';

/** Records one request may carry (salesforce.md §4.3 "Collections"). */
const MOST_RECORDS = 200;

/** What became of one record; errors here carry `statusCode` where single records carry `errorCode`. */
interface RecordResult {
  readonly id?: string;
  readonly success: boolean;
  readonly errors: readonly { statusCode: string; message: string; fields: readonly string[] }[];
  readonly created?: boolean;
}

type Sent = Record<string, unknown>;

/** `/composite/sobjects`: many records in one request. */
export const collectionRoutes: Route[] = [
  {
    pattern: /^\/composite\/sobjects\/?$/,
    methods: {
      POST: (call) => collection(call, (record) => insertOne(call, record)),
      PATCH: (call) => collection(call, (record) => updateOne(call, record)),
      DELETE: removeMany,
    },
  },
  {
    pattern: /^\/composite\/sobjects\/([^/]+)\/([^/]+)\/?$/,
    methods: {
      PATCH: (call, [name = '', field = '']) => {
        const object = namedObject(call, name);
        const key = externalIdField(call, object, field);
        return collection(call, (record, all) => upsertOne(call, object, key, record, all));
      },
      GET: (call, [name = '']) => retrieve(call, namedObject(call, name)),
    },
  },
  {
    pattern: /^\/composite\/sobjects\/([^/]+)\/?$/,
    methods: { GET: (call, [name = '']) => retrieve(call, namedObject(call, name)) },
  },
];

function collection(call: ApiCall, write: (record: Sent, all: readonly Sent[]) => RecordResult): OrgReply {
  const body = objectBody(call);
  const sent = body['records'];
  if (!Array.isArray(sent)) throw refusals.missingParameter('records');
  if (sent.length > MOST_RECORDS) throw refusals.tooManyRecords(MOST_RECORDS);
  return { status: 200, body: writeAll(call, sent as Sent[], body['allOrNone'] === true, write) };
}

/** Writes record by record; under `allOrNone` one refusal takes all the others back. */
function writeAll<T>(
  call: ApiCall,
  sent: readonly T[],
  allOrNone: boolean,
  write: (record: T, all: readonly T[]) => RecordResult,
): RecordResult[] {
  let results: RecordResult[] = [];
  const writeEach = () => {
    results = sent.map((record) => attempt(() => write(record, sent)));
    if (allOrNone && results.some(({ success }) => !success)) throw refusals.rolledBack();
  };
  try {
    if (allOrNone) call.world.records.transaction(writeEach);
    else writeEach();
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    return results.map((result) => (result.success ? failed(error) : result));
  }
  return results;
}

function attempt(write: () => RecordResult): RecordResult {
  try {
    return write();
  } catch (error) {
    if (error instanceof OrgError) return failed(error);
    throw error;
  }
}

function failed(error: OrgError): RecordResult {
  return {
    success: false,
    errors: error.entries.map(({ errorCode, message, fields }) => ({
      statusCode: errorCode,
      message,
      fields: fields ?? [],
    })),
  };
}

function objectOf(call: ApiCall, record: Sent): ObjectSchema {
  const type = (record['attributes'] as { type?: unknown } | undefined)?.type;
  const object = typeof type === 'string' ? call.world.schema().object(type) : undefined;
  if (!object) throw refusals.invalidType(`sObject type '${String(type ?? '')}' is not supported.`);
  return object;
}

function insertOne(call: ApiCall, record: Sent): RecordResult {
  const id = call.database.insert(objectOf(call, record), record, call.writing);
  return { id, success: true, errors: [] };
}

function updateOne(call: ApiCall, record: Sent): RecordResult {
  const object = objectOf(call, record);
  const { Id: upper, id: lower, ...fields } = record;
  const text = upper ?? lower;
  if (text === undefined) throw refusals.missingArgument('Id not specified in an update call');
  const id = canonicalId(String(text));
  if (!id?.startsWith(object.keyPrefix)) throw refusals.malformedId(object.label, String(text), 'Id');
  call.database.update(object, id, fields, call.writing);
  return { id, success: true, errors: [] };
}

function upsertOne(call: ApiCall, object: ObjectSchema, key: string, record: Sent, all: readonly Sent[]): RecordResult {
  const typed = objectOf(call, record);
  if (typed !== object)
    throw refusals.invalidType(`sObject type '${typed.name}' doesn't match '${object.name}' of the address.`);
  const sentName = Object.keys(record).find((name) => name.toLowerCase() === key.toLowerCase());
  const value = sentName === undefined ? undefined : record[sentName];
  if (typeof value !== 'string' || !value) throw refusals.missingArgument(`${key} not specified`);
  const folded = value.toLowerCase();
  const again =
    all.filter((other) => sentName !== undefined && String(other[sentName] ?? '').toLowerCase() === folded).length > 1;
  if (again) throw refusals.duplicateKeyInRequest(key, value);
  const found = recordsByKey(call, object, key, value);
  if (found.length > 1) throw refusals.severalMatches(key, found.length);
  if (!found[0])
    return { id: call.database.insert(object, record, call.writing), success: true, errors: [], created: true };
  const fields = Object.fromEntries(Object.entries(record).filter(([name]) => name !== sentName));
  call.database.update(object, found[0], fields, call.writing);
  return { id: found[0], success: true, errors: [], created: false };
}

function removeMany(call: ApiCall): OrgReply {
  const ids = (call.request.query.get('ids') ?? '').split(',').filter(Boolean);
  if (!ids.length) throw refusals.missingParameter('ids');
  if (ids.length > MOST_RECORDS) throw refusals.tooManyRecords(MOST_RECORDS);
  const allOrNone = call.request.query.get('allOrNone') === 'true';
  const results = writeAll(call, ids, allOrNone, (text) => {
    const id = canonicalId(text);
    const object = id ? call.world.schema().objectOfId(id) : undefined;
    if (!id || !object) throw refusals.malformedId('Record', text, 'Id');
    call.database.remove(object, id);
    return { id, success: true, errors: [] };
  });
  return { status: 200, body: results };
}

/** Several records of one object by their ids; null for one that isn't there. */
function retrieve(call: ApiCall, object: ObjectSchema): OrgReply {
  const ids = (call.request.query.get('ids') ?? '').split(',').filter(Boolean);
  const fields = call.request.query.get('fields') ?? 'Id';
  const body = ids.map((id) => {
    const query = new URLSearchParams({ fields });
    const path = `${call.apiBase}/sobjects/${object.name}/${encodeURIComponent(id)}`;
    try {
      return call.dispatch({ ...call.request, method: 'GET', path, query, body: '' }).body;
    } catch (error) {
      if (error instanceof OrgError && error.status === 404) return null;
      throw error;
    }
  });
  return { status: 200, body };
}
