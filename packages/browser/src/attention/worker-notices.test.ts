import type { Notice } from '@multiline/core';
import { expect } from '@open-wc/testing';
import { browserAttention, type AttentionPlatform } from './browser-attention.ts';
import { workerNotices } from './worker-notices.ts';

/** What a page knows of its worker: messages to it, and messages from it with origin and source. */
class FakeContainer extends EventTarget {
  readonly posted: {
    multiline: string;
    tag?: string;
    title?: string;
    options?: NotificationOptions & { actions?: unknown };
  }[] = [];
  readonly active = { postMessage: (message: FakeContainer['posted'][number]) => void this.posted.push(message) };
  readonly registered: string[] = [];
  refuses = false;
  /** Takes a string or a TrustedScriptURL. */
  async register(url: unknown): Promise<unknown> {
    this.registered.push(String(url));
    if (this.refuses) throw new TypeError('No such script.');
    return { active: this.active };
  }
  says(
    data: unknown,
    { origin = location.origin, source = this.active }: { origin?: string; source?: object | null } = {},
  ): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data, origin, source }));
  }
}

class Granted {
  static permission = 'granted';
  static maxActions = 2;
  static shown: string[] = [];
  constructor(title: string) {
    Granted.shown.push(title);
  }
  addEventListener(): void {
    // Nobody clicks it here.
  }
  close(): void {
    // It shows nothing.
  }
}

const notice = (acted: string[], tag = 'ml-call-1'): Notice => ({
  title: 'Lucy Hall',
  body: 'Incoming call',
  tag,
  actions: [
    { action: 'answer', title: 'Answer' },
    { action: 'decline', title: 'Decline' },
  ],
  onClick: () => acted.push('click'),
  onAction: (action) => acted.push(action),
});

/** Lets the promises of a registration run through. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await null;
}

describe('notifications by a service worker', () => {
  let container: FakeContainer;
  let acted: string[];
  const focused: string[] = [];
  function attention(maxActions = 2) {
    Object.assign(Granted, { maxActions, shown: [] });
    const platform = {
      document,
      navigator: { serviceWorker: container },
      Notification: Granted,
      focus: () => void focused.push('focus'),
    } as unknown as AttentionPlatform;
    return browserAttention({
      platform,
      serviceWorker: '/multiline-sw.js',
      looking: () => false,
      ringtone: () => () => undefined,
    });
  }
  beforeEach(() => {
    container = new FakeContainer();
    acted = [];
    focused.length = 0;
  });

  it('[MV-47] have Answer and Decline, and what is pressed reaches the page', async () => {
    const own = attention();
    await settled();
    expect([container.registered, own.notifications?.()]).to.deep.equal([['/multiline-sw.js'], 'actions']);
    const takeBack = own.notify?.(notice(acted));
    expect(container.posted[0]).to.deep.equal({
      multiline: 'show',
      title: 'Lucy Hall',
      options: {
        body: 'Incoming call',
        tag: 'ml-call-1',
        silent: true,
        requireInteraction: true,
        actions: [
          { action: 'answer', title: 'Answer' },
          { action: 'decline', title: 'Decline' },
        ],
      },
    });
    expect(Granted.shown).to.deep.equal([]);
    container.says({ multiline: 'pressed', tag: 'ml-call-1', action: 'answer' });
    expect([acted, focused]).to.deep.equal([['answer'], ['focus']]);
    takeBack?.();
    own.notify?.(notice(acted, 'ml-call-2'));
    container.says({ multiline: 'pressed', tag: 'ml-call-2', action: 'decline' });
    expect([acted, focused]).to.deep.equal([['answer', 'decline'], ['focus']]);
    expect(container.posted.filter(({ multiline }) => multiline === 'close').map(({ tag }) => tag)).to.deep.equal([
      'ml-call-1',
      'ml-call-2',
    ]);
    own.stop?.();
  });

  it('[MV-47] have buttons that work when the phone was stopped and has begun again', async () => {
    const own = attention();
    await settled();
    own.stop?.();
    own.notify?.(notice(acted));
    container.says({ multiline: 'pressed', tag: 'ml-call-1', action: 'answer' });
    expect(acted).to.deep.equal(['answer']);
    own.stop?.();
  });

  it('listen to nobody but their own worker', async () => {
    const own = attention();
    await settled();
    own.notify?.(notice(acted));
    const pressed = { multiline: 'pressed', tag: 'ml-call-1', action: 'answer' };
    container.says(pressed, { origin: 'https://evil.example' });
    container.says(pressed, { source: {} });
    container.says(pressed, { source: null });
    for (const wrong of [
      null,
      'pressed',
      { ...pressed, tag: 'other' },
      { ...pressed, action: 'hang-up' },
      { ...pressed, multiline: 'x' },
    ])
      container.says(wrong);
    expect(acted).to.deep.equal([]);
    own.stop?.();
    container.says(pressed);
    expect(acted).to.deep.equal([]);
  });

  it('are plain where the worker is missing or the system has no buttons', async () => {
    container.refuses = true;
    const without = attention();
    await settled();
    without.notify?.(notice(acted));
    expect([without.notifications?.(), Granted.shown]).to.deep.equal(['plain', ['Lucy Hall']]);
    without.stop?.();
    container.refuses = false;
    const buttonless = attention(0);
    await settled();
    expect(buttonless.notifications?.()).to.equal('plain');
    buttonless.stop?.();
  });

  it('are there with a real worker', async () => {
    const url = new URL('../../../embed/src/service-worker/multiline-sw.js', import.meta.url).pathname;
    const { serviceWorker } = navigator;
    const registration = await serviceWorker.register(url);
    const { installing, waiting, active } = registration;
    const worker = installing ?? waiting ?? active;
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (worker?.state === 'activated') resolve();
      };
      worker?.addEventListener('statechange', look);
      look();
    });
    const registered = new Promise<void>((resolve) => {
      const real = serviceWorker.register.bind(serviceWorker);
      serviceWorker.register = async (...how) => {
        const made = await real(...how);
        queueMicrotask(() => queueMicrotask(resolve));
        return made;
      };
    });
    const Two = Object.assign(class {}, { maxActions: 2 }) as unknown as typeof Notification;
    const notices = workerNotices(url, { serviceWorker, Notification: Two, origin: location.origin });
    await registered;
    expect(notices.ready).to.equal(true);
    notices.stop();
    Reflect.deleteProperty(serviceWorker, 'register');
    await registration.unregister();
  });
});
