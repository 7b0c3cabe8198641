import { agentOf } from './directory.ts';
import { withFirst, type SipRequest } from './message.ts';

/** Notes who sent a call on, and why, above whoever did before (RFC 5806). */
export function diverted(
  request: SipRequest,
  user: string,
  reason: 'unconditional' | 'deflection',
  domain: string,
): SipRequest {
  const shown = agentOf(user)?.numbers[0] ?? user;
  return withFirst(request, { name: 'Diversion', value: `<sip:${shown}@${domain}>;reason=${reason};privacy=off` });
}
