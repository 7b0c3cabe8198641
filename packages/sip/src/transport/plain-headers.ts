import { NameAddrHeader, URI } from 'sip.js';

// What nearly every header field is made of, as SIP.js's grammar reads it. Whatever is less plain is left to the grammar.

/** No text of this length takes long. */
const LONGEST = 512;

const LABEL = '[a-zA-Z\\d](?:[a-zA-Z\\d-]*[a-zA-Z\\d])?';
const HOST = `((?:${LABEL}\\.)*[a-zA-Z](?:[a-zA-Z\\d-]*[a-zA-Z\\d])?|\\d{1,3}(?:\\.\\d{1,3}){3})(?::(\\d{1,5}))?`;
const ADDRESS = `(sips?):(?:([\\w.+-]+)@)?${HOST}((?:;(?:transport=[a-z]+|user=phone|lr|ob))*)`;
const PARAMETERS = '((?:;(?!q=|expires=|ttl=|maddr=|received=|rport=)[a-zA-Z][\\w-]*(?:=[\\w.!+-]+)?)*)';

const uri = new RegExp(`^${ADDRESS}$`);
const nameAddress = new RegExp(`^(?:"([ !#-\\[\\]-~]*)" *)?<${ADDRESS}>${PARAMETERS}$`);
const via = new RegExp(`^SIP/2\\.0/[A-Z]+ ${HOST}${PARAMETERS}$`);

// SIP.js types what may be absent (a user, a name, a parameter's value) as if it never was.
type Text = string | undefined;

/** A URI as it stands in a request line. */
export function plainUri(text: string): URI | undefined {
  const [, scheme, user, host, port, parameters] = read(uri, text);
  return host === undefined ? undefined : uriOf(scheme, user, host, port, parameters);
}

/** The value of a header field that SIP.js reads in every message; undefined where it is not plain. */
export const plainHeaders = {
  from: plainAddress,
  to: plainAddress,
  contact: plainAddress,
  via(value: string) {
    const [, host, port, parameters] = read(via, value);
    const { branch } = parametersOf(parameters);
    return host && branch ? { host, port: numeric(port), branch } : undefined;
  },
  'call-id': (value: string) => read(/^[\w.@-]+$/, value)[0],
  cseq(value: string) {
    const [, number, method] = read(/^(\d{1,9}) ([A-Z]+)$/, value);
    return method && { value: Number(number), method };
  },
  'content-type': (value: string) => read(/^[a-z-]+\/[a-z+-]+$/, value)[0],
  'content-length': plainNumber,
  'max-forwards': plainNumber,
};

function plainAddress(value: string): NameAddrHeader | undefined {
  const [, name, scheme, user, host, port, ofUri, ofHeader] = read(nameAddress, value);
  if (host === undefined) return undefined;
  const address = uriOf(scheme, user, host, port, ofUri);
  return new NameAddrHeader(address, name as never, parametersOf(ofHeader) as Record<string, string>);
}

function uriOf(scheme: Text, user: Text, host: string, port: Text, parameters: Text): URI {
  return new URI(scheme, user as never, host, numeric(port), parametersOf(parameters));
}

function plainNumber(value: string): number | undefined {
  return /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}

const read = (form: RegExp, text: string): readonly Text[] => (text.length < LONGEST && form.exec(text)) || [];

const numeric = (text: Text): number | undefined => (text === undefined ? undefined : Number(text));

function parametersOf(text = ''): Record<string, string | null> {
  const parameters: Record<string, string | null> = {};
  for (const part of text.split(';').slice(1)) {
    const [name = '', value = null] = part.split('=');
    parameters[name.toLowerCase()] = value;
  }
  return parameters;
}
