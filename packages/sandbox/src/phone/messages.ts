import { sendJson } from '../http/exchange.ts';
import { wavOf } from '../sip/media/g711.ts';
import type { SipServer } from '../sip/sip-server.ts';
import { objectOf, refuse, type PhoneRequest } from './phone-request.ts';

/** Answers `/phone/messages`: the user's own mailbox. */
export function answerMessages(sip: SipServer, asked: PhoneRequest): void {
  const { user, method, rest, body, response, headers } = asked;
  const mailbox = sip.mailboxes.of(user);
  const [id, part] = rest;
  const done = (found: boolean) => {
    if (found) sendJson(response, 204, undefined, headers);
    else refuse(asked, 404, 'There is no such message.');
  };
  if (id === undefined && method === 'GET') sendJson(response, 200, { messages: mailbox.list() }, headers);
  else if (id !== undefined && part === 'audio' && method === 'GET') {
    const recording = mailbox.recording(id);
    if (!recording) {
      done(false);
      return;
    }
    const wav = wavOf(recording);
    response.writeHead(200, { ...headers, 'Content-Type': 'audio/wav', 'Content-Length': String(wav.length) }).end(wav);
  } else if (id !== undefined && part === undefined && method === 'PATCH') {
    const heard = objectOf(body)?.['heard'];
    if (typeof heard === 'boolean') done(mailbox.mark(id, heard));
    else refuse(asked, 400, '"heard" must be true or false.');
  } else if (id !== undefined && part === undefined && method === 'DELETE') done(mailbox.remove(id));
  else refuse(asked, 405, `${method} is not possible here.`);
}
