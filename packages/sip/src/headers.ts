import { MultiLineError, type RemoteParty } from '@multiline/core';
import { Grammar, type Core, type NameAddrHeader, type URI } from 'sip.js';

/** Longer names than this are no names. */
const LONGEST = 256;

/**
 * Text of the wire for people: without control and direction-changing characters, and of a length that can be shown.
 * '' where there is none, whatever SIP.js's types say.
 */
export function plainText(text: string | undefined = ''): string {
  const clean = text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, ' ').trim();
  // Never half a surrogate pair.
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST - 1).replace(/[\ud800-\udbff]$/, '')}…` : clean;
}

/** A name of our own as it may stand between the quotes of a From (RFC 3261 §25.1): SIP.js puts it there as it is. */
export function quotable(name: string): string {
  return plainText(name).replace(/["\\]/g, '\\$&');
}

/** The other party as the wire names it. SIP.js leaves the escapes of a quoted name (RFC 3261 §25.1) to us. */
export function remoteParty({ uri, displayName }: NameAddrHeader): RemoteParty {
  const name = plainText((displayName as string | undefined)?.replace(/\\(.)/gs, '$1'));
  const address = addressText(uri);
  return name === '' || name === address ? { address } : { address, name };
}

/** The user part of a URI as text, its host where it has no user. */
export function addressText(uri: URI): string {
  return plainText(decoded(uri.user ?? uri.host));
}

/** Percent-encoded text that is no UTF-8 stays as it came. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Where a call goes.
 * @param target E.164, an extension, or a sip:, sips: or tel: URI
 * @throws MultiLineError `invalid-number`
 */
export function targetUri(target: string, domain: URI): URI {
  const text = target.trim();
  const whole = /^sips?:/i.test(text);
  const bare = text.replace(/^tel:/i, '').replace(/;.*$/, '');
  const user = /[A-Za-z]/.test(bare) ? bare : bare.replace(/[\s().-]/g, '');
  const dialable = whole || /^\+?[0-9A-Za-z*#_]{1,64}$/.test(user);
  const written = whole ? text : `sip:${encodeURIComponent(user).replace('%2B', '+')}@${domain.host}`;
  const uri = dialable ? Grammar.URIParse(written) : undefined;
  if (!uri) throw new MultiLineError('invalid-number');
  if (!whole && domain.port !== undefined) uri.port = domain.port;
  return requestUri(uri);
}

/**
 * An address to call: a link or a redirection may carry headers and a method, a Request-URI must not (RFC 3261 §19.1.1).
 */
export function requestUri(uri: URI): URI {
  const bare = uri.clone();
  bare.clearHeaders();
  bare.deleteParam('method');
  return bare;
}

/** Headers for SIP.js; what would break out of its line is taken apart. */
export function headerLines(headers: Readonly<Record<string, string>>): string[] {
  return Object.entries(headers)
    .filter(([name]) => /^[A-Za-z0-9-]+$/.test(name))
    .map(([name, value]) => `${name}: ${value.replace(/[\r\n]+/g, ' ')}`);
}

/** Which of our numbers was called: what the server says it was, else whom the call is addressed to. */
export function calledNumber(request: Core.IncomingRequestMessage): string {
  const named = request.getHeader('P-Called-Party-ID');
  const parsed = named === undefined ? undefined : Grammar.nameAddrHeaderParse(named);
  return addressText((parsed ?? request.to).uri);
}
