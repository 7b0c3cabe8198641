import { refusals } from '../errors.ts';
import type { OrgReply } from '../exchange.ts';
import { runQuery, type QueryContext } from '../soql/select.ts';
import { plainFind } from '../sosl/find-text.ts';
import { runSearch } from '../sosl/search.ts';
import { parseSearch, type SearchGroup } from '../sosl/statement.ts';
import { objectBody, type ApiCall, type Route } from './route.ts';

/** Rows per answer unless the caller asks for fewer (salesforce.md §4.1). */
const BATCH = 2000;

/** `/query`, `/queryAll`, `/search` and `/parameterizedSearch`. */
export const queryRoutes: Route[] = [
  { pattern: /^\/query\/?$/, methods: { GET: (call) => query(call, false) } },
  { pattern: /^\/queryAll\/?$/, methods: { GET: (call) => query(call, true) } },
  { pattern: /^\/query(?:All)?\/([^/]+)$/, methods: { GET: (call, [locator = '']) => more(call, locator) } },
  { pattern: /^\/search\/?$/, methods: { GET: search } },
  {
    pattern: /^\/parameterizedSearch\/?$/,
    methods: {
      GET: (call) => parameterizedSearch(call, parametersOf(call.request.query)),
      POST: (call) => parameterizedSearch(call, objectBody(call)),
    },
  },
];

/** The user's view for queries and searches of a call. */
function contextOf(call: ApiCall, deletedToo = false): QueryContext {
  const user = call.world.records.get(call.writing.userId)?.row;
  return { world: call.world, apiBase: call.apiBase, timeZone: String(user?.['TimeZoneSidKey'] ?? 'UTC'), deletedToo };
}

function query(call: ApiCall, deletedToo: boolean): OrgReply {
  const text = call.request.query.get('q');
  if (text === null) throw refusals.malformedQuery('A query string has to be specified');
  const { totalSize, records } = runQuery(text, contextOf(call, deletedToo));
  const asked = Number(/batchSize\s*=\s*(\d+)/i.exec(call.request.headers['sforce-query-options'] ?? '')?.[1] ?? BATCH);
  const batchSize = Math.min(Math.max(asked, 200), BATCH);
  return page(call, records, totalSize, 0, batchSize);
}

function page(
  call: ApiCall,
  records: readonly unknown[],
  totalSize: number,
  from: number,
  batchSize: number,
  id?: string,
): OrgReply {
  const until = from + batchSize;
  const done = until >= records.length;
  const next = done ? null : id ? `${id}-${until}` : call.cursors.keep(records, until, batchSize);
  return {
    status: 200,
    body: {
      totalSize,
      done,
      ...(next ? { nextRecordsUrl: `${call.apiBase}/query/${next}` } : {}),
      records: records.slice(from, until),
    },
  };
}

function more(call: ApiCall, locator: string): OrgReply {
  const cursor = call.cursors.find(locator);
  if (!cursor) throw refusals.queryLocator();
  return page(call, cursor.records, cursor.records.length, cursor.from, cursor.batchSize, cursor.id);
}

function search(call: ApiCall): OrgReply {
  const text = call.request.query.get('q');
  if (!text) throw refusals.malformedSearch('A search string has to be specified');
  return { status: 200, body: { searchRecords: runSearch(parseSearch(text), text, contextOf(call)) } };
}

function parametersOf(query: URLSearchParams): Record<string, unknown> {
  const fields = query.get('fields')?.split(',');
  return {
    ...Object.fromEntries(query),
    ...(fields ? { fields } : {}),
    ...(query.get('sobject') ? { sobjects: [{ name: query.get('sobject') }] } : {}),
  };
}

function parameterizedSearch(call: ApiCall, parameters: Record<string, unknown>): OrgReply {
  const text = parameters['q'];
  if (typeof text !== 'string' || !text) throw refusals.missingParameter('q');
  const group = String(parameters['in'] ?? 'ALL').toUpperCase();
  if (!/^(ALL|NAME|EMAIL|PHONE|SIDEBAR)$/.test(group)) throw refusals.malformedSearch(`unexpected token: '${group}'`);
  const shared = Array.isArray(parameters['fields']) ? parameters['fields'].map(String) : ['Id'];
  const limit = Number(parameters['defaultLimit'] ?? NaN);
  const objects = Array.isArray(parameters['sobjects']) ? (parameters['sobjects'] as Record<string, unknown>[]) : null;
  const returning = objects?.map((object) => {
    const own = Number(object['limit'] ?? limit);
    return {
      name: String(object['name']),
      fields: Array.isArray(object['fields']) ? object['fields'].map(String) : shared,
      ...(object['where'] ? { where: String(object['where']) } : {}),
      ...(object['orderBy'] ? { orderBy: String(object['orderBy']) } : {}),
      ...(Number.isInteger(own) ? { limit: own } : {}),
    };
  });
  const overall = parameters['overallLimit'] === undefined ? null : Number(parameters['overallLimit']);
  const statement = {
    find: plainFind(text),
    group: group as SearchGroup,
    returning: returning ?? null,
    limit: overall,
  };
  return { status: 200, body: { searchRecords: runSearch(statement, text, contextOf(call)) } };
}
