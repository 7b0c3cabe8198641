import { readAddress, readParameters, schemeOf } from './address.ts';
import { byteLength, isToken, readHead, splitList, valuesOf, type MessageHead } from './message-head.ts';

/** What a message deserves: SIP.js's hands, silence, or an answer of our own. */
export type Verdict = { readonly action: 'pass' } | Drop | Refusal;

export interface Drop {
  readonly action: 'drop';
  readonly reason: string;
}

/** A refusal by SIP response: to be sent by `answer()`. */
export interface Refusal {
  readonly action: 'refuse';
  readonly status: number;
  /** The reason phrase. */
  readonly reason: string;
  /** Whole header lines that belong to the answer, e.g. `Unsupported: foo`. */
  readonly extraHeaders: readonly string[];
}

/** What we take. Lengths in characters. */
export interface JudgeRules {
  /** The start line and all header fields together. */
  readonly headLength: number;
  /** The whole message. */
  readonly messageLength: number;
  /** Option tags a `Require` may name. */
  readonly supported: readonly string[];
}

/** A head holds a caller's name of 33,000 characters, all of them emoji; a message holds any description of audio. */
export const judgeRules: JudgeRules = {
  headLength: 96 * 1024,
  messageLength: 256 * 1024,
  supported: ['100rel', 'replaces', 'outbound', 'path', 'gruu', 'norefersub', 'tdialog', 'histinfo'],
};

const pass: Verdict = { action: 'pass' };
const mandatory = ['via', 'from', 'to', 'call-id', 'cseq'] as const;
/** Fields whose second value would make two readers see two messages. */
const single = [
  'from',
  'to',
  'call-id',
  'cseq',
  'max-forwards',
  'content-length',
  'content-type',
  'event',
  'refer-to',
  'referred-by',
  'replaces',
  'session-expires',
] as const;

/**
 * Judges a message before SIP.js sees it. Pure; never throws; time grows with the length alone. Checks come in the order in
 * which RFC 3261 §8.2 and §16.3 look at a request. Responses and ACK are never answered, only dropped.
 */
