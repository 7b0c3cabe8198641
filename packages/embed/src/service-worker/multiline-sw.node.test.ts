import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { runInNewContext } from 'node:vm';

const source = await readFile(new URL('multiline-sw.js', import.meta.url), 'utf8');

interface Shown {
  readonly title: string;
  readonly tag: string;
  readonly data: unknown;
  closed: boolean;
  close(): void;
}

/** A worker's scope after the Service Workers and Notifications standards, as far as the script uses it. */
function scope(pages: readonly string[]) {
  const listeners = new Map<string, (event: unknown) => void>();
  const notices: Shown[] = [];
  const told: string[] = [];
  const clients = pages.map((id) => ({
    id,
    type: 'window',
    url: `https://crm.example/${id}`,
    postMessage: ({ action, tag }: { action: string; tag: string }) => told.push(`${id} ${action} ${tag}`),
    focus: async () => void told.push(`focus ${id}`),
  }));
  const self = {
    location: { origin: 'https://crm.example' },
    addEventListener: (type: string, listener: (event: unknown) => void) => listeners.set(type, listener),
    registration: {
      async showNotification(title: string, options: { tag: string; data: unknown }) {
        const notice: Shown = { ...options, title, closed: false, close: () => void (notice.closed = true) };
        notices.push(notice);
      },
      getNotifications: async ({ tag }: { tag: string }) =>
        notices.filter((notice) => notice.tag === tag && !notice.closed),
    },
    clients: {
      get: async (id: string) => clients.find((client) => client.id === id),
      matchAll: async () => clients,
      openWindow: async (url: string) => void told.push(`open ${url}`),
    },
  };
  runInNewContext(source, { self });
  async function fire(type: string, event: object): Promise<void> {
    const waits: Promise<unknown>[] = [];
    listeners.get(type)?.({ ...event, waitUntil: (work: Promise<unknown>) => waits.push(work) });
    await Promise.all(waits);
  }
  const from = (id: string) => ({ id, type: 'window', url: `https://crm.example/${id}` });
  return {
    notices,
    told,
    leave: (id: string) =>
      void clients.splice(
        clients.findIndex((client) => client.id === id),
        1,
      ),
    say: (id: string, data: unknown, origin = 'https://crm.example') =>
      fire('message', { data, origin, source: from(id) }),
    press: (notification: object, action: string) => fire('notificationclick', { notification, action }),
  };
}

const show = { multiline: 'show', title: 'Lucy Hall', options: { tag: 'ml-call-1', body: 'Incoming call' } };

describe('multiline-sw.js', () => {
  it('[MV-47] shows what a page asks for, and tells that page which button was pressed', async () => {
    const worker = scope(['a', 'b']);
    await worker.say('b', show);
    const [notice] = worker.notices;
    assert.ok(notice);
    assert.equal(notice.title, 'Lucy Hall');
    await worker.press(notice, 'answer');
    assert.deepEqual([worker.told.splice(0), notice.closed], [['b answer ml-call-1', 'focus b'], true]);
    await worker.press(notice, 'decline');
    assert.deepEqual(worker.told.splice(0), ['b decline ml-call-1']);
    await worker.press(notice, '');
    assert.deepEqual(worker.told.splice(0), ['b click ml-call-1', 'focus b']);
  });

  it('takes a notice back, in the order it was asked', async () => {
    const worker = scope(['a']);
    await Promise.all([worker.say('a', show), worker.say('a', { multiline: 'close', tag: 'ml-call-1' })]);
    assert.deepEqual(
      worker.notices.map(({ closed }) => closed),
      [true],
    );
  });

  it('tells every page when the one that asked is gone, and opens it anew when none is left', async () => {
    const worker = scope(['a', 'b']);
    await worker.say('a', show);
    const [notice] = worker.notices;
    assert.ok(notice);
    worker.leave('a');
    await worker.press(notice, 'answer');
    assert.deepEqual(worker.told.splice(0), ['b answer ml-call-1', 'focus b']);
    worker.leave('b');
    await worker.press(notice, '');
    assert.deepEqual(worker.told.splice(0), ['open https://crm.example/a']);
  });

  it('hears nothing of other origins, of nonsense, nor of notices that are not its own', async () => {
    const worker = scope(['a']);
    await worker.say('a', show, 'https://evil.example');
    for (const wrong of [null, 'show', {}, { multiline: 'other' }]) await worker.say('a', wrong);
    assert.deepEqual(worker.notices, []);
    const foreign = { tag: 'x', data: null, closed: false, close: () => assert.fail('It is not ours.') };
    await worker.press(foreign, '');
    assert.deepEqual(worker.told, []);
  });
});
