/** One header field: its full name in lower case and its value without folds and outer white space. */
export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

/** The head of a SIP message, read without judging it, and where its body begins. */
export interface MessageHead {
  readonly startLine: string;
  readonly fields: readonly HeaderField[];
  /** Lines that are no header field: no colon, or a name that is not a token. */
  readonly broken: readonly string[];
  readonly body: string;
  /** The empty line that ends the head was there. */
  readonly complete: boolean;
}

/** Compact forms (RFC 3261 §7.3.3, RFC 3515, RFC 3892, RFC 4028, RFC 6665, RFC 8224). */
const longNames: Readonly<Record<string, string>> = {
  a: 'accept-contact',
  b: 'referred-by',
  c: 'content-type',
  e: 'content-encoding',
  f: 'from',
  i: 'call-id',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  o: 'event',
  r: 'refer-to',
  s: 'subject',
  t: 'to',
  u: 'allow-events',
  v: 'via',
  x: 'session-expires',
  y: 'identity',
};

const token = /^[A-Za-z0-9\-.!%*_+`'~]+$/;

/** Whether a text is a token of RFC 3261 §25.1. */
export function isToken(text: string): boolean {
  return token.test(text);
}

/** Reads a message's head. Reads anything; each character is looked at a fixed number of times. */
export function readHead(raw: string): MessageHead {
  const end = raw.indexOf('\r\n\r\n');
  const complete = end !== -1;
  const [startLine = '', ...lines] = (complete ? raw.slice(0, end) : raw).split('\r\n');
  const fields: HeaderField[] = [];
  const broken: string[] = [];
  for (const line of unfolded(lines)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trimEnd().toLowerCase();
    if (!isToken(name)) {
      if (line !== '') broken.push(line);
      continue;
    }
    fields.push({ name: longNames[name] ?? name, value: line.slice(colon + 1).trim() });
  }
  return { startLine, fields, broken, complete, body: complete ? raw.slice(end + 4) : '' };
}

/** Joins lines that begin with white space to the one before (RFC 3261 §7.3.1). */
function unfolded(lines: readonly string[]): string[] {
  const whole: string[][] = [];
  for (const line of lines) {
    const last = whole.at(-1);
    if (last && /^[ \t]/.test(line)) last.push(line.trim());
    else whole.push([line]);
  }
  return whole.map((parts) => parts.join(' '));
}

/** The values of a header, in order. */
export function valuesOf(head: MessageHead, name: string): string[] {
  return head.fields.filter((field) => field.name === name).map(({ value }) => value);
}

/** Splits a list at its commas, but not inside quotes or angle brackets. */
export function splitList(value: string): string[] {
  const items: string[] = [];
  let start = 0;
  let quoted = false;
  let bracketed = false;
  for (let at = 0; at < value.length; at++) {
    const char = value[at];
    if (quoted) {
      if (char === '\\') at++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '<') bracketed = true;
    else if (char === '>') bracketed = false;
    else if (char === ',' && !bracketed) {
      items.push(value.slice(start, at).trim());
      start = at + 1;
    }
  }
  items.push(value.slice(start).trim());
  return items;
}

const encoder = new TextEncoder();

/** Length in bytes on the wire. */
export function byteLength(text: string): number {
  return encoder.encode(text).length;
}
