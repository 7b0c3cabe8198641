import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodyOf, sendJson } from '../http/exchange.ts';
import type { SipServer } from '../sip/sip-server.ts';
import { answerCalls } from './calls.ts';
import { answerMessages } from './messages.ts';
import { refuse, type PhoneRequest } from './phone-request.ts';
import { phoneUser } from './phone-user.ts';

/** The HTTP phone service of docs/phone-service.md below `/phone`. */
export async function servePhone(
  sip: SipServer,
  request: IncomingMessage,
  response: ServerResponse,
  headers: Record<string, string>,
): Promise<void> {
  const [, , collection = '', ...rest] = new URL(request.url ?? '/', 'http://localhost').pathname.split('/');
  const user = phoneUser(request.headers.authorization);
  if (user === undefined) {
    const error = 'Sign in with the user and password of the phone.';
    sendJson(response, 401, { error }, { ...headers, 'WWW-Authenticate': 'Basic realm="phone"' });
    return;
  }
  const asked: PhoneRequest = {
    user,
    method: request.method ?? 'GET',
    rest,
    body: await bodyOf(request),
    response,
    headers,
  };
  if (collection === 'calls') answerCalls(sip, asked);
  else if (collection === 'messages') answerMessages(sip, asked);
  else if (collection === 'recordings' && asked.method === 'GET') sendJson(response, 200, { recorder: false }, headers);
  else if (collection === 'recordings') {
    refuse(asked, 501, 'Audio goes from browser to browser here: there is nothing to record with.');
  } else refuse(asked, 404, 'There are calls, messages and recordings.');
}
