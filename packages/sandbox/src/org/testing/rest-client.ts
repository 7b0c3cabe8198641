import type { OrgReply } from '../exchange.ts';
import type { Org } from '../org.ts';

/** Speaks the REST API to an org without a network between them, for tests. */
export interface RestClient {
  /** Sends a request; `path` is below `/services/data/v68.0` unless it begins with `/services`. A text body goes as it is. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): OrgReply;
  /** Runs a SOQL query; the whole answer. */
  query(soql: string): OrgReply;
  /** Runs a SOSL search; the records found. Throws when refused. */
  search(sosl: string): Record<string, unknown>[];
  /** Creates a record; its id. Throws when refused. */
  create(object: string, fields: Record<string, unknown>): string;
}

/** A client signed in by this token. */
export function restClient(org: Org, token = 'sandbox-ann'): RestClient {
  function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): OrgReply {
    const url = new URL(path.startsWith('/services') ? path : `/services/data/v68.0${path}`, 'http://localhost');
    return org.handle({
      method,
      path: url.pathname,
      query: url.searchParams,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      body: body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body),
    });
  }
  function accepted(reply: OrgReply): Record<string, unknown> {
    if (reply.status >= 300) throw new Error(JSON.stringify(reply.body));
    return reply.body as Record<string, unknown>;
  }
  return {
    send,
    query: (soql) => send('GET', `/query?q=${encodeURIComponent(soql)}`),
    search: (sosl) =>
      accepted(send('GET', `/search?q=${encodeURIComponent(sosl)}`))['searchRecords'] as Record<string, unknown>[],
    create: (object, fields) => String(accepted(send('POST', `/sobjects/${object}`, fields))['id']),
  };
}
