import { type Clock, MultiLineError } from '@multiline/core';
import { Connection } from '#jsforce';
import {
  API_VERSION,
  type ApiAnswer,
  type ApiRequest,
  type CrmCredentials,
  type CrmCredentialsSource,
  type SalesforceApi,
} from '../api.ts';
import { sessionExpired } from '../refusals.ts';
import { withDeadline } from './deadline.ts';
import { sessionOf } from './session.ts';

/** What we need of a jsforce `Connection`, ours or the integrator's (jsforce 3; `new jsforce.Connection(…)` fits). */
export interface JsforceConnection {
  readonly instanceUrl: string;
  request(request: JsforceRequest, options?: object): PromiseLike<unknown>;
}

interface JsforceRequest {
  url: string;
  method: 'GET' | 'POST' | 'PATCH';
  headers?: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
}

interface JsforceResponse {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
}

interface JsforceTransport {
  httpRequest(request: object, options?: object): PromiseLike<JsforceResponse>;
}

/** Where tokens come from: asked for, or kept by a connection that renews its own. */
export type JsforceSource =
  | { readonly instanceUrl: string; readonly credentials: CrmCredentialsSource }
  | { readonly connection: JsforceConnection };

export interface JsforceOptions {
  readonly clock: Clock;
  /** How long one request may take, in milliseconds, waiting for a token included. */
  readonly timeoutMs: number;
}

/** The org through jsforce. */
export function jsforceApi(source: JsforceSource, { clock, timeoutMs }: JsforceOptions): SalesforceApi {
  const exchange = 'connection' in source ? throughTheirs(source.connection) : throughOurs(source, clock);

  function request(asked: ApiRequest, signal?: AbortSignal): Promise<ApiAnswer> {
    return withDeadline(clock, timeoutMs, signal, (bounded) => exchange.send(asked, bounded));
  }

  return {
    get instanceUrl() {
      return exchange.instanceUrl;
    },
    query: (soql, signal) => request({ method: 'GET', path: `/query?q=${encodeURIComponent(soql)}` }, signal),
    search: (sosl, signal) => request({ method: 'GET', path: `/search?q=${encodeURIComponent(sosl)}` }, signal),
    request,
  };
}

interface Exchange {
  readonly instanceUrl: string;
  send(request: ApiRequest, signal: AbortSignal): Promise<ApiAnswer>;
}

function throughTheirs(connection: JsforceConnection): Exchange {
  return {
    get instanceUrl() {
      return orgUrl(connection.instanceUrl);
    },
    send: (request, signal) => sendOn(connection, request, signal),
  };
}

/** A connection of ours; a token that is refused is renewed once, then the sign-in has failed. */
function throughOurs(options: { instanceUrl: string; credentials: CrmCredentialsSource }, clock: Clock): Exchange {
  const session = sessionOf(options.credentials, clock);
  let instanceUrl = orgUrl(options.instanceUrl);
  let connection: { readonly of: CrmCredentials; readonly jsforce: Connection } | undefined;

  function sendWith(token: CrmCredentials, request: ApiRequest, signal: AbortSignal): Promise<ApiAnswer> {
    signal.throwIfAborted();
    if (connection?.of !== token) {
      if (token.instanceUrl !== undefined) instanceUrl = orgUrl(token.instanceUrl);
      const { accessToken } = token;
      connection = { of: token, jsforce: new Connection({ instanceUrl, accessToken, version: API_VERSION }) };
    }
    return sendOn(connection.jsforce, request, signal);
  }

  return {
    get instanceUrl() {
      return instanceUrl;
    },
    async send(request, signal) {
      const token = await session.current();
      const answer = await sendWith(token, request, signal);
      if (!sessionExpired(answer)) return answer;
      const again = await sendWith(await session.renewed(token), request, signal);
      if (sessionExpired(again)) throw new MultiLineError('auth-failed');
      return again;
    },
  };
}

/** The host that serves the API; a Lightning page's own address, as people copy it, names the same org. */
function orgUrl(address: string): string {
  const { origin, protocol } = new URL(address);
  if (!/^https?:$/.test(protocol)) throw new TypeError(`No http address: ${address}`);
  return origin.replace(/\.lightning\.force\.com$/, '.my.salesforce.com');
}

/**
 * One request on a jsforce connection. jsforce gives the body of a success and throws the errors of a refusal; the status
 * and the headers are read where the answer passes its transport.
 */
async function sendOn(connection: JsforceConnection, asked: ApiRequest, signal: AbortSignal): Promise<ApiAnswer> {
  let response: JsforceResponse | undefined;
  let refusedTokens = 0;
  const inner = (connection as { _transport?: JsforceTransport })._transport;
  const transport: JsforceTransport | undefined = inner && {
    httpRequest(request, options) {
      // jsforce asks for new tokens as long as it gets a 401.
      if (refusedTokens > 1) throw new MultiLineError('auth-failed');
      const sent = inner.httpRequest(request, options);
      const onResponse = (received: JsforceResponse): void => {
        response = received;
        if (received.statusCode === 401) refusedTokens++;
      };
      sent.then(onResponse, () => undefined);
      return sent;
    },
  };

  const host = orgUrl(connection.instanceUrl);
  const url = host + (asked.path.startsWith('/services/') ? '' : `/services/data/v${API_VERSION}`) + asked.path;
  const request: JsforceRequest = {
    method: asked.method,
    url,
    headers: { ...asked.headers, ...(asked.body && { 'content-type': 'application/json' }) },
    ...(asked.body && { body: JSON.stringify(asked.body) }),
    signal,
  };
  const answer = (body: unknown, status: number): ApiAnswer => ({
    status: response?.statusCode ?? status,
    headers: response?.headers ?? {},
    body,
  });
  try {
    return answer(await connection.request(request, transport && { transport }), 200);
  } catch (error) {
    if (error instanceof MultiLineError || error === signal.reason) throw error;
    const refusal = error as { errorCode?: unknown; data?: unknown; message?: unknown };
    if (typeof refusal.errorCode !== 'string') throw failureOf(error, response !== undefined);
    const httpStatus = Number(/^ERROR_HTTP_(\d{3})$/.exec(refusal.errorCode)?.[1] ?? NaN);
    const status = Number.isNaN(httpStatus) ? (refusal.errorCode === 'MULTIPLE_CHOICES' ? 300 : 400) : httpStatus;
    return answer(refusal.data ?? { errorCode: refusal.errorCode, message: refusal.message }, status);
  }
}

/** What was thrown where no refusal came: no connection, one whose own sign-in failed, an answer nobody understands. */
function failureOf(error: unknown, answered: boolean): MultiLineError {
  const message = error instanceof Error ? error.message : '';
  if (/refresh session|refresh token/i.test(message)) return new MultiLineError('auth-failed', { cause: error });
  return new MultiLineError(answered ? 'server' : 'network', { cause: error });
}
