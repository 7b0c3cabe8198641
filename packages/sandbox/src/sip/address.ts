import { splitList } from './message.ts';

/** A SIP, SIPS or TEL URI in parts; `user` is unescaped, `host` is lower case and empty for TEL. */
export interface Uri {
  readonly scheme: string;
  readonly user: string;
  readonly host: string;
  readonly port: string;
  readonly params: ReadonlyMap<string, string>;
}

/** A name-addr or addr-spec header value (From, To, Contact, Route …). */
export interface Address {
  readonly display: string;
  readonly uriText: string;
  readonly uri: Uri;
  readonly params: ReadonlyMap<string, string>;
}

/** The topmost Via in parts. */
export interface Via {
  readonly sentBy: string;
  readonly branch: string;
}

/** Reads a URI; undefined when it is none. Any scheme is read, so that the caller may answer 416. */
export function parseUri(text: string): Uri | undefined {
  const match = /^([A-Za-z][\w+.-]*):(.*)$/s.exec(text.trim());
  if (!match) return undefined;
  const scheme = (match[1] ?? '').toLowerCase();
  const rest = match[2] ?? '';
  if (scheme === 'tel') {
    const [number = '', ...params] = rest.split(';');
    return { scheme, user: unescape(number).replace(/[-.()\s]/g, ''), host: '', port: '', params: paramsOf(params) };
  }
  if (scheme !== 'sip' && scheme !== 'sips') {
    return { scheme, user: '', host: '', port: '', params: new Map() };
  }
  // A user part may hold ";" and "?" (RFC 3261 §25.1), so the last "@" before any header is what ends it.
  const at = rest.lastIndexOf('@');
  const user = at < 0 ? '' : (rest.slice(0, at).split(':')[0] ?? '');
  const [hostPort = '', ...params] = (rest.slice(at + 1).split('?')[0] ?? '').split(';');
  const host = /^(\[[\da-fA-F:.]+\]|[\w.-]+)(?::(\d{1,5}))?$/.exec(hostPort.trim());
  if (!host) return undefined;
  return {
    scheme,
    user: unescape(user),
    host: (host[1] ?? '').toLowerCase(),
    port: host[2] ?? '',
    params: paramsOf(params),
  };
}

/** Reads a header value that names an address; undefined when it is malformed. */
export function parseAddress(value: string): Address | undefined {
  const bracketed = /^((?:"(?:[^"\\]|\\.)*"|[^"<]*?)\s*)<([^<>]*)>\s*(.*)$/s.exec(value.trim());
  if (bracketed) {
    const uri = parseUri(bracketed[2] ?? '');
    if (!uri) return undefined;
    const tail = bracketed[3] ?? '';
    if (tail !== '' && !tail.startsWith(';')) return undefined;
    const display = (bracketed[1] ?? '').trim();
    return { display, uriText: (bracketed[2] ?? '').trim(), uri, params: paramsOf(splitList(tail, ';')) };
  }
  if (/["<>]/.test(value)) return undefined;
  // Without brackets every parameter belongs to the header (RFC 3261 §20.10).
  const [uriText = '', ...params] = value.trim().split(';');
  const uri = parseUri(uriText);
  return uri && { display: '', uriText, uri, params: paramsOf(params) };
}

/** Reads one Via element; undefined when it is malformed. */
export function parseVia(value: string): Via | undefined {
  const match = /^SIP\s*\/\s*2\.0\s*\/\s*\w+\s+([^;\s]+)\s*(.*)$/i.exec(value);
  if (!match) return undefined;
  const params = paramsOf(splitList(match[2] ?? '', ';'));
  return { sentBy: (match[1] ?? '').toLowerCase(), branch: params.get('branch') ?? '' };
}

/** Names the place a Contact points at, so that a dialog's requests find the socket it now lives on. */
export function contactKey(uri: Uri): string {
  return `${uri.user}@${uri.host}${uri.port === '' ? '' : `:${uri.port}`}`;
}

function paramsOf(parts: readonly string[]): Map<string, string> {
  const params = new Map<string, string>();
  for (const part of parts) {
    const equals = part.indexOf('=');
    const name = (equals < 0 ? part : part.slice(0, equals)).trim().toLowerCase();
    const value = equals < 0 ? '' : part.slice(equals + 1).trim();
    if (name !== '' && !params.has(name)) params.set(name, value.replace(/^"(.*)"$/s, '$1'));
  }
  return params;
}

function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
