/** A SIP message as text with its parts: as little of RFC 3261 §7 as a network in a page needs. Keeps order and spelling. */
export interface SipMessage {
  /** The start line. */
  readonly start: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

export function parseMessage(text: string): SipMessage {
  const end = text.indexOf('\r\n\r\n');
  const [start = '', ...lines] = (end < 0 ? text : text.slice(0, end)).split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  return { start, headers, body: end < 0 ? '' : text.slice(end + 4) };
}

/** The message as it goes over the wire, with a Content-Length that is true. */
export function formatMessage({ start, headers, body }: SipMessage): string {
  const length = new TextEncoder().encode(body).length;
  const lines = headers
    .filter(([name]) => name.toLowerCase() !== 'content-length')
    .map(([name, value]) => `${name}: ${value}`);
  return [start, ...lines, `Content-Length: ${String(length)}`, '', body].join('\r\n');
}

/** The first header of that name, whatever its case; '' where there is none. */
export function header(message: SipMessage, name: string): string {
  return message.headers.find(([other]) => other.toLowerCase() === name.toLowerCase())?.[1] ?? '';
}

export function isRequest(message: SipMessage): boolean {
  return !message.start.startsWith('SIP/2.0 ');
}

/** `INVITE` for a request; for a response the method it answers. */
export function methodOf(message: SipMessage): string {
  return isRequest(message) ? (message.start.split(' ')[0] ?? '') : (header(message, 'CSeq').split(' ')[1] ?? '');
}

/** The status code of a response, 0 for a request. */
export function statusOf(message: SipMessage): number {
  return isRequest(message) ? 0 : Number(message.start.split(' ')[1]);
}

/** User and host of a SIP address or URI, without port and parameters. */
export function addressOf(text: string): { user: string; host: string } {
  const uri = /<([^>]*)>/.exec(text)?.[1] ?? text;
  const found = /^sips?:(?:([^@;?]*)@)?([^;:?>\s]*)/i.exec(uri.trim());
  return { user: decodeURIComponent(found?.[1] ?? ''), host: found?.[2] ?? '' };
}

export function tagOf(text: string): string {
  return /;\s*tag=([^;\s]+)/i.exec(text)?.[1] ?? '';
}

export function branchOf(message: SipMessage): string {
  return /;\s*branch=([^;,\s]+)/i.exec(header(message, 'Via'))?.[1] ?? '';
}

export function token(): string {
  return Math.random().toString(36).slice(2, 12);
}

const PHRASES: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  183: 'Session Progress',
  200: 'OK',
  302: 'Moved Temporarily',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  408: 'Request Timeout',
  480: 'Temporarily Unavailable',
  481: 'Call/Transaction Does Not Exist',
  486: 'Busy Here',
  487: 'Request Terminated',
  488: 'Not Acceptable Here',
  491: 'Request Pending',
  503: 'Service Unavailable',
  603: 'Decline',
};

/** A response to a request: Via, From, To (with a tag unless it is 100), Call-ID and CSeq as RFC 3261 §8.2.6 wants. */
export function responseTo(
  request: SipMessage,
  status: number,
  more: { headers?: readonly (readonly [string, string])[]; body?: string; tag?: string } = {},
): SipMessage {
  const to = header(request, 'To');
  const tagged = status === 100 || tagOf(to) !== '' ? to : `${to};tag=${more.tag ?? token()}`;
  const copied = request.headers.filter(([name]) =>
    ['via', 'from', 'call-id', 'cseq', 'record-route'].includes(name.toLowerCase()),
  );
  return {
    start: `SIP/2.0 ${String(status)} ${PHRASES[status] ?? 'Status'}`,
    headers: [...copied, ['To', tagged], ...(more.headers ?? [])],
    body: more.body ?? '',
  };
}
