import { isToken } from './message-head.ts';

/** A name-addr or addr-spec with its header parameters (RFC 3261 §20.10). */
export interface Address {
  readonly uri: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Reads a From, To or Contact value; undefined when it is none. One pass, no guessing. */
export function readAddress(value: string): Address | undefined {
  const bracket = openingBracket(value);
  if (bracket === undefined) return undefined;
  let uri: string;
  let rest: string;
  if (bracket === -1) {
    const semicolon = value.indexOf(';');
    uri = (semicolon === -1 ? value : value.slice(0, semicolon)).trim();
    rest = semicolon === -1 ? '' : value.slice(semicolon);
    // Without brackets these would be ambiguous, and are forbidden (RFC 3261 §20).
    if (/[,?]/.test(uri)) return undefined;
  } else {
    const closing = value.indexOf('>', bracket);
    if (closing === -1) return undefined;
    uri = value.slice(bracket + 1, closing);
    rest = value.slice(closing + 1).trim();
  }
  if (!schemeOf(uri) || /[\s<>"]/.test(uri)) return undefined;
  const parameters = readParameters(rest);
  return parameters && { uri, parameters };
}

/** The scheme of a URI in lower case, if it has one. */
export function schemeOf(uri: string): string | undefined {
  const colon = uri.indexOf(':');
  const scheme = uri.slice(0, Math.max(colon, 0));
  return /^[A-Za-z][A-Za-z0-9+.-]*$/.test(scheme) && colon < uri.length - 1 ? scheme.toLowerCase() : undefined;
}

/** Where `<` opens after a well-formed display name: -1 without brackets, undefined when the display name is not well-formed. */
function openingBracket(value: string): number | undefined {
  if (value.startsWith('"')) {
    const closing = closingQuote(value, 0);
    if (closing === -1) return undefined;
    const bracket = value.indexOf('<', closing);
    return bracket !== -1 && value.slice(closing + 1, bracket).trim() === '' ? bracket : undefined;
  }
  const bracket = value.indexOf('<');
  if (bracket === -1) return value.includes('"') && !value.includes(';') ? undefined : -1;
  // `sip:a@b;tag="<"`: a bracket inside a parameter belongs to no name.
  const semicolon = value.indexOf(';');
  if (semicolon !== -1 && semicolon < bracket) return schemeOf(value.slice(0, semicolon)) ? -1 : undefined;
  const name = value.slice(0, bracket).trim();
  return name === '' || name.split(/[ \t]+/).every(isToken) ? bracket : undefined;
}

function closingQuote(text: string, opening: number): number {
  for (let at = opening + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return -1;
}

/** Reads `;name=value;flag`; undefined when it is none. Names in lower case. */
export function readParameters(text: string): ReadonlyMap<string, string> | undefined {
  const parameters = new Map<string, string>();
  for (const part of splitParameters(text)) {
    const equals = part.indexOf('=');
    const name = (equals === -1 ? part : part.slice(0, equals)).trim();
    const value = equals === -1 ? '' : part.slice(equals + 1).trim();
    if (!isToken(name)) return undefined;
    const quoted = value.startsWith('"');
    if (quoted ? closingQuote(value, 0) !== value.length - 1 : equals !== -1 && !/^[^\s"<>,]+$/.test(value))
      return undefined;
    parameters.set(name.toLowerCase(), value);
  }
  return parameters;
}

function splitParameters(text: string): string[] {
  if (text.trim() === '') return [];
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    if (text[at] === '"') {
      const closing = closingQuote(text, at);
      if (closing === -1) return [''];
      at = closing;
    } else if (at === text.length || text[at] === ';') {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  // What stands before the first semicolon belongs to no parameter.
  const before = parts.shift() ?? '';
  return before.trim() === '' ? parts : [''];
}
