/** One header line: the name as it came (compact forms spelled out) and the unfolded value. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

interface Content {
  readonly headers: readonly Header[];
  readonly body: string;
}

/** A SIP request; `uri` is the Request-URI as it came. */
export interface SipRequest extends Content {
  readonly kind: 'request';
  readonly method: string;
  readonly uri: string;
}

/** A SIP response. */
export interface SipResponse extends Content {
  readonly kind: 'response';
  readonly status: number;
  readonly reason: string;
}

export type SipMessage = SipRequest | SipResponse;

/** What is wrong with a message that could still be read far enough to be answered. */
export interface Defect {
  readonly status: number;
  readonly reason: string;
}

/** A read message, with the first defect met on the way, if any. */
export interface Reading {
  readonly message: SipMessage;
  readonly defect?: Defect;
}

/** RFC 3261 §7.3.3, RFC 3515, RFC 3892, RFC 4028, RFC 6665. */
const COMPACT: Readonly<Record<string, string>> = {
  b: 'Referred-By',
  c: 'Content-Type',
  e: 'Content-Encoding',
  f: 'From',
  i: 'Call-ID',
  k: 'Supported',
  l: 'Content-Length',
  m: 'Contact',
  o: 'Event',
  r: 'Refer-To',
  s: 'Subject',
  t: 'To',
  u: 'Allow-Events',
  v: 'Via',
  x: 'Session-Expires',
};

const REQUEST_LINE = /^([\w\-.!%*+`'~]+) ([^ ]+) SIP\/(\d+\.\d+)$/;
const LOOSE_REQUEST_LINE = /^([\w\-.!%*+`'~]+)[ \t]+(\S.*?)[ \t]+SIP\/(\d+\.\d+)[ \t]*$/;
const STATUS_LINE = /^SIP\/2\.0 ([1-6]\d\d)(?: (.*))?$/;
const HEADER_NAME = /^[\w\-.!%*+`'~]+$/;

/**
 * Reads one message from the text of a WebSocket frame. Never throws: undefined for what is no SIP message at all, a
 * defect for one that is readable but wrong (RFC 3261 §7, RFC 7118 §5).
 */
export function parseMessage(text: string): Reading | undefined {
  const trimmed = text.replace(/^(?:\r?\n)+/, '');
  const [head, body] = splitHead(trimmed);
  const lines = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const start = lines[0] ?? '';
  const headers: Header[] = [];
  let defect: Defect | undefined;
  for (const line of lines.slice(1)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trimEnd();
    if (colon < 1 || !HEADER_NAME.test(name)) {
      defect ??= { status: 400, reason: 'Malformed Header' };
      continue;
    }
    headers.push({ name: COMPACT[name.toLowerCase()] ?? name, value: line.slice(colon + 1).trim() });
  }
  const status = STATUS_LINE.exec(start);
  if (status) {
    const message = { kind: 'response', status: Number(status[1]), reason: status[2] ?? '', headers, body } as const;
    return withBody(message, defect);
  }
  const strict = REQUEST_LINE.exec(start);
  const request = strict ?? LOOSE_REQUEST_LINE.exec(start);
  if (!request) return undefined;
  if (!strict) defect ??= { status: 400, reason: 'Malformed Request Line' };
  if (request[3] !== '2.0') defect = { status: 505, reason: 'Version Not Supported' };
  const message = { kind: 'request', method: request[1] ?? '', uri: request[2] ?? '', headers, body } as const;
  return withBody(message, defect);
}

function splitHead(text: string): [string, string] {
  const gap = /\r?\n\r?\n/.exec(text);
  if (!gap) return [text.replace(/\r?\n$/, ''), ''];
  return [text.slice(0, gap.index), text.slice(gap.index + gap[0].length)];
}

/** Content-Length cuts a body that is too long and condemns one that is too short (RFC 3261 §18.3). */
function withBody(message: SipMessage, defect: Defect | undefined): Reading {
  const declared = header(message, 'Content-Length');
  let found = defect;
  let read = message;
  if (declared !== undefined) {
    const bytes = Buffer.from(message.body);
    const length = /^\d{1,9}$/.test(declared) ? Number(declared) : Number.POSITIVE_INFINITY;
    if (length > bytes.length) found ??= { status: 400, reason: 'Bad Content-Length' };
    else if (length < bytes.length) read = { ...message, body: bytes.subarray(0, length).toString() };
  }
  return found ? { message: read, defect: found } : { message: read };
}

/** Writes a message as it goes on the wire, with the true Content-Length. */
export function serialise(message: SipMessage): string {
  const start =
    message.kind === 'request'
      ? `${message.method} ${message.uri} SIP/2.0`
      : `SIP/2.0 ${String(message.status)} ${message.reason}`;
  const lines = message.headers
    .filter(({ name }) => name.toLowerCase() !== 'content-length')
    .map(({ name, value }) => `${name}: ${value}`);
  const length = `Content-Length: ${String(Buffer.byteLength(message.body))}`;
  return [start, ...lines, length, '', message.body].join('\r\n');
}

const named = (name: string) => {
  const wanted = name.toLowerCase();
  return (each: Header) => each.name.toLowerCase() === wanted;
};

/** The value of the first header of that name. */
export function header(message: SipMessage, name: string): string | undefined {
  return message.headers.find(named(name))?.value;
}

/** The values of every header line of that name, not split at commas. */
export function headerLines(message: SipMessage, name: string): string[] {
  return message.headers.filter(named(name)).map(({ value }) => value);
}

/** The elements of a header that is a list, over all its lines, in order. */
export function headerList(message: SipMessage, name: string): string[] {
  return headerLines(message, name).flatMap((value) => splitList(value));
}

/** Splits at a separator outside quotes and angle brackets; blank elements fall away. */
export function splitList(value: string, separator = ','): string[] {
  const parts: string[] = [];
  let quoted = false;
  let bracketed = false;
  let from = 0;
  for (let at = 0; at < value.length; at++) {
    const sign = value[at];
    if (quoted && sign === '\\') at++;
    else if (sign === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (sign === '<') bracketed = true;
    else if (sign === '>') bracketed = false;
    else if (sign === separator && !bracketed) {
      parts.push(value.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(value.slice(from));
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** The message without any header of these names. */
export function withoutHeaders<M extends SipMessage>(message: M, ...names: string[]): M {
  const dropped = new Set(names.map((name) => name.toLowerCase()));
  return { ...message, headers: message.headers.filter(({ name }) => !dropped.has(name.toLowerCase())) };
}

/** The message with these headers put first. */
export function withFirst<M extends SipMessage>(message: M, ...headers: Header[]): M {
  return { ...message, headers: [...headers, ...message.headers] };
}

/** The message with that one header, in the place of the first of its name or at the end. */
export function withHeader<M extends SipMessage>(message: M, name: string, value: string): M {
  const at = message.headers.findIndex(named(name));
  if (at < 0) return { ...message, headers: [...message.headers, { name, value }] };
  const rest = message.headers.filter((each, index) => index === at || !named(name)(each));
  return { ...message, headers: rest.map((each) => (named(name)(each) ? { name: each.name, value } : each)) };
}

/** The message without the first element of a list header, as a proxy takes its Via or Route off. */
export function withoutFirst<M extends SipMessage>(message: M, name: string): M {
  const at = message.headers.findIndex(named(name));
  const found = message.headers[at];
  if (!found) return message;
  const rest = splitList(found.value).slice(1).join(', ');
  const headers = [...message.headers];
  if (rest === '') headers.splice(at, 1);
  else headers[at] = { name: found.name, value: rest };
  return { ...message, headers };
}
