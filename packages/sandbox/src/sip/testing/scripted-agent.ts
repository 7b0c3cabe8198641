import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import {
  header,
  headerLines,
  parseMessage,
  serialise,
  withFirst,
  withHeader,
  withoutHeaders,
  type Header,
  type SipMessage,
  type SipRequest,
  type SipResponse,
} from '../message.ts';
import { parseAddress } from '../address.ts';
import { parseCredentials } from '../digest.ts';
import { createResponse } from '../response.ts';

const WAIT_MS = 5_000;
const DOMAIN = 'sandbox.test';
const token = () => randomBytes(6).toString('hex');
const md5 = (text: string) => createHash('md5').update(text).digest('hex');

/** Beyond the method and the address, what a scripted request may carry. */
export interface RequestOptions {
  readonly headers?: readonly Header[];
  readonly body?: string;
  readonly to?: string;
  readonly from?: string;
  readonly callId?: string;
}

/** A user agent that does exactly what a test tells it, and remembers what came in until it is asked for. */
export interface ScriptedAgent {
  readonly user: string;
  readonly contact: string;
  /** Every frame so far that nobody took. */
  readonly inbox: readonly SipMessage[];
  sendText(text: string | Uint8Array): void;
  send(message: SipMessage): void;
  /** Builds a request outside any dialog. */
  build(method: string, user: string, options?: RequestOptions): SipRequest;
  /** Sends a request, answers one challenge, and gives the request as it finally went out. */
  start(method: string, user: string, options?: RequestOptions): Promise<SipRequest>;
  /** Registers; gives the final response. */
  register(options?: { expires?: number; password?: string; contact?: string }): Promise<SipResponse>;
  /** The next request of that method, waiting for it. */
  request(method: string): Promise<SipRequest>;
  /** The next request of that method, of that call if one is given, however long it takes. */
  coming(method: string, call?: SipRequest): Promise<SipRequest>;
  /** The next response to that request with that status, waiting for it. */
  response(to: SipRequest, status: number): Promise<SipResponse>;
  /** The next response of that call, whatever it answers. */
  answer(callId: string): Promise<SipResponse>;
  /** The next final response to that request. */
  final(to: SipRequest): Promise<SipResponse>;
  /** Answers a request with this agent's Contact and tag. */
  reply(request: SipRequest, status: number, extra?: { headers?: readonly Header[]; body?: string }): SipResponse;
  /** Sends ACK for a 2xx. */
  ack(invite: SipRequest, response: SipResponse): void;
  /** Sends CANCEL for an INVITE of this agent. */
  cancel(invite: SipRequest): SipRequest;
  /** Sends a request inside the dialog of an INVITE and its 2xx, whichever side this agent was. */
  within(method: string, invite: SipRequest, response: SipResponse, options?: RequestOptions): SipRequest;
  /** Starts to count CSeq from one again, as a client that forgot does. */
  rewind(): void;
  /** Gives the text of the next frame that is no SIP message. */
  text(): Promise<string>;
  readonly closed: Promise<unknown>;
  close(): Promise<void>;
  /** Cuts the connection without a word. */
  cut(): void;
}

/**
 * Connects a scripted agent to a server. `contact` reuses the place of an agent that was cut off, `agent` is what it
 * calls itself.
 */
