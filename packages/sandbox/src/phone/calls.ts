import { randomUUID } from 'node:crypto';
import { sendJson } from '../http/exchange.ts';
import { destinationOf } from '../sip/directory.ts';
import type { SipServer } from '../sip/sip-server.ts';
import { objectOf, refuse, type PhoneRequest } from './phone-request.ts';

/** A page of ours registers under this name; it is where the user asks from, not what is to ring. */
const SOFTPHONE = /^MultiLine\b/;
/** A desk phone says so in its User-Agent. */
const DESK_PHONE = /\bdesk\b/i;
/** A correlation that can be a Call-ID (RFC 3261 §25.1, the harmless part of it). */
const CALL_ID = /^[\w.@-]{1,128}$/;

/** Answers `/phone/calls`: calls that first ring the user's own device (ML-23). */
export function answerCalls(sip: SipServer, asked: PhoneRequest): void {
  const { method, rest } = asked;
  const [id] = rest;
  if (id === undefined && method === 'POST') start(sip, asked);
  else if (id !== undefined && (method === 'GET' || method === 'DELETE')) follow(sip, asked, id);
  else refuse(asked, 405, `${method} is not possible here.`);
}

function start(sip: SipServer, asked: PhoneRequest): void {
  const { user, body, response, headers } = asked;
  const { to, alsoRing = [], correlation } = objectOf(body) ?? {};
  const kind = typeof to === 'string' ? destinationOf(to)?.kind : undefined;
  if (typeof to !== 'string' || kind === undefined || kind === 'code' || kind === 'mailbox') {
    refuse(asked, 400, '"to" must be a number or an extension that can be called.');
    return;
  }
  if (!Array.isArray(alsoRing) || alsoRing.some((one) => one !== 'desk')) {
    refuse(asked, 400, '"alsoRing" knows "desk".');
    return;
  }
  if (correlation !== undefined && typeof correlation !== 'string') {
    refuse(asked, 400, '"correlation" must be text.');
    return;
  }
  const desk = alsoRing.length > 0;
  const devices = sip
    .registrations(user)
    .filter(({ agent }) => !SOFTPHONE.test(agent) && (desk || !DESK_PHONE.test(agent)))
    .map(({ contact }) => contact);
  if (devices.length === 0) {
    refuse(asked, 409, 'None of your other phones is connected.');
    return;
  }
  const callback = sip.callbacks.start({
    user,
    to: `sip:${to}@${sip.domain}`,
    display: to,
    devices,
    callId: correlation !== undefined && CALL_ID.test(correlation) ? correlation : randomUUID(),
  });
  sendJson(response, 201, { id: callback.id }, headers);
}

function follow(sip: SipServer, asked: PhoneRequest, id: string): void {
  const { user, method, response, headers } = asked;
  const callback = sip.callbacks.find(user, id);
  if (!callback) {
    refuse(asked, 404, 'There is no such call.');
    return;
  }
  if (method === 'DELETE') {
    callback.end();
    sendJson(response, 204, undefined, headers);
    return;
  }
  response.writeHead(200, { ...headers, 'Content-Type': 'application/x-ndjson', 'Cache-Control': 'no-store' });
  const stop = callback.watch((state) => {
    response.write(`${JSON.stringify(state)}\n`);
    if ('ended' in state) response.end();
  });
  response.once('close', stop);
}
