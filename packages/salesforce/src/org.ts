import { type Clock, MultiLineError } from '@multiline/core';
import type { ApiAnswer, ApiRequest, SalesforceApi } from './api.ts';
import { refusalOf } from './refusals.ts';

/** A record as the org sends it. */
export type Row = Readonly<Record<string, unknown>>;

/** The org as the rest of this package sees it: rows and answers, refusals thrown. */
export interface Org {
  readonly instanceUrl: string;
  query(soql: string, signal?: AbortSignal): Promise<readonly Row[]>;
  search(sosl: string, signal?: AbortSignal): Promise<readonly Row[]>;
  request(request: ApiRequest, signal?: AbortSignal): Promise<ApiAnswer>;
}

/** Throws what the api answers as a refusal, and counts limits in a row so that each waits longer. */
export function orgOf(api: SalesforceApi, clock: Clock): Org {
  let limits = 0;

  function accept(answer: ApiAnswer): ApiAnswer {
    if (answer.status >= 200 && answer.status < 300) {
      // A sign-in page or the greeting of a network comes with 200 as well.
      if (typeof answer.body === 'string' && answer.body !== '') throw notSalesforce();
      limits = 0;
      return answer;
    }
    const refusal = refusalOf(answer, clock.now(), limits + 1);
    if (refusal.code === 'limit') limits++;
    throw refusal;
  }

  return {
    get instanceUrl() {
      return api.instanceUrl;
    },
    async query(soql, signal) {
      return rowsOf(accept(await api.query(soql, signal)).body, 'records');
    },
    async search(sosl, signal) {
      return rowsOf(accept(await api.search(sosl, signal)).body, 'searchRecords');
    },
    async request(request, signal) {
      return accept(await api.request(request, signal));
    },
  };
}

function rowsOf(body: unknown, name: string): readonly Row[] {
  const rows = typeof body === 'object' && body !== null ? (body as Row)[name] : undefined;
  if (!Array.isArray(rows)) throw notSalesforce();
  return rows as Row[];
}

/** Somebody else answered, or half of an answer came: the same request may succeed later. */
export function notSalesforce(): MultiLineError {
  return new MultiLineError('server', { message: 'The answer is none of Salesforce’s.' });
}

/** A text in a row, also of a parent (`Account.Name`); undefined for anything else, blank included. */
export function text(row: Row, path: string): string | undefined {
  const value = path.split('.').reduce<unknown>((part, name) => (part as Row | null | undefined)?.[name], row);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A point in time in a row, as epoch ms. */
export function time(row: Row, path: string): number | undefined {
  const at = Date.parse(text(row, path)?.replace(/([+-]\d\d)(\d\d)$/, '$1:$2') ?? '');
  return Number.isNaN(at) ? undefined : at;
}

/** The object a row is of. */
export function objectOf(row: Row): string {
  return text(row, 'attributes.type') ?? '';
}
