import { parseAddress } from './address.ts';
import { header, headerLines, type Header, type SipRequest, type SipResponse } from './message.ts';

/** Reason phrases of what this server itself answers (RFC 3261 §21 and the extensions it knows). */
const PHRASES: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  200: 'OK',
  202: 'Accepted',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  407: 'Proxy Authentication Required',
  408: 'Request Timeout',
  412: 'Conditional Request Failed',
  415: 'Unsupported Media Type',
  416: 'Unsupported URI Scheme',
  420: 'Bad Extension',
  423: 'Interval Too Brief',
  480: 'Temporarily Unavailable',
  481: 'Call/Transaction Does Not Exist',
  482: 'Loop Detected',
  483: 'Too Many Hops',
  486: 'Busy Here',
  487: 'Request Terminated',
  488: 'Not Acceptable Here',
  489: 'Bad Event',
  500: 'Server Internal Error',
  503: 'Service Unavailable',
  505: 'Version Not Supported',
  513: 'Message Too Large',
  603: 'Decline',
};

/** What a response carries beyond what it copies from its request. */
export interface Answer {
  readonly reason?: string;
  readonly headers?: readonly Header[];
  readonly body?: string;
  /** Tag of the To header where the request has none and the status is above 100. */
  readonly toTag?: string;
}

/** Builds a response to a request by RFC 3261 §8.2.6: Via, From, To, Call-ID and CSeq are the request's own. */
export function createResponse(request: SipRequest, status: number, answer: Answer = {}): SipResponse {
  const headers: Header[] = headerLines(request, 'Via').map((value) => ({ name: 'Via', value }));
  for (const name of ['From', 'To', 'Call-ID', 'CSeq']) {
    const value = header(request, name);
    if (value === undefined) continue;
    const untagged = name === 'To' && answer.toTag !== undefined && status > 100 && tagOf(value) === undefined;
    headers.push({ name, value: untagged ? `${value};tag=${answer.toTag}` : value });
  }
  return {
    kind: 'response',
    status,
    reason: answer.reason ?? PHRASES[status] ?? 'Unknown',
    headers: [...headers, ...(answer.headers ?? [])],
    body: answer.body ?? '',
  };
}

/** The tag of a From or To value; undefined where there is none. */
export function tagOf(value: string | undefined): string | undefined {
  const tag = value === undefined ? undefined : parseAddress(value)?.params.get('tag');
  return tag === '' ? undefined : tag;
}
