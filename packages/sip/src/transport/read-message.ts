import { Core, Grammar, UserAgentState, type URI, type UserAgent } from 'sip.js';
import { readChallenges } from '../authentication/challenge.ts';
import { plainHeaders, plainUri } from './plain-headers.ts';

/** A message as SIP.js has read it. */
export type ReadMessage = Core.IncomingRequestMessage | Core.IncomingResponseMessage;

/**
 * Reads a message. SIP.js's grammar has the second word: it may refuse, or break, where the judge sees no fault; then undefined.
 * But it makes all of its tables anew for each header field, which takes longer than all else between an INVITE and its ringing,
 * and so it is asked only for what is not plain.
 */
export function readMessage(data: string): ReadMessage | undefined {
  try {
    const lineEnd = data.indexOf('\r\n');
    const message = readStartLine(data.slice(0, lineEnd));
    if (!message) return undefined;
    message.data = data;
    let start = lineEnd + 2;
    for (let end; (end = Parser.getHeader(data, start)) !== -2; start = end + 2) {
      if (end === -1 || !readField(message, data, start, end)) return undefined;
    }
    const length = message.getHeader('content-length');
    message.body = data.slice(start + 2, length === undefined ? undefined : start + 2 + Number(length));
    return message;
  } catch {
    return undefined;
  }
}

const { Parser } = Core;

class PlainRequest extends Core.IncomingRequestMessage {
  override parseHeader(name: string, index?: number): unknown {
    return plain(this, name, index) ?? super.parseHeader(name, index);
  }
}

class PlainResponse extends Core.IncomingResponseMessage {
  override parseHeader(name: string, index?: number): unknown {
    // SIP.js would know the last challenge alone.
    if (name.endsWith('-authenticate')) return readChallenges(this.getHeaders(name));
    return plain(this, name, index) ?? super.parseHeader(name, index);
  }
}

const readers = new Map<string, (value: string) => unknown>(Object.entries(plainHeaders));

function plain(message: ReadMessage, name: string, index = 0): unknown {
  const value = message.getHeaders(name)[index];
  return value === undefined ? undefined : readers.get(name.toLowerCase())?.(value);
}

function readStartLine(line: string): ReadMessage | undefined {
  const [, code, phrase] = /^SIP\/2\.0 ([1-6]\d\d) ([\w ./'()-]*)$/.exec(line) ?? [];
  if (code !== undefined && phrase !== undefined) {
    return Object.assign(new PlainResponse(), { statusCode: Number(code), reasonPhrase: phrase });
  }
  const [, method, address = ''] = /^([A-Z]+) (\S+) SIP\/2\.0$/.exec(line) ?? [];
  const ruri = plainUri(address);
  if (method !== undefined && ruri) return Object.assign(new PlainRequest(), { method, ruri });
  const read = Grammar.parse(line, 'Request_Response') as StartLine | -1;
  if (read === -1) return undefined;
  return read.status_code
    ? Object.assign(new PlainResponse(), { statusCode: read.status_code, reasonPhrase: read.reason_phrase })
    : Object.assign(new PlainRequest(), { method: read.method, ruri: read.uri });
}

/** As the grammar tells it. */
interface StartLine {
  readonly status_code?: number;
  readonly reason_phrase: string;
  readonly method: string;
  readonly uri: URI;
}

const OWN_WAY = /^(?:(Contact|m)|((?:WWW|Proxy)-Authenticate)|Record-Route)[ \t]*:(.*)$/is;

/** SIP.js reads a field by its name, but has a way of its own with contacts, routes and challenges. */
function readField(message: ReadMessage, data: string, start: number, end: number): boolean {
  const [, contact, challenge, value = ''] = OWN_WAY.exec(data.slice(start, end)) ?? [];
  const text = value.trim();
  if (!challenge && !plainHeaders.contact(text)) return Parser.parseHeader(message, data, start, end) === true;
  message.addHeader(challenge ?? (contact ? 'contact' : 'record-route'), text);
  return true;
}

/** Who hears the text of a message, and what the guard has read of it. */
export interface Reader {
  onMessage: ((text: string, message?: ReadMessage) => void) | undefined;
}

/**
 * Lets a user agent behind the guard take messages as they were read. Its own handler would read them once more, and reading
 * takes longer than all else between an INVITE and its ringing.
 */
export function takeAsRead(userAgent: UserAgent): void {
  const reader: Reader = userAgent.transport;
  reader.onMessage = (_, message) => {
    if (message) take(userAgent, message);
  };
}

/** What SIP.js's own handler asks of a message, and the judge has not. */
function take({ userAgentCore, state }: UserAgent, message: ReadMessage): void {
  const { sipjsId, viaHost } = userAgentCore.configuration;
  if (message instanceof Core.IncomingRequestMessage) {
    if (state === UserAgentState.Stopped) return;
    // What we have sent has come back to us (RFC 3261 §16.3).
    const ours = !message.toTag && message.callId.startsWith(sipjsId);
    if (ours) userAgentCore.replyStateless(message, { statusCode: 482 });
    else userAgentCore.receiveIncomingRequestFromTransport(message);
    return;
  }
  // A response that was meant for somebody else (RFC 3261 §18.1.2).
  const { host, port } = message.via;
  if (message.getHeaders('via').length > 1 || host !== viaHost || port) return;
  userAgentCore.receiveIncomingResponseFromTransport(message);
}