export async function connectAgent(
  url: string,
  user: string,
  place: { readonly contact?: string; readonly agent?: string } = {},
): Promise<ScriptedAgent> {
  const socket = new WebSocket(url, 'sip');
  const contact = place.contact ?? `sip:${token()}@${token()}.invalid;transport=ws`;
  const inbox: SipMessage[] = [];
  const texts: string[] = [];
  const watchers = new Set<() => void>();
  const tags = new Map<string, string>();
  let sequence = 0;
  socket.on('message', (data: Buffer) => {
    const reading = parseMessage(data.toString());
    if (reading) inbox.push(reading.message);
    else texts.push(data.toString());
    for (const watcher of [...watchers]) watcher();
  });
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await once(socket, 'open');

  const until = <T>(look: () => T | undefined, what: string): Promise<T> =>
    new Promise((resolve, reject) => {
      const check = () => {
        const found = look();
        if (found === undefined) return;
        watchers.delete(check);
        clearTimeout(timer);
        resolve(found);
      };
      const timer = setTimeout(() => {
        watchers.delete(check);
        const seen = inbox.map((each) => (each.kind === 'request' ? each.method : String(each.status))).join(' ');
        reject(new Error(`${user} waited in vain for ${what}; has: ${seen}`));
      }, WAIT_MS);
      watchers.add(check);
      check();
    });
  const take = <M extends SipMessage>(match: (message: SipMessage) => message is M): M | undefined => {
    const at = inbox.findIndex(match);
    return at < 0 ? undefined : (inbox.splice(at, 1)[0] as M);
  };
  const answersTo =
    (request: SipRequest, statusMatches: (status: number) => boolean) =>
    (message: SipMessage): message is SipResponse =>
      message.kind === 'response' &&
      statusMatches(message.status) &&
      header(message, 'Call-ID') === header(request, 'Call-ID') &&
      header(message, 'CSeq') === header(request, 'CSeq');

  const send = (message: SipMessage) => socket.send(serialise(message));
  const via = () => ({ name: 'Via', value: `SIP/2.0/WS ${user.replace(/\W/g, '')}.invalid;branch=z9hG4bK${token()}` });
  const final = (to: SipRequest) =>
    until(() => take(answersTo(to, (status) => status >= 200)), `the end of ${to.method}`);

  const credentials = (request: SipRequest, challenge: SipResponse, password: string): SipRequest => {
    const proxy = challenge.status === 407;
    const value = header(challenge, proxy ? 'Proxy-Authenticate' : 'WWW-Authenticate') ?? '';
    const params = parseCredentials(value);
    const nonce = params?.get('nonce') ?? '';
    const ha1 = md5(`${user}:${DOMAIN}:${password}`);
    const digest = md5(`${ha1}:${nonce}:00000001:cafe:auth:${md5(`${request.method}:${request.uri}`)}`);
    const line =
      `Digest username="${user}", realm="${DOMAIN}", nonce="${nonce}", uri="${request.uri}", ` +
      `response="${digest}", algorithm=MD5, cnonce="cafe", qop=auth, nc=00000001`;
    const next = withoutHeaders(request, 'Via', 'Authorization', 'Proxy-Authorization');
    const numbered = withHeader(next, 'CSeq', `${String(++sequence)} ${request.method}`);
    return withFirst(numbered, via(), { name: proxy ? 'Proxy-Authorization' : 'Authorization', value: line });
  };
  const passwordOf = () => (/^(\+|guest-)/.test(user) ? 'sandbox' : user);

  const agent: ScriptedAgent = {
    user,
    contact,
    inbox,
    closed,
    send,
    sendText: (text) => socket.send(text),
    build(method, target, options = {}) {
      const uri = target.includes(':') ? target : `sip:${target}@${DOMAIN}`;
      return {
        kind: 'request',
        method,
        uri: method === 'REGISTER' ? `sip:${DOMAIN}` : uri,
        headers: [
          via(),
          { name: 'Max-Forwards', value: '70' },
          { name: 'From', value: options.from ?? `<sip:${user}@${DOMAIN}>;tag=${token()}` },
          { name: 'To', value: options.to ?? `<${uri}>` },
          { name: 'Call-ID', value: options.callId ?? token() },
          { name: 'CSeq', value: `${String(++sequence)} ${method}` },
          ...(method === 'MESSAGE' ? [] : [{ name: 'Contact', value: `<${contact}>` }]),
          ...(place.agent === undefined ? [] : [{ name: 'User-Agent', value: place.agent }]),
          ...(options.headers ?? []),
        ],
        body: options.body ?? '',
      };
    },
    async start(method, target, options) {
      const request = agent.build(method, target, options);
      send(request);
      const challenge = await until(
        () => take(answersTo(request, (status) => status === 401 || status === 407)),
        'a challenge',
      );
      if (method === 'INVITE') {
        send({
          ...withHeader(request, 'CSeq', (header(request, 'CSeq') ?? '').replace('INVITE', 'ACK')),
          method: 'ACK',
        });
      }
      const next = credentials(request, challenge, passwordOf());
      send(next);
      return next;
    },
    async register({ expires = 600, password = passwordOf(), contact: value = `<${contact}>` } = {}) {
      const headers = [{ name: 'Expires', value: String(expires) }];
      const request = withHeader(agent.build('REGISTER', user, { headers }), 'Contact', value);
      send(request);
      const challenge = await final(request);
      if (challenge.status !== 401) return challenge;
      const next = credentials(request, challenge, password);
      send(next);
      return final(next);
    },
    request: (method) =>
      until(
        () => take((message): message is SipRequest => message.kind === 'request' && message.method === method),
        method,
      ),
    async coming(method, call) {
      for (;;) {
        const found = take(
          (message): message is SipRequest =>
            message.kind === 'request' &&
            message.method === method &&
            (!call || header(message, 'Call-ID') === header(call, 'Call-ID')),
        );
        if (found) return found;
        await new Promise<void>((resolve) => {
          const watcher = () => {
            watchers.delete(watcher);
            resolve();
          };
          watchers.add(watcher);
        });
      }
    },
    response: (to, status) =>
      until(() => take(answersTo(to, (each) => each === status)), `${String(status)} to ${to.method}`),
    answer: (callId) =>
      until(
        () =>
          take(
            (message): message is SipResponse => message.kind === 'response' && header(message, 'Call-ID') === callId,
          ),
        'an answer',
      ),
    final,
    reply(request, status, { headers = [], body = '' } = {}) {
      const callId = header(request, 'Call-ID') ?? '';
      const toTag = tags.get(callId) ?? token();
      tags.set(callId, toTag);
      const routes = headerLines(request, 'Record-Route').map((value) => ({ name: 'Record-Route', value }));
      const own = { name: 'Contact', value: `<${contact}>` };
      const redirecting = headers.some(({ name }) => name === 'Contact');
      const response = createResponse(request, status, {
        toTag,
        headers: [...routes, ...(redirecting ? [] : [own]), ...headers],
        body,
      });
      send(response);
      return response;
    },
    ack(invite, response) {
      const ack = agent.within('ACK', invite, response);
      const number = (header(invite, 'CSeq') ?? '').split(' ')[0] ?? '';
      send(withHeader(ack, 'CSeq', `${number} ACK`));
    },
    cancel(invite) {
      const kept = invite.headers.filter(({ name }) => ['Via', 'From', 'To', 'Call-ID', 'Max-Forwards'].includes(name));
      const number = (header(invite, 'CSeq') ?? '').split(' ')[0] ?? '';
      const cancel: SipRequest = {
        ...invite,
        method: 'CANCEL',
        body: '',
        headers: [...kept, { name: 'CSeq', value: `${number} CANCEL` }],
      };
      send(cancel);
      return cancel;
    },
    within(method, invite, response, options = {}) {
      const caller = headerLines(invite, 'Contact').includes(`<${contact}>`);
      const far = header(caller ? response : invite, 'Contact') ?? '';
      const request: SipRequest = {
        ...agent.build(method, parseAddress(far)?.uriText ?? '', {
          ...options,
          from: header(response, caller ? 'From' : 'To') ?? '',
          to: header(response, caller ? 'To' : 'From') ?? '',
          callId: header(invite, 'Call-ID') ?? '',
        }),
      };
      const routes = headerLines(response, 'Record-Route').map((value) => ({ name: 'Route', value }));
      const routed = withFirst(request, ...routes);
      if (method !== 'ACK') send(routed);
      return routed;
    },
    rewind() {
      sequence = 0;
    },
    text: () => until(() => texts.shift(), 'a frame of text'),
    async close() {
      socket.close();
      await closed;
    },
    cut: () => socket.terminate(),
  };
  return agent;
}
