import type { Database, WriteContext } from '../database.ts';
import { refusals } from '../errors.ts';
import type { OrgReply, OrgRequest } from '../exchange.ts';
import type { ObjectSchema } from '../schema/object.ts';
import type { Cursors } from '../soql/cursors.ts';
import type { World } from '../world.ts';

/** A request on its way through the API, with everything a resource needs to answer it. */
export interface ApiCall {
  readonly request: OrgRequest;
  readonly world: World;
  readonly database: Database;
  readonly cursors: Cursors;
  readonly writing: WriteContext;
  /** `/services/data/vNN.0` of this request. */
  readonly apiBase: string;
  /** The version alone, such as 68. */
  readonly version: number;
  /** Answers a request made inside this one, by the same user. */
  readonly dispatch: (inner: OrgRequest) => OrgReply;
}

/** Answers a call; `parts` are the percent-decoded groups of the route's pattern. */
export type Resource = (call: ApiCall, parts: readonly string[]) => OrgReply;

/** A path below `/services/data/vNN.0` and what it answers by method. */
export interface Route {
  readonly pattern: RegExp;
  readonly methods: Readonly<Partial<Record<'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', Resource>>>;
}

/** Finds and runs the resource for a path. 404 for an unknown path, 405 for a known one with another method. */
export function runRoute(routes: readonly Route[], path: string, call: ApiCall): OrgReply {
  const method = call.request.query.get('_HttpMethod') ?? call.request.method;
  for (const { pattern, methods } of routes) {
    const match = pattern.exec(path);
    if (!match) continue;
    const resource = methods[(method === 'HEAD' ? 'GET' : method) as keyof typeof methods];
    if (!resource) throw refusals.methodNotAllowed(method, Object.keys(methods));
    return resource(call, match.slice(1).map(decoded));
  }
  throw refusals.notFound();
}

function decoded(part: string | undefined): string {
  try {
    return decodeURIComponent(part ?? '');
  } catch {
    throw refusals.notFound();
  }
}

/** The JSON body of a call. Refuses what is not JSON as the server's reader does. */
function jsonBody(call: ApiCall): unknown {
  const type = call.request.headers['content-type'] ?? 'application/json';
  if (!/^application\/json\b/i.test(type)) throw refusals.mediaType(type);
  if (!call.request.body.trim())
    throw refusals.json('The HTTP entity body is required, but this request has no entity body.');
  try {
    return JSON.parse(call.request.body);
  } catch {
    throw refusals.json(readerComplaint(call.request.body));
  }
}

/** A JSON body that must be an object. */
export function objectBody(call: ApiCall): Record<string, unknown> {
  const body = jsonBody(call);
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  throw refusals.json(
    'Unexpected parameter encountered during deserialization: expected START_OBJECT at [line:1, column:1]',
  );
}

function readerComplaint(text: string): string {
  const first = text.trimStart();
  if (!/^[{[]/.test(first))
    return `Unexpected character ('${first.charAt(0)}' (code ${first.charCodeAt(0)})) at [line:1, column:1]`;
  return `Unexpected end-of-input or malformed JSON at [line:1, column:${text.length}]`;
}

/** The schema of an object named in a path; 404 when there is none. */
export function namedObject(call: ApiCall, name: string): ObjectSchema {
  const object = call.world.schema().object(name);
  if (!object) throw refusals.notFound();
  return object;
}
