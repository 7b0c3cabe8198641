import type { RecordRef } from '@multiline/core';
import { executeServerCommand } from '@web/test-runner-commands';
import { type SalesforceOptions, salesforce } from '../src/index.ts';

/** A row as the practice org shows it. */
export type Row = Record<string, unknown>;

/** A practice org of a test's own: the adapter on it, and what a test needs to look behind the adapter. */
export interface PracticeOrg {
  readonly url: string;
  /** The adapter, signed in as Ann. */
  make(settings?: Partial<SalesforceOptions>): ReturnType<typeof salesforce>;
  /** Rows as Bob sees them: not counted as requests of the adapter. */
  query(soql: string): Promise<Row[]>;
  /** What Bob does: `PATCH`, `DELETE` or `POST` below the version's base. */
  asBob(method: string, path: string, body?: object): Promise<Response>;
  /** What the org's token service gives this user. */
  newToken(user: string): Promise<string>;
  fault(match: string, action: object, times?: number): Promise<void>;
  clearFaults(): Promise<void>;
  configure(settings: object): Promise<void>;
  expireTokens(): Promise<void>;
  /** What the adapter asked since the last call, as `METHOD /path`. */
  requests(): Promise<string[]>;
  find(object: string, where: string): Promise<RecordRef>;
  /** Everything as seeded. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export async function practiceOrg(options: object = {}): Promise<PracticeOrg> {
  const { id, url } = await executeServerCommand<{ id: string; url: string }, object>('sandbox:start', options);
  const base = new URL(url).origin;
  const data = `${base}/services/data/v68.0`;
  let bob = 'sandbox-bob';
  let listed = 0;

  async function order(method: string, path: string, body?: unknown): Promise<void> {
    await control(method, path, body);
  }

  async function control(method: string, path: string, body?: unknown): Promise<Response> {
    const response = await fetch(`${base}/__sandbox__/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  }

  // Bob's own requests carry a mark in their query, so that they can be told from the adapter's.
  const marked = (path: string): string => `${data}${path}${path.includes('?') ? '&' : '?'}bob`;

  async function bobs(path: string, init: RequestInit = {}): Promise<Response> {
    const send = () =>
      fetch(marked(path), { ...init, headers: { authorization: `Bearer ${bob}`, 'content-type': 'application/json' } });
    let response = await send();
    if (response.status === 401) {
      bob = await org.newToken('bob');
      response = await send();
    }
    if (!response.ok) throw new Error(`${init.method ?? 'GET'} ${path}: ${response.status} ${await response.text()}`);
    return response;
  }

  const org: PracticeOrg = {
    url: base,
    make: (settings = {}) =>
      salesforce({
        instanceUrl: base,
        credentials: () => Promise.resolve({ accessToken: 'sandbox-ann' }),
        ...settings,
      }),
    async query(soql) {
      const response = await bobs(`/query?q=${encodeURIComponent(soql)}`);
      return ((await response.json()) as { records: Row[] }).records;
    },
    asBob: (method, path, body) => bobs(path, { method, ...(body && { body: JSON.stringify(body) }) }),
    async newToken(user) {
      const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: `refresh-${user}` });
      const response = await fetch(`${base}/services/oauth2/token`, { method: 'POST', body });
      return ((await response.json()) as { access_token: string }).access_token;
    },
    fault: (match, action, times = 1) => order('POST', 'faults', { match, action, times }),
    clearFaults: () => order('DELETE', 'faults'),
    configure: (settings) => order('PATCH', 'org', settings),
    expireTokens: () => order('POST', 'expire-tokens'),
    async requests() {
      const served = (await (await control('GET', 'requests')).json()) as { method: string; path: string }[];
      // A reset empties the list.
      const fresh = served.slice(served.length < listed ? 0 : listed);
      listed = served.length;
      return fresh
        .filter(({ path }) => !/[?&]bob$|oauth2\/token$/.test(path))
        .map(({ method, path }) => `${method} ${path.replace('/services/data/v68.0', '')}`);
    },
    async find(object, where) {
      const [row] = await org.query(`SELECT Id FROM ${object} WHERE ${where}`);
      if (!row) throw new Error(`No ${object} where ${where}`);
      return { kind: object, id: String(row['Id']) };
    },
    reset: () => order('POST', 'reset'),
    stop: async () => {
      await executeServerCommand('sandbox:stop', id);
    },
  };
  return org;
}
