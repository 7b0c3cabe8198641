import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { manualClock } from '@multiline/testing';
import { phoneService, type PhoneServiceOptions } from '../phone-service.ts';
import type { CallbackChange } from './callback.ts';

interface Served {
  readonly line: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

describe('phoneService', () => {
  let server: Server;
  let url: string;
  let served: Served[];
  let answer: (request: IncomingMessage, response: ServerResponse) => void;

  before(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        const line = `${request.method ?? ''} ${request.url ?? ''}`;
        served.push({ line, authorization: request.headers.authorization, body });
        answer(request, response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/phone`;
  });

  after(() => {
    server.closeAllConnections();
    server.close();
  });

  beforeEach(() => (served = []));

  const json = (status: number, value: unknown, headers: Record<string, string> = {}) => {
    return (_request: IncomingMessage, response: ServerResponse): void => {
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(value));
    };
  };
  const service = (options: Partial<PhoneServiceOptions> = {}) =>
    phoneService({ url, user: 'ann', credentials: () => ({ password: 'ä:b' }), ...options });

  it('lists what lies in the mailbox, and leaves out what is none', async () => {
    const good = { id: 'm/1', from: '+14155550101', name: 'Lucy\u202e', at: 5, durationMs: 7, heard: true };
    answer = json(200, { messages: [good, { id: 'm2' }, { from: 'x' }, null, 7, { id: 'm3', at: 'x', heard: 'yes' }] });
    assert.deepEqual(await service().voicemail.list(), [
      { id: 'm/1', from: '+14155550101', name: 'Lucy', at: 5, durationMs: 7, heard: true },
      { id: 'm2', from: '', at: 0, durationMs: 0, heard: false },
      { id: 'm3', from: '', at: 0, durationMs: 0, heard: false },
    ]);
    const basic = Buffer.from('ann:ä:b').toString('base64');
    assert.deepEqual(served, [{ line: 'GET /phone/messages', authorization: `Basic ${basic}`, body: '' }]);
  });

  it('plays, marks and removes a message', async () => {
    const { voicemail } = service({ credentials: () => ({ accessToken: 'sandbox-ann' }) });
    answer = (_request, response) => void response.writeHead(200, { 'Content-Type': 'audio/wav' }).end('RIFF');
    const { type, bytes } = await voicemail.audio('m/1');
    assert.deepEqual([type, Buffer.from(bytes).toString()], ['audio/wav', 'RIFF']);
    answer = (_request, response) => void response.writeHead(204).end();
    await voicemail.mark?.('m/1', true);
    await voicemail.remove?.('m/1');
    assert.deepEqual(served, [
      { line: 'GET /phone/messages/m%2F1/audio', authorization: 'Bearer sandbox-ann', body: '' },
      { line: 'PATCH /phone/messages/m%2F1', authorization: 'Bearer sandbox-ann', body: '{"heard":true}' },
      { line: 'DELETE /phone/messages/m%2F1', authorization: 'Bearer sandbox-ann', body: '' },
    ]);
  });

  it('records, and links to nothing but a page', async () => {
    answer = json(200, { state: 'on', url: '/recordings/1.wav' });
    assert.deepEqual(await service().record('c1', 'start'), {
      state: 'on',
      url: new URL('/recordings/1.wav', url).href,
    });
    assert.equal(served[0]?.body, '{"call":"c1","action":"start"}');
    answer = json(200, { state: 'dancing', url: 'javascript:alert(1)' });
    assert.deepEqual(await service().record('c1', 'stop'), { state: 'off' });
  });

  it('asks once more for credentials that were refused', async () => {
    const reasons: string[] = [];
    const right = 'Bearer right';
    answer = (request, response) => {
      const known = request.headers.authorization === right;
      json(known ? 200 : 401, { messages: [] })(request, response);
    };
    const { voicemail } = service({
      credentials: ({ reason }) => {
        reasons.push(reason);
        return { accessToken: reason === 'rejected' ? 'right' : 'old' };
      },
    });
    await voicemail.list();
    await voicemail.list();
    assert.deepEqual(reasons, ['start', 'rejected']);
    await assert.rejects(service({ credentials: () => ({ accessToken: 'wrong' }) }).voicemail.list(), {
      code: 'auth-failed',
    });
  });

  it('knows whether it records: it says so, or answers 501; whatever else is a recorder', async () => {
    for (const recorder of [true, false]) {
      answer = json(200, { recorder });
      assert.equal(await service().records?.(), recorder);
    }
    for (const [status, records] of [
      [501, false],
      [200, true],
      [404, true],
      [405, true],
      [500, true],
    ] as const) {
      answer = json(status, {});
      assert.equal(await service().records?.(), records, String(status));
    }
    answer = (_request, response) => void response.destroy();
    await assert.rejects(service().records!(), { code: 'network' });
  });

  it('says why it could not, in the words of the service', async () => {
    for (const [status, code] of [
      [400, 'refused'],
      [403, 'forbidden'],
      [404, 'not-found'],
      [409, 'refused'],
      [501, 'unsupported'],
      [500, 'server'],
    ] as const) {
      answer = json(status, { error: 'No such\u0000 thing' });
      await assert.rejects(service().voicemail.list(), { code, message: 'No such  thing' });
    }
    answer = json(503, null, { 'Retry-After': '30' });
    await assert.rejects(service().voicemail.list(), (error: { code: string; retryAt?: number }) => {
      return error.code === 'limit' && (error.retryAt ?? 0) > Date.now() + 25_000;
    });
    answer = (_request, response) => void response.end('<html>');
    await assert.rejects(service().voicemail.list(), { code: 'server' });
    answer = (request) => void request.socket.destroy();
    await assert.rejects(service().voicemail.list(), { code: 'network' });
  });

  it('can be told to stop waiting', async () => {
    const asked = new Promise<void>((resolve) => {
      answer = () => {
        resolve();
      };
    });
    const stop = new AbortController();
    const listing = service().voicemail.list(stop.signal);
    await asked;
    stop.abort(new Error('enough'));
    await assert.rejects(listing, { message: 'enough' });
  });

  describe('a callback', () => {
    const clock = manualClock();
    const request = { to: '+14155550101', alsoRing: ['desk'], correlation: 'x1' };

    async function placed() {
      answer = json(201, { id: 'c/1' });
      return service({ clock }).call(request);
    }

    /** Watches; answers what was heard so far, and when it was the last. */
    function watched(call: Awaited<ReturnType<typeof placed>>, signal = new AbortController().signal) {
      const changes: CallbackChange[] = [];
      const waiting = new Set<() => void>();
      const done = call.watch((change) => {
        changes.push(change);
        for (const look of [...waiting]) look();
      }, signal);
      const count = (wanted: number): Promise<void> =>
        new Promise((resolve) => {
          const look = (): void => {
            if (changes.length >= wanted) resolve();
          };
          waiting.add(look);
          look();
        });
      return { changes, count, done };
    }

    it('tells each stage as it comes', async () => {
      const call = await placed();
      assert.deepEqual(JSON.parse(served[0]?.body ?? ''), request);
      let stream: ServerResponse | undefined;
      const open = new Promise<void>((resolve) => {
        answer = (_request, response) => {
          stream = response;
          response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
          response.write('{"stage":"calling-device"}\n{"sta');
          resolve();
        };
      });
      const { changes, count, done } = watched(call);
      await open;
      await count(1);
      assert.equal(served.at(-1)?.line, 'GET /phone/calls/c%2F1');
      stream?.write('ge":"confirming"}\ngarbage\n{"stage":"dancing"}\n');
      await count(2);
      stream?.end('{"stage":"calling"}\n{"stage":"answered"}\n{"ended":"completed"}');
      await done;
      assert.deepEqual(changes, [
        { stage: 'calling-device' },
        { stage: 'confirming' },
        { stage: 'calling' },
        { stage: 'answered' },
        { ended: 'completed' },
      ]);
    });

    it('is asked about again when the stream breaks', async () => {
      const call = await placed();
      let streams = 0;
      const broken = new Promise<void>((resolve) => {
        answer = (asked, response) => {
          if (++streams === 1) {
            response.writeHead(200);
            response.write('{"stage":"calling"}\n', () => asked.socket.destroy());
            resolve();
          } else {
            response.end('{"stage":"answered"}\n{"ended":"completed"}\n');
          }
        };
      });
      const { changes, count, done } = watched(call);
      await Promise.all([broken, count(1)]);
      while (clock.waiting === 0) await new Promise((resolve) => setImmediate(resolve));
      clock.advance(1_000);
      await done;
      assert.deepEqual(changes, [{ stage: 'calling' }, { stage: 'answered' }, { ended: 'completed' }]);
    });

    it('says that there may have been more when the stream breaks and it is over by then', async () => {
      const call = await placed();
      let streams = 0;
      answer = (asked, response) => {
        if (++streams > 1) response.end('{"ended":"declined"}\n');
        else response.write('{"stage":"confirming"}\n', () => asked.socket.destroy());
      };
      const { changes, count, done } = watched(call);
      await count(1);
      while (clock.waiting === 0) await new Promise((resolve) => setImmediate(resolve));
      clock.advance(1_000);
      await done;
      assert.deepEqual(changes, [{ stage: 'confirming' }, { ended: 'declined', gap: true }]);
    });

    it('has failed when the service knows it no more', async () => {
      const call = await placed();
      answer = json(404, { error: 'gone' });
      const { changes, done } = watched(call);
      await done;
      assert.deepEqual(changes, [{ ended: 'failed' }]);
      await call.end();
      assert.equal(served.at(-1)?.line, 'DELETE /phone/calls/c%2F1');
    });

    it('is no longer watched when that is over', async () => {
      const call = await placed();
      const over = new AbortController();
      answer = (_request, response) => void response.writeHead(200).write('{"stage":"calling"}\n');
      const { changes, count, done } = watched(call, over.signal);
      await count(1);
      over.abort();
      await done;
      assert.deepEqual(changes, [{ stage: 'calling' }]);
    });

    it('was not taken where the answer has no id', async () => {
      answer = json(201, {});
      await assert.rejects(service().call(request), { code: 'server' });
    });
  });
});
