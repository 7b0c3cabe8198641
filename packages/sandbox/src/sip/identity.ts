import { parseAddress } from './address.ts';
import { agentOf, canonicalUser, isE164, type Destination } from './directory.ts';
import { header, headerList, withoutHeaders, type SipRequest } from './message.ts';

/** Whether the From of a request names its authenticated user, or nobody on purpose (RFC 3323 §4.1.1.3). */
export function honestFrom(request: SipRequest, user: string, domain: string): boolean {
  const from = parseAddress(header(request, 'From') ?? '')?.uri;
  if (!from) return false;
  if (from.user === 'anonymous' && from.host === 'anonymous.invalid') return true;
  return (from.host === domain || from.scheme === 'tel') && canonicalUser(from.user) === user;
}

/**
 * Puts the identity the network vouches for on a request (RFC 3325): an agent shows the extension to colleagues and
 * the usual business number to the outside, or whichever of the own ones P-Preferred-Identity or else From asks for; everyone else shows the
 * user name they registered with. What the client itself asserted is dropped. `Privacy: id` leaves it out.
 */
export function withIdentity(request: SipRequest, caller: string, callee: Destination, domain: string): SipRequest {
  const stripped = withoutHeaders(request, 'P-Asserted-Identity', 'P-Preferred-Identity');
  if (headerList(request, 'Privacy').some((value) => /\bid\b/.test(value))) return stripped;
  const display = parseAddress(header(request, 'From') ?? '')?.display ?? '';
  const name = display === '' ? '' : `${display} `;
  const value = `${name}<sip:${shownUser(request, caller, callee)}@${domain}>`;
  return { ...stripped, headers: [...stripped.headers, { name: 'P-Asserted-Identity', value }] };
}

function shownUser(request: SipRequest, caller: string, callee: Destination): string {
  const agent = agentOf(caller);
  if (!agent) return caller;
  const own = [agent.extension, ...agent.numbers];
  for (const name of ['P-Preferred-Identity', 'From']) {
    const wished = parseAddress(headerList(request, name)[0] ?? '')?.uri.user;
    if (wished !== undefined && own.includes(wished)) return wished;
  }
  return callee.kind === 'person' && isE164(callee.user) ? agent.numbers[0] : agent.extension;
}
