import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, beforeEach, describe, it } from 'node:test';
import { startSandbox, type Sandbox } from '../http/sandbox.ts';
import { connectDeskPhone, type DeskPhone } from '../testing/desk-phone.ts';

const BEARER = 'Bearer sandbox-ann';
const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

describe('the phone service', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox({ sip: { confirmMs: 5_000 } });
  });
  after(() => sandbox.stop());
  beforeEach(() => sandbox.reset());

  const ask = (method: string, path: string, body?: unknown, authorization = BEARER) =>
    fetch(`${sandbox.url}phone/${path}`, {
      method,
      headers: { Authorization: authorization, Origin: 'https://crm.example' },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  const errorOf = async (reply: Response) => {
    const { error } = (await reply.json()) as { error: string };
    return [reply.status, error];
  };

  it('takes the credentials of the phone or the token of the org, and says 401 to everybody else', async () => {
    for (const good of [BEARER, basic('ann', 'ann'), basic('+14155550001', 'ann')]) {
      assert.equal((await ask('GET', 'messages', undefined, good)).status, 200, good);
    }
    for (const bad of ['', 'Bearer sandbox-zed', basic('ann', 'wrong'), basic('zed', 'zed'), 'Basic !']) {
      const reply = await ask('GET', 'messages', undefined, bad);
      assert.equal(reply.status, 401, bad);
      assert.equal(reply.headers.get('www-authenticate'), 'Basic realm="phone"');
      assert.equal(reply.headers.get('access-control-allow-origin'), 'https://crm.example');
    }
  });

  it('answers a preflight', async () => {
    const reply = await fetch(`${sandbox.url}phone/messages/m1`, {
      method: 'OPTIONS',
      headers: {
        Origin: 'https://crm.example',
        'Access-Control-Request-Method': 'PATCH',
        'Access-Control-Request-Headers': 'authorization,content-type',
      },
    });
    assert.equal(reply.status, 204);
    assert.match(reply.headers.get('access-control-allow-methods') ?? '', /PATCH/);
    assert.equal(reply.headers.get('access-control-allow-headers'), 'authorization,content-type');
  });

  interface Message {
    readonly id: string;
    readonly from: string;
    readonly name?: string;
    readonly durationMs: number;
    readonly heard: boolean;
  }
  const messages = async (authorization?: string) => {
    const reply = await ask('GET', 'messages', undefined, authorization);
    return ((await reply.json()) as { messages: Message[] }).messages;
  };

  it('lists, plays, marks and deletes the messages of the user alone', async () => {
    const [fresh, old] = await messages();
    assert.deepEqual([fresh?.from, fresh?.heard, old?.name, old?.heard], ['+14155550199', false, 'Lucy Hall', true]);
    const audio = await ask('GET', `messages/${fresh?.id ?? ''}/audio`);
    assert.equal(audio.headers.get('content-type'), 'audio/wav');
    const wav = Buffer.from(await audio.arrayBuffer());
    assert.equal(wav.toString('latin1', 0, 4), 'RIFF');
    // 16-bit samples at 8 kHz, as long as the list says, and not silent.
    assert.equal(wav.length - 44, (fresh?.durationMs ?? 0) * 16);
    assert.ok(Math.abs(wav.readInt16LE(44 + 8)) > 1_000);
    assert.equal((await ask('PATCH', `messages/${fresh?.id ?? ''}`, { heard: true })).status, 204);
    assert.equal((await ask('DELETE', `messages/${old?.id ?? ''}`)).status, 204);
    assert.deepEqual(
      (await messages()).map(({ id, heard }) => [id, heard]),
      [[fresh?.id, true]],
    );
    assert.deepEqual(await messages('Bearer sandbox-bob'), []);
    const foreign = await ask('DELETE', `messages/${fresh?.id ?? ''}`, undefined, 'Bearer sandbox-bob');
    assert.deepEqual(await errorOf(foreign), [404, 'There is no such message.']);
  });

  it('says that it has no recorder, without a failure in the page', async () => {
    const response = await ask('GET', 'recordings');
    assert.deepEqual([response.status, await response.json()], [200, { recorder: false }]);
  });

  it('says in words what is wrong', async () => {
    const [message] = await messages();
    const path = `messages/${message?.id ?? ''}`;
    for (const [method, where, body, status, words] of [
      ['PATCH', path, { heard: 'yes' }, 400, /"heard"/],
      ['PATCH', path, 'no JSON', 400, /"heard"/],
      ['GET', 'messages/x/audio', undefined, 404, /no such message/],
      ['PUT', path, {}, 405, /PUT/],
      ['GET', 'faxes', undefined, 404, /calls, messages and recordings/],
      ['POST', 'recordings', { call: 'c', action: 'start' }, 501, /nothing to record/],
      ['POST', 'calls', { to: 'nobody' }, 400, /"to"/],
      ['POST', 'calls', { to: '*78' }, 400, /"to"/],
      ['POST', 'calls', [], 400, /"to"/],
      ['POST', 'calls', { to: '1002', alsoRing: ['fridge'] }, 400, /"alsoRing"/],
      ['POST', 'calls', { to: '1002', correlation: 7 }, 400, /"correlation"/],
      ['POST', 'calls', { to: '1002' }, 409, /other phones/],
      ['GET', 'calls/x', undefined, 404, /no such call/],
      ['PUT', 'calls/x', undefined, 405, /PUT/],
    ] as const) {
      const [given, error] = await errorOf(await ask(method, where, body));
      assert.equal(given, status, `${method} ${where}`);
      assert.match(String(error), words);
    }
  });

  describe('calls', () => {
    const phones: DeskPhone[] = [];
    const phone = async (user: string, name: string, script?: { press: string }) => {
      const server = `${sandbox.url.replace('http', 'ws')}sip`;
      const connected = await connectDeskPhone({ server, user, name, ...(script ? { script } : {}) });
      phones.push(connected);
      return connected;
    };
    after(() => Promise.all(phones.map((one) => one.close())));

    it('rings the mobile, and the desk phone if asked for, wants a key, and streams how far it is', async () => {
      const mobile = await phone('ann', 'Mobile');
      const desk = await phone('ann', 'Desk phone');
      await phone('ann', 'MultiLine');
      const lucy = await phone('+14155550101', 'Browser');
      const reply = await ask('POST', 'calls', { to: '+14155550101', correlation: 'crm-42' });
      assert.equal(reply.status, 201);
      const { id } = (await reply.json()) as { id: string };
      const stream = await ask('GET', `calls/${id}`);
      assert.equal(stream.headers.get('content-type'), 'application/x-ndjson');
      const call = await mobile.call();
      await call.answer();
      await call.press('1');
      const answered = await lucy.call();
      await answered.answer();
      await answered.hangUp();
      const lines = (await stream.text()).trim().split('\n');
      assert.deepEqual(lines.map((line) => JSON.parse(line) as unknown).slice(-4), [
        { stage: 'confirming' },
        { stage: 'calling' },
        { stage: 'answered' },
        { ended: 'completed' },
      ]);
      const again = await ask('POST', 'calls', { to: '+14155550101', alsoRing: ['desk'] });
      const both = (await again.json()) as { id: string };
      const [atMobile, atDesk] = [await mobile.call(), await desk.call()];
      assert.equal((await ask('DELETE', `calls/${both.id}`)).status, 204);
      await Promise.all([atMobile.ended, atDesk.ended]);
      const [, error] = await errorOf(await ask('GET', `calls/${both.id}`, undefined, 'Bearer sandbox-bob'));
      assert.equal(error, 'There is no such call.');
    });

    it('outlives a listener that goes away', async () => {
      const carol = await phone('carol', 'Mobile');
      const reply = await ask('POST', 'calls', { to: '1002' }, 'Bearer sandbox-carol');
      const { id } = (await reply.json()) as { id: string };
      const call = await carol.call();
      const listener = new AbortController();
      const first = await fetch(`${sandbox.url}phone/calls/${id}`, {
        headers: { Authorization: 'Bearer sandbox-carol' },
        signal: listener.signal,
      });
      assert.equal(first.status, 200);
      listener.abort();
      call.refuse(486);
      const last = await ask('GET', `calls/${id}`, undefined, 'Bearer sandbox-carol');
      assert.match(await last.text(), /{"ended":"busy"}\n$/);
    });
  });

  describe('the control plane', () => {
    const control = (method: string, path: string, body?: unknown) =>
      fetch(`${sandbox.url}__sandbox__/${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });

    it('reads and sets what becomes of somebody’s calls', async () => {
      const started = { dnd: false, forward: null, voicemail: false };
      assert.deepEqual(await (await control('GET', 'users/ann')).json(), started);
      const changed = await control('PATCH', 'users/ann', { dnd: true, voicemail: true, forward: '1002' });
      assert.deepEqual(await changed.json(), { dnd: true, forward: '1002', voicemail: true });
      assert.deepEqual(sandbox.sip.handlings.of('ann'), { dnd: true, forward: '1002', voicemail: true });
      for (const wrong of [{ dnd: 1 }, { forward: 'nobody' }, { mood: 'good' }, null]) {
        assert.equal((await control('PATCH', 'users/ann', wrong)).status, 400);
      }
      assert.equal((await control('GET', 'users/zed')).status, 404);
    });

    it('cuts, stalls and resumes the sockets of a user, and refuses new ones for a while', async () => {
      const url = `${sandbox.url.replace('http', 'ws')}sip`;
      const connect = async () => {
        const { connectAgent } = await import('../sip/testing/scripted-agent.ts');
        return connectAgent(url, 'dave');
      };
      const dave = await connect();
      await dave.register();
      assert.deepEqual(await (await control('POST', 'sockets', { user: 'dave', action: 'stall' })).json(), {
        sockets: 1,
      });
      dave.sendText('\r\n\r\n');
      const other = await connect();
      await other.register();
      // The stalled socket is open and silent; what waited comes when it goes on.
      assert.equal(sandbox.sip.inject('dave', 'ping'), 2);
      assert.equal(await other.text(), 'ping');
      assert.deepEqual(dave.inbox, []);
      await control('POST', 'sockets', { user: 'dave', action: 'resume' });
      assert.deepEqual([await dave.text(), await dave.text()].sort(), ['\r\n', 'ping']);
      assert.deepEqual(await (await control('POST', 'sockets', { user: '1004', action: 'cut' })).json(), {
        sockets: 2,
      });
      await Promise.all([dave.closed, other.closed]);
      await control('POST', 'sockets', { refuseMs: 60_000 });
      const { WebSocket } = await import('ws');
      const [error] = (await once(new WebSocket(url, 'sip'), 'error')) as [Error];
      assert.match(error.message, /503/);
      await control('POST', 'sockets', { refuseMs: 0 });
      await (await connect()).close();
      for (const wrong of [{ user: 'dave', action: 'tickle' }, { action: 'cut' }, { refuseMs: 'long' }]) {
        assert.equal((await control('POST', 'sockets', wrong)).status, 400);
      }
    });
  });
});
