import { MultiLineError, type ErrorCode } from '@multiline/core';
import type { SipCredentials } from '../credentials.ts';
import { plainText } from '../headers.ts';

/** What a phone service signs a user in by: most take what the SIP server takes. */
export type ServiceCredentials = Pick<SipCredentials, 'username' | 'password'> | { readonly accessToken: string };

export type ServiceCredentialsSource = (need: {
  readonly for: 'sip';
  readonly reason: 'start' | 'rejected';
}) => ServiceCredentials | Promise<ServiceCredentials>;

export interface ServiceRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal | undefined;
  /** The answer goes on for as long as it takes: only its beginning has a deadline. */
  readonly endless?: boolean;
}

/** Asks the service. Rejects with a `MultiLineError`, or with the signal's reason. */
export type ServiceClient = (request: ServiceRequest) => Promise<Response>;

const ANSWER_MS = 15_000;
/** More words than this nobody reads. */
const WORDS = 2_048;

/**
 * @param base where the service is, with a slash at its end
 * @param user the name that goes with a password that comes without one
 */
export function serviceClient(base: URL, credentials: ServiceCredentialsSource, user = ''): ServiceClient {
  let known: string | undefined;

  async function authorization(reason: 'start' | 'rejected'): Promise<string> {
    const given = await credentials({ for: 'sip', reason });
    if ('accessToken' in given) return `Bearer ${given.accessToken}`;
    const bytes = new TextEncoder().encode(`${given.username ?? user}:${given.password ?? ''}`);
    return `Basic ${btoa(String.fromCharCode(...bytes))}`;
  }

  async function send({ method, path, body, signal, endless }: ServiceRequest): Promise<Response> {
    const late = new AbortController();
    const timer = setTimeout(() => {
      late.abort(new MultiLineError('timeout', { message: 'The phone service did not answer in time.' }));
    }, ANSWER_MS);
    try {
      const response = await fetch(new URL(path, base), {
        method,
        headers: {
          Authorization: (known ??= await authorization('start')),
          ...(body && { 'Content-Type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
        cache: 'no-store',
        credentials: 'omit',
        signal: signal ? AbortSignal.any([signal, late.signal]) : late.signal,
      });
      // Within the deadline too: what is not endless is short.
      if (endless || !response.ok) return response;
      const bytes = await response.arrayBuffer();
      return new Response(bytes.byteLength > 0 ? bytes : null, response);
    } catch (thrown) {
      if (thrown instanceof MultiLineError || signal?.aborted) throw thrown;
      throw new MultiLineError('network', { message: 'The phone service cannot be reached.', cause: thrown });
    } finally {
      clearTimeout(timer);
    }
  }

  return async (request) => {
    let response = await send(request);
    if (response.status === 401) {
      known = await authorization('rejected');
      response = await send(request);
      if (response.status === 401) known = undefined;
    }
    if (!response.ok) throw await failureOf(response);
    return response;
  };
}

async function failureOf(response: Response): Promise<MultiLineError> {
  const { status } = response;
  const body: unknown = await response.json().catch(() => null);
  const words = body !== null && typeof body === 'object' && 'error' in body ? body.error : undefined;
  const message = typeof words === 'string' ? plainText(words.slice(0, WORDS)) : '';
  const afterS = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
  return new MultiLineError(codeOf(status), {
    message: message === '' ? `The phone service answered ${String(status)}.` : message,
    ...(afterS > 0 ? { retryAt: Date.now() + afterS * 1_000 } : {}),
  });
}

function codeOf(status: number): ErrorCode {
  switch (status) {
    case 401:
      return 'auth-failed';
    case 403:
      return 'forbidden';
    case 404:
    case 410:
      return 'not-found';
    case 501:
      return 'unsupported';
    case 429:
    case 503:
      return 'limit';
    default:
      return status >= 500 ? 'server' : 'refused';
  }
}
