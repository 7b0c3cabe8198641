// What MultiLine asks of a phone system beside SIP, for Asterisk: callbacks, the mailbox, recordings. Docs: docs/pbx.md.
//
//   SPOOL=/var/spool/asterisk BASE=https://phone.example.com/phone/ node phone-service.mjs
//
// Needs nothing but Node and Asterisk's manager interface (manager.conf). Put it behind https, and say in BASE how it is reached.
import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { callbacks } from './callbacks.mjs';
import { manager } from './manager.mjs';
import { messages } from './messages.mjs';
import { recordings } from './recordings.mjs';

const { PORT = '8090', MANAGER_PORT = '5038', SPOOL = '/var/spool/asterisk' } = process.env;
const { MANAGER_USER = 'phone-service', MANAGER_SECRET = 'phone-service' } = process.env;
/** What the addresses of recordings begin with: what stands in front of this program may have another name, and has another scheme. */
const { BASE = `http://127.0.0.1:${PORT}/phone/` } = process.env;
/** Longer bodies say nothing that is known here. */
const LONGEST_BODY = 10_000;

const people = JSON.parse(await readFile(new URL('people.json', import.meta.url), 'utf8'));
const asterisk = await manager({
  host: '127.0.0.1',
  port: Number(MANAGER_PORT),
  username: MANAGER_USER,
  secret: MANAGER_SECRET,
});
// Whoever has started this program starts it again, and calls that were on their way are gone with Asterisk anyway.
asterisk.onClose(() => {
  console.error('Asterisk has closed the manager connection.');
  process.exit(1);
});
const parts = {
  calls: callbacks(asterisk),
  messages: messages(asterisk, SPOOL),
  recordings: recordings(asterisk, SPOOL),
};

class Problem extends Error {
  constructor(status, words) {
    super(words);
    this.status = status;
  }
}
const digest = (text) => createHash('sha256').update(text).digest();

/** Who asks, by name and password (RFC 7617). */
function signedIn({ headers }) {
  const [, encoded = ''] = /^Basic (\S+)$/.exec(headers.authorization ?? '') ?? [];
  const [, user = '', password = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  const person = Object.hasOwn(people, user) ? people[user] : undefined;
  if (!person || !timingSafeEqual(digest(person.password), digest(password))) throw new Problem(401, 'Sign in.');
  return { user, person };
}

async function bodyOf(request) {
  let text = '';
  for await (const piece of request) {
    text += piece;
    if (text.length > LONGEST_BODY) throw new Problem(413, 'That is too long.');
  }
  try {
    const body = JSON.parse(text);
    if (body !== null && typeof body === 'object') return body;
  } catch {
    // Told below.
  }
  throw new Problem(400, 'The body is no JSON object.');
}

function found(thing) {
  if (!thing) throw new Problem(404, 'There is no such thing.');
  return thing;
}

const routes = [
  [
    'POST',
    /^calls$/,
    async ({ user, person, request }) => {
      const body = await bodyOf(request);
      const to = String(body.to ?? '').replace(/[\s().-]/g, '');
      if (!/^[+*#\w]{1,64}$/.test(to)) throw new Problem(400, 'This is no number.');
      const alsoRing = Array.isArray(body.alsoRing) ? body.alsoRing.map(String) : [];
      const id = await parts.calls.start(user, person, { to, alsoRing, correlation: String(body.correlation ?? '') });
      if (!id) throw new Problem(409, 'You have no other phone at the moment.');
      return { status: 201, body: { id } };
    },
  ],
  [
    'GET',
    /^calls\/([\w-]+)$/,
    ({ user, id, response }) => {
      const listener = (change) => {
        response.write(`${JSON.stringify(change)}\n`);
        if ('ended' in change) response.end();
      };
      response.setHeader('Content-Type', 'application/x-ndjson');
      response.on('close', found(parts.calls.watch(user, id, listener)));
    },
  ],
  [
    'DELETE',
    /^calls\/([\w-]+)$/,
    async ({ user, id }) => {
      found(await parts.calls.end(user, id));
      return { status: 204 };
    },
  ],
  ['GET', /^messages$/, async ({ user }) => ({ status: 200, body: { messages: await parts.messages.list(user) } })],
  [
    'GET',
    /^messages\/([\w-]+)\/audio$/,
    async ({ user, id }) => ({
      status: 200,
      audio: found(await parts.messages.audio(user, id)),
    }),
  ],
  [
    'PATCH',
    /^messages\/([\w-]+)$/,
    async ({ user, id, request }) => {
      const { heard } = await bodyOf(request);
      found(await parts.messages.mark(user, id, heard === true));
      return { status: 204 };
    },
  ],
  [
    'DELETE',
    /^messages\/([\w-]+)$/,
    async ({ user, id }) => {
      found(await parts.messages.remove(user, id));
      return { status: 204 };
    },
  ],
  ['GET', /^recordings$/, async () => ({ status: 200, body: { recorder: true } })],
  [
    'POST',
    /^recordings$/,
    async ({ user, request }) => {
      const { call, action } = await bodyOf(request);
      if (!['start', 'pause', 'stop'].includes(action)) throw new Problem(400, 'start, pause or stop?');
      const { state, name } = found(await parts.recordings.change(user, String(call), action));
      return { status: 200, body: { state, ...(name && { url: `${BASE.replace(/\/*$/, '')}/recordings/${name}` }) } };
    },
  ],
];

async function answer(request, response) {
  const { pathname } = new URL(request.url, 'http://localhost');
  const path = pathname.replace(/^\/phone\//, '');
  // Who asks is told by a header, never by a cookie: any page may try.
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Access-Control-Allow-Headers', 'Authorization, Content-Type');
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST, PATCH, DELETE');
  if (request.method === 'OPTIONS') return { status: 204 };
  const [, recording] = /^recordings\/([\w-]+)$/.exec(path) ?? [];
  if (request.method === 'GET' && recording)
    return { status: 200, audio: found(await parts.recordings.audio(recording)) };
  const who = signedIn(request);
  for (const [method, pattern, run] of routes) {
    const [matched, id] = pattern.exec(path) ?? [];
    if (matched !== undefined && method === request.method) return run({ ...who, id, request, response });
  }
  throw new Problem(404, 'There is no such thing.');
}

const server = createServer(async (request, response) => {
  let result;
  try {
    result = await answer(request, response);
  } catch (error) {
    if (!(error instanceof Problem)) console.error(error);
    result = {
      status: error.status ?? 502,
      body: { error: error instanceof Problem ? error.message : 'Asterisk refused it.' },
    };
    if (result.status === 401) response.setHeader('WWW-Authenticate', 'Basic realm="phone"');
  }
  // A stream that goes on.
  if (!result) return;
  const { status, body, audio } = result;
  response.writeHead(status, audio ? { 'Content-Type': 'audio/wav' } : { 'Content-Type': 'application/json' });
  response.end(audio ?? (body && JSON.stringify(body)));
});
server.listen(Number(PORT), '127.0.0.1');
await once(server, 'listening');
console.log(`The phone service listens on http://127.0.0.1:${server.address().port}/phone/`);
