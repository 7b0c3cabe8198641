/** The parts of a `tel:` or `sip:` address that say which number it is. */
export interface NumberAddress {
  /** The number as written, or a SIP user that may be a name. */
  readonly number: string;
  readonly extension?: string;
  /** Digits of a global `phone-context`, which stand before a local number. */
  readonly prefix?: string;
  /** The address itself, for SIP. */
  readonly uri?: string;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Splits a telephone-subscriber (RFC 3966 §3): the number and its parameters. */
function readSubscriber(text: string): NumberAddress {
  const [number = '', ...parameters] = text.split(';');
  const values = new Map<string, string>();
  for (const parameter of parameters) {
    const [name = '', value = ''] = parameter.split('=');
    values.set(name.toLowerCase(), decoded(value));
  }
  const extension = (values.get('ext') ?? '').replace(/\D/g, '').slice(0, 20);
  const context = values.get('phone-context') ?? '';
  const prefix = context.startsWith('+') ? context.replace(/\D/g, '') : '';
  return { number: decoded(number), ...(extension && { extension }), ...(prefix && { prefix }) };
}

/**
 * Reads `tel:`, `callto:`, `sip:` and `sips:` addresses; undefined for a text that is none of them, `malformed` for one
 * that must not be put into a header.
 */
export function readUri(text: string): NumberAddress | 'malformed' | undefined {
  const [, scheme, rest = ''] = /^(tel|callto|sips?):(.*)$/is.exec(text) ?? [];
  if (!scheme) return undefined;
  const body = rest.replace(/^\/\//, '');
  if (!scheme.toLowerCase().startsWith('sip')) return readSubscriber(body);
  // What an address of RFC 3261 cannot hold could end a header and begin another.
  if (/[\s<>"\p{Cc}]/u.test(body)) return 'malformed';
  const at = body.lastIndexOf('@');
  const host = body.slice(at + 1).split(/[;?]/)[0];
  if (!host) return 'malformed';
  const uri = `${scheme.toLowerCase()}:${body}`;
  const [user = ''] = body.slice(0, Math.max(at, 0)).split(':');
  return { ...readSubscriber(user), uri };
}