export function judge(raw: string, rules: JudgeRules = judgeRules): Verdict {
  if (raw.length > rules.messageLength) return refuse(513, 'Message Too Large');
  const head = readHead(raw);
  if (/^SIP\//i.test(head.startLine)) return judgeResponse(head, rules);
  const verdict = judgeRequest(head, raw, rules);
  const unanswerable = verdict.action === 'refuse' && (isAck(head) || valuesOf(head, 'via').length === 0);
  return unanswerable ? drop(`${verdict.status} ${verdict.reason}`) : verdict;
}

/** Whether the message is an ACK by its start line or its CSeq: such are never answered. */
export function isAck(head: MessageHead): boolean {
  return /^ACK\s/i.test(head.startLine) || /\sACK$/i.test(valuesOf(head, 'cseq')[0] ?? '');
}

function judgeResponse(head: MessageHead, rules: JudgeRules): Verdict {
  if (!/^SIP\/2\.0 [1-6]\d\d /i.test(`${head.startLine} `)) return drop('status line');
  const fault =
    headFault(head, rules) ?? cseqFault(head, undefined) ?? addressFault(head) ?? viaFault(head) ?? lengthFault(head);
  return fault ? drop(fault) : pass;
}

function judgeRequest(head: MessageHead, raw: string, rules: JudgeRules): Verdict {
  if (raw.length - head.body.length > rules.headLength) return refuse(513, 'Message Too Large');
  const line = head.startLine;
  const version = /SIP\/(\d+\.\d+)[ \t]*$/i.exec(line.slice(-20))?.[1];
  if (version === undefined) return bad('Request Line');
  if (version !== '2.0') return refuse(505, 'Version Not Supported');
  const parts = line.split(' ');
  const [method = '', uri = ''] = parts;
  if (parts.length !== 3 || !isToken(method) || /[\t"]/.test(line)) return bad('Request Line');
  const uriVerdict = judgeRequestUri(uri);
  if (uriVerdict) return uriVerdict;
  const fault =
    headFault(head, rules) ??
    addressFault(head) ??
    viaFault(head) ??
    cseqFault(head, method) ??
    hopsFault(head) ??
    lengthFault(head);
  if (fault) return bad(fault);
  return extensionVerdict(head, method, rules) ?? bodyVerdict(head, method) ?? methodVerdict(head, method) ?? pass;
}

function judgeRequestUri(uri: string): Verdict | undefined {
  const scheme = schemeOf(uri);
  if (!scheme || /[<>]/.test(uri)) return bad('Request-URI');
  // A phone is reached by its contact, which is no telephone number: SIP.js breaks on one.
  if (scheme !== 'sip' && scheme !== 'sips') return refuse(416, 'Unsupported URI Scheme');
  // Headers in a URI are for web pages and contacts, never for the wire (RFC 3261 §19.1.1).
  return uri.includes('?') ? bad('Request-URI') : undefined;
}

function headFault(head: MessageHead, rules: JudgeRules): string | undefined {
  if (!head.complete) return 'No End Of Headers';
  if (head.broken.length > 0) return 'Header Field';
  // A lone CR or LF, or a NUL, would end a line for one reader and not for the next.
  if (/[\r\n\0]/.test(head.startLine)) return 'Start Line';
  for (const { name, value } of head.fields) {
    if (/[\r\n\0]/.test(value)) return titled(name);
    if (value.length > rules.headLength) return titled(name);
  }
  const counts = new Map<string, number>();
  for (const { name } of head.fields) counts.set(name, (counts.get(name) ?? 0) + 1);
  const missing = mandatory.find((name) => !counts.has(name));
  if (missing) return `Missing ${titled(missing)}`;
  const doubled = single.find((name) => (counts.get(name) ?? 0) > 1);
  return doubled && `Multiple ${titled(doubled)}`;
}

function addressFault(head: MessageHead): string | undefined {
  for (const name of ['from', 'to'] as const) if (!readAddress(first(head, name))) return titled(name);
  return /^\S+$/.test(first(head, 'call-id')) ? undefined : 'Call-ID';
}

function viaFault(head: MessageHead): string | undefined {
  const vias = valuesOf(head, 'via').flatMap(splitList);
  for (const via of vias) {
    const semicolon = via.indexOf(';');
    const sent = semicolon === -1 ? via : via.slice(0, semicolon);
    if (!/^SIP\s*\/\s*2\.0\s*\/\s*[A-Za-z0-9\-.!%*_+`'~]+\s+\S/i.test(sent)) return 'Via';
    const parameters = readParameters(semicolon === -1 ? '' : via.slice(semicolon));
    // The cookie alone names no transaction (RFC 4475 §3.2.1).
    if (!parameters || parameters.get('branch')?.toLowerCase() === 'z9hg4bk') return 'Via';
  }
  return undefined;
}

function cseqFault(head: MessageHead, method: string | undefined): string | undefined {
  const [number = '', name = '', ...rest] = first(head, 'cseq').split(/\s+/);
  const counted = /^\d{1,20}$/.test(number) && Number(number) < 2 ** 31;
  if (!counted || !isToken(name) || rest.length > 0) return 'CSeq';
  return method === undefined || method === name ? undefined : 'CSeq Method';
}

function hopsFault(head: MessageHead): string | undefined {
  const [hops] = valuesOf(head, 'max-forwards');
  if (hops === undefined) return undefined;
  return /^\d{1,20}$/.test(hops) && Number(hops) <= 255 ? undefined : 'Max-Forwards';
}

function lengthFault(head: MessageHead): string | undefined {
  const [length] = valuesOf(head, 'content-length');
  if (length === undefined) return undefined;
  return /^\d{1,20}$/.test(length) && Number(length) <= byteLength(head.body) ? undefined : 'Content-Length';
}

function extensionVerdict(head: MessageHead, method: string, rules: JudgeRules): Verdict | undefined {
  if (method === 'ACK' || method === 'CANCEL') return undefined;
  const wanted = valuesOf(head, 'require').flatMap(splitList).filter(Boolean);
  const unknown = wanted.filter((tag) => !rules.supported.includes(tag.toLowerCase()));
  if (unknown.length === 0) return undefined;
  // Only tokens go back: whatever else stands there is the sender's business.
  return refuse(420, 'Bad Extension', [`Unsupported: ${unknown.filter(isToken).join(', ')}`]);
}

function bodyVerdict(head: MessageHead, method: string): Verdict | undefined {
  const [length] = valuesOf(head, 'content-length');
  if (head.body === '' || Number(length ?? 1) === 0) return undefined;
  const encodings = valuesOf(head, 'content-encoding')
    .flatMap(splitList)
    .filter((name) => name.toLowerCase() !== 'identity');
  if (encodings.length > 0) return refuse(415, 'Unsupported Media Type', ['Accept-Encoding: identity']);
  const [type] = valuesOf(head, 'content-type');
  if (type === undefined) return bad('Missing Content-Type');
  const kind = type.split(';', 1)[0]?.trim().toLowerCase();
  if (method !== 'INVITE' || kind === 'application/sdp') return undefined;
  return refuse(415, 'Unsupported Media Type', ['Accept: application/sdp']);
}

function methodVerdict(head: MessageHead, method: string): Verdict | undefined {
  const [replaces] = valuesOf(head, 'replaces');
  if (replaces !== undefined) {
    const semicolon = replaces.indexOf(';');
    const parameters = semicolon === -1 ? undefined : readParameters(replaces.slice(semicolon));
    if (!parameters?.get('to-tag') || !parameters.get('from-tag')) return bad('Replaces');
  }
  // A dialog needs to know where its requests go (RFC 3261 §8.1.1.8).
  if (method === 'INVITE' || method === 'SUBSCRIBE') {
    const contacts = valuesOf(head, 'contact').flatMap(splitList);
    if (contacts.length !== 1 || !readAddress(contacts[0] ?? '')) return bad('Contact');
  }
  return undefined;
}

function first(head: MessageHead, name: string): string {
  return valuesOf(head, name)[0] ?? '';
}

function titled(name: string): string {
  const exceptions: Readonly<Record<string, string>> = { 'call-id': 'Call-ID', cseq: 'CSeq' };
  return exceptions[name] ?? name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());
}

function bad(what: string): Refusal {
  return refuse(400, `Bad ${what}`.replace(/^Bad (Missing|Multiple|No) /, '$1 '));
}

function refuse(status: number, reason: string, extraHeaders: readonly string[] = []): Refusal {
  return { action: 'refuse', status, reason, extraHeaders };
}

function drop(reason: string): Drop {
  return { action: 'drop', reason };
}
