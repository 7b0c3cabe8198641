import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, beforeEach, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { startSandbox, type Sandbox } from './sandbox.ts';

const ORIGIN = 'https://crm.example';

describe('the sandbox over HTTP', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox({
      gallery: async (request, response) => {
        if (request.url === '/broken') throw new Error('the gallery stumbled');
        if (request.url !== '/desk/') return false;
        response.end('the desk');
        return true;
      },
    });
  });
  after(() => sandbox.stop());
  beforeEach(() => sandbox.reset());

  const api = (path: string, init: RequestInit = {}, host = 'localhost') =>
    fetch(`http://${host}:${sandbox.port}/services/data/v68.0${path}`, {
      ...init,
      headers: {
        Authorization: 'Bearer sandbox-ann',
        'Content-Type': 'application/json',
        ...(init.headers as Record<string, string>),
      },
    });
  const control = (method: string, path: string, body?: unknown) =>
    fetch(`${sandbox.url}__sandbox__/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const logCall = (key = 'k') =>
    api(`/sobjects/Task/ML_Call_Key__c/${key}`, { method: 'PATCH', body: '{"Subject":"Call","TaskSubtype":"Call"}' });
  const logged = (key = 'k') => sandbox.org.rows('Task').filter((row) => row['ML_Call_Key__c'] === key).length;

  it('answers under localhost and 127.0.0.1', async () => {
    assert.equal(sandbox.url, `http://localhost:${sandbox.port}/`);
    for (const host of ['localhost', '127.0.0.1']) assert.equal((await api('/limits', {}, host)).status, 200);
  });

  it('tells the API usage, and lets a page read it', async () => {
    const reply = await api('/limits', { headers: { Origin: ORIGIN } });
    assert.equal(reply.headers.get('sforce-limit-info'), 'api-usage=1/15000');
    assert.equal(reply.headers.get('access-control-allow-origin'), ORIGIN);
    assert.match(reply.headers.get('access-control-expose-headers') ?? '', /Sforce-Limit-Info/);
    assert.equal(reply.headers.get('content-type'), 'application/json;charset=UTF-8');
  });

  it('allows a preflight what it asks for, without a token', async () => {
    const reply = await fetch(`${sandbox.url}services/data/v68.0/sobjects/Task`, {
      method: 'OPTIONS',
      headers: {
        Origin: ORIGIN,
        'Access-Control-Request-Method': 'PATCH',
        'Access-Control-Request-Headers': 'authorization,sforce-call-options',
      },
    });
    assert.equal(reply.status, 200);
    assert.equal(reply.headers.get('access-control-allow-headers'), 'authorization,sforce-call-options');
    assert.match(reply.headers.get('access-control-allow-methods') ?? '', /PATCH/);
  });

  it('sends no CORS header to an origin outside the allowlist', async () => {
    assert.equal((await control('PATCH', 'org', { corsAllowlist: [ORIGIN] })).status, 200);
    const foreign = await api('/limits', { headers: { Origin: 'https://evil.example' } });
    assert.equal(foreign.headers.get('access-control-allow-origin'), null);
    const own = await api('/limits', { headers: { Origin: ORIGIN } });
    assert.equal(own.headers.get('access-control-allow-origin'), ORIGIN);
  });

  it('serves refusals as they are, errors readable by the page too', async () => {
    const reply = await fetch(`${sandbox.url}services/data/v68.0/limits`, { headers: { Origin: ORIGIN } });
    assert.equal(reply.status, 401);
    assert.equal(reply.headers.get('access-control-allow-origin'), ORIGIN);
    assert.deepEqual(await reply.json(), [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);
  });

  it('leaves the rest to the gallery, and says when nothing is there', async () => {
    assert.equal(await (await fetch(`${sandbox.url}desk/`)).text(), 'the desk');
    assert.equal((await fetch(`${sandbox.url}nothing`)).status, 404);
    assert.equal((await fetch(`${sandbox.url}broken`)).status, 500);
  });

  it('lists the requests it served, and forgets them on demand', async () => {
    await api('/limits');
    await api('/sobjects/Nope');
    const served = (await (await control('GET', 'requests')).json()) as {
      method: string;
      path: string;
      status: number;
      at: number;
    }[];
    assert.deepEqual(
      served.map(({ method, path, status }) => [method, path, status]),
      [
        ['GET', '/services/data/v68.0/limits', 200],
        ['GET', '/services/data/v68.0/sobjects/Nope', 404],
      ],
    );
    assert.ok(served.every(({ at }) => Math.abs(at - Date.now()) < 60_000));
    await control('DELETE', 'requests');
    assert.deepEqual(await (await control('GET', 'requests')).json(), []);
  });

  it('resets the data and everything else', async () => {
    await logCall();
    await control('PATCH', 'org', { apiEnabled: false });
    assert.equal((await control('POST', 'reset')).status, 204);
    assert.equal(logged(), 0);
    assert.equal((await api('/limits')).status, 200);
  });

  it('refuses a control it does not have or cannot understand, and says why', async () => {
    assert.equal((await control('GET', 'nothing')).status, 404);
    assert.equal((await control('GET', 'reset')).status, 404);
    for (const [path, body, why] of [
      ['org', { nope: 1 }, /no setting "nope"/],
      ['org', [], /an object/],
      ['faults', { match: '(', action: { hang: true } }, /not a regular expression/],
      ['faults', { match: 'x', action: {} }, /needs "action"/],
      ['faults', { match: 'x', times: 0, action: { drop: true } }, /"times"/],
      ['faults', { action: { drop: true } }, /needs "match"/],
    ] as const) {
      const reply = await control('POST', path, body);
      assert.equal(reply.status, 400);
      assert.match(((await reply.json()) as { message: string }).message, why);
    }
    assert.equal((await fetch(`${sandbox.url}__sandbox__/faults`, { method: 'POST', body: '{' })).status, 400);
  });

  describe('with faults', () => {
    it('fails the next matching requests, as many as asked', async () => {
      await control('POST', 'faults', {
        match: '^PATCH .*/Task/',
        times: 2,
        action: { status: 503, headers: { 'Retry-After': '3' } },
      });
      assert.equal((await api('/limits')).status, 200);
      const first = await logCall();
      assert.equal(first.status, 503);
      assert.equal(first.headers.get('retry-after'), '3');
      assert.equal(((await first.json()) as { errorCode: string }[])[0]?.errorCode, 'SERVER_UNAVAILABLE');
      assert.deepEqual(await (await control('GET', 'faults')).json(), [
        { match: '^PATCH .*/Task/', times: 1, action: { status: 503, headers: { 'Retry-After': '3' } } },
      ]);
      assert.equal((await logCall()).status, 503);
      assert.equal(logged(), 0);
      assert.equal((await logCall()).status, 201);
    });

    it('answers with a body of choice', async () => {
      sandbox.org.faults.add({ match: '/limits', action: { status: 500, body: 'not even a list' } });
      assert.equal(await (await api('/limits')).json(), 'not even a list');
    });

    it('cuts the connection before the write, or after it', async () => {
      sandbox.org.faults.add({ match: 'PATCH', action: { drop: true } });
      await assert.rejects(logCall());
      assert.equal(logged(), 0);
      sandbox.org.faults.add({ match: 'PATCH', action: { dropAfterWrite: true } });
      await assert.rejects(logCall());
      assert.equal(logged(), 1);
      assert.equal(
        (await logCall('k')).status,
        400,
        'the subtype of a task that is there already cannot be sent again',
      );
      assert.deepEqual(
        sandbox.requests.list().map(({ status }) => status),
        [0, 0, 400],
      );
    });

    it('hangs until the caller gives up', async () => {
      sandbox.org.faults.add({ match: '/limits', action: { hang: true } });
      const patience = new AbortController();
      const hanging = api('/limits', { signal: patience.signal });
      // Served after the hanging one, so that one has arrived by then.
      assert.equal((await api('/sobjects')).status, 200);
      patience.abort();
      await assert.rejects(hanging, { name: 'AbortError' });
    });

    it('carries out late what it delays', async () => {
      sandbox.org.faults.add({ match: 'PATCH', action: { delayMs: 30 } });
      const started = performance.now();
      assert.equal((await logCall()).status, 201);
      assert.ok(performance.now() - started >= 25);
    });

    it('expires all tokens in mid-call; a refreshed one goes on', async () => {
      sandbox.org.faults.add({ match: 'PATCH', action: { expireTokens: true } });
      assert.equal((await logCall()).status, 401);
      const refreshed = await fetch(`${sandbox.url}services/oauth2/token`, {
        method: 'POST',
        body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'refresh-ann' }),
      });
      const { access_token: token } = (await refreshed.json()) as { access_token: string };
      assert.equal((await api('/limits', { headers: { Authorization: `Bearer ${token}` } })).status, 200);
      assert.equal((await api('/limits')).status, 401);
    });

    it('spares the control plane, and clears them on demand', async () => {
      await control('POST', 'faults', [{ match: '.', times: 9, action: { drop: true } }]);
      assert.equal((await control('DELETE', 'faults')).status, 204);
      assert.equal((await api('/limits')).status, 200);
    });
  });

  it('takes SIP sockets at /sip alone, and of subprotocol sip alone', async () => {
    const open = (path: string, protocol: string) => new WebSocket(`ws://localhost:${sandbox.port}${path}`, protocol);
    const sip = open('/sip', 'sip');
    await once(sip, 'open');
    assert.equal(sip.protocol, 'sip');
    sip.terminate();
    const [error] = (await once(open('/elsewhere', 'sip'), 'error')) as [Error];
    assert.match(error.message, /404/);
    const [odd] = (await once(open('//', 'sip'), 'error')) as [Error];
    assert.match(odd.message, /404/);
    const [refused] = (await once(open('/sip', 'chat'), 'error')) as [Error];
    assert.match(refused.message, /subprotocol/);
  });
});

describe('starting and stopping', () => {
  it('says so when the port is taken', async () => {
    const first = await startSandbox();
    await assert.rejects(startSandbox({ port: first.port }), { code: 'EADDRINUSE' });
    await first.stop();
  });

  it('ends every connection on stop, hanging ones and sockets too', async () => {
    const sandbox = await startSandbox();
    const sip = new WebSocket(`ws://127.0.0.1:${sandbox.port}/sip`, 'sip');
    await once(sip, 'open');
    sandbox.org.faults.add({ match: '/limits', action: { hang: true } });
    const hanging = assert.rejects(fetch(`${sandbox.url}services/data/v68.0/limits`));
    // Answered after the hanging request has arrived.
    await fetch(`${sandbox.url}services/data`);
    const closed = once(sip, 'close');
    await sandbox.stop();
    await Promise.all([hanging, closed]);
    const again = await startSandbox({ port: sandbox.port });
    await again.stop();
  });
});
