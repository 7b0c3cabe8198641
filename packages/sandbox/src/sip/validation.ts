import { parseAddress, parseUri, parseVia } from './address.ts';
import {
  header,
  headerLines,
  headerList,
  type Defect,
  type Header,
  type SipMessage,
  type SipRequest,
} from './message.ts';

/** A reason to refuse a request before looking at what it wants. */
export interface Refusal extends Defect {
  readonly headers?: readonly Header[];
}

const ONCE = ['From', 'To', 'Call-ID', 'CSeq', 'Max-Forwards', 'Content-Length'];
const UNDERSTOOD = new Set(['replaces', 'outbound', 'path', 'norefersub', 'timer', '100rel', 'tdialog', 'histinfo']);
const MAX_OWN_VIAS = 4;

/** Whether a message carries enough to be answered or matched at all. */
export function answerable(message: SipMessage): boolean {
  return ['Via', 'From', 'To', 'Call-ID', 'CSeq'].every((name) => header(message, name) !== undefined);
}

/** Checks a request by RFC 3261 §8.2 and §16.3; undefined lets it through. */
export function refusalOf(request: SipRequest, sentBy: string): Refusal | undefined {
  const doubled = ONCE.find((name) => headerLines(request, name).length > 1);
  if (doubled !== undefined) return { status: 400, reason: `Doubled ${doubled}` };
  for (const name of ['From', 'To']) {
    if (!parseAddress(header(request, name) ?? '')) return { status: 400, reason: `Bad ${name}` };
  }
  if ((header(request, 'Call-ID') ?? '') === '') return { status: 400, reason: 'Bad Call-ID' };
  const sequence = /^(\d{1,10})\s+(\S+)$/.exec(header(request, 'CSeq') ?? '');
  if (!sequence || Number(sequence[1]) >= 2 ** 31 || sequence[2] !== request.method) {
    return { status: 400, reason: 'Bad CSeq' };
  }
  const vias = headerList(request, 'Via').map(parseVia);
  const branch = vias[0]?.branch ?? '';
  if (!branch.startsWith('z9hG4bK') || branch.length === 'z9hG4bK'.length || vias.includes(undefined)) {
    return { status: 400, reason: 'Bad Via' };
  }
  for (const name of ['Contact', 'Route', 'Record-Route', 'Refer-To']) {
    if (headerList(request, name).some((value) => value !== '*' && !parseAddress(value))) {
      return { status: 400, reason: `Bad ${name}` };
    }
  }
  if (request.method === 'INVITE' && headerList(request, 'Contact').length !== 1) {
    return { status: 400, reason: 'Bad Contact' };
  }
  const hops = header(request, 'Max-Forwards');
  if (hops !== undefined && !(/^\d{1,10}$/.test(hops) && Number(hops) <= 255)) {
    return { status: 400, reason: 'Bad Max-Forwards' };
  }
  const uri = parseUri(request.uri);
  if (!uri) return { status: 400, reason: 'Bad Request-URI' };
  if (!['sip', 'sips', 'tel'].includes(uri.scheme)) return { status: 416, reason: 'Unsupported URI Scheme' };
  const forUs = uri.user === '' && uri.host === sentBy;
  if (hops !== undefined && Number(hops) === 0 && !forUs) return { status: 483, reason: 'Too Many Hops' };
  if (vias.filter((via) => via?.sentBy === sentBy).length > MAX_OWN_VIAS) {
    return { status: 482, reason: 'Loop Detected' };
  }
  // Require is for whom the request is meant, Proxy-Require for whoever is on the way (RFC 3261 §16.3).
  const unknown = (request.method === 'REGISTER' ? ['Require', 'Proxy-Require'] : ['Proxy-Require'])
    .flatMap((name) => headerList(request, name))
    .filter((option) => !UNDERSTOOD.has(option.toLowerCase()));
  if (unknown.length > 0) {
    return { status: 420, reason: 'Bad Extension', headers: [{ name: 'Unsupported', value: unknown.join(', ') }] };
  }
  return undefined;
}
