import type { Attention } from '@multiline/core';
import { expect } from '@open-wc/testing';
import { type AttentionPlatform, type BrowserAttentionOptions, browserAttention } from './browser-attention.ts';

/** A Notification that shows nothing and can be clicked. */
class FakeNotification extends EventTarget {
  static permission: NotificationPermission = 'granted';
  static answer: NotificationPermission = 'granted';
  static asked = 0;
  static shown: FakeNotification[] = [];
  static async requestPermission(): Promise<NotificationPermission> {
    this.asked++;
    this.permission = this.answer;
    return this.permission;
  }
  readonly title: string;
  readonly options: NotificationOptions;
  closed = false;
  constructor(title: string, options: NotificationOptions) {
    super();
    this.title = title;
    this.options = options;
    FakeNotification.shown.push(this);
  }
  close(): void {
    this.closed = true;
  }
}

const call = { title: 'Lucy Hall', body: 'Incoming call · Acme', tag: 'ml-call-1' };
const open = (): FakeNotification[] => FakeNotification.shown.filter(({ closed }) => !closed);

/** Elements a test puts on the page; taken away afterwards. */
const added: Element[] = [];
function put(tag: string, style = ''): HTMLElement {
  const element = document.body.appendChild(document.createElement(tag));
  element.style.cssText = style;
  added.push(element);
  return element;
}

const platform: AttentionPlatform = {
  document,
  navigator,
  Notification: FakeNotification as unknown as typeof Notification,
  focus: () => undefined,
};
/** What tests made; stopped afterwards, so that none hears the events of the next test. */
const made: Attention[] = [];
function make(options: BrowserAttentionOptions): Attention {
  const attention = browserAttention(options);
  made.push(attention);
  return attention;
}
const silent = (): (() => void) => () => undefined;

describe('browserAttention: notifications', () => {
  let looking: boolean;
  const look = (value: boolean): void => {
    looking = value;
    window.dispatchEvent(new Event(value ? 'focus' : 'blur'));
  };
  beforeEach(() => {
    looking = false;
    Object.assign(FakeNotification, { permission: 'granted', answer: 'granted', asked: 0, shown: [] });
  });
  afterEach(() => {
    for (const element of added.splice(0)) element.remove();
    for (const attention of made.splice(0)) attention.stop?.();
  });
  const attention = () => make({ platform, looking: () => looking, ringtone: silent });

  it('shows who calls while the person looks elsewhere, until it is taken back', () => {
    const takeBack = attention().notify?.(call);
    const [notification] = open();
    expect(notification?.title).to.equal('Lucy Hall');
    expect(notification?.options).to.include({ body: 'Incoming call · Acme', tag: 'ml-call-1' });
    takeBack?.();
    expect(open()).to.deep.equal([]);
  });

  it('shows nothing while the person looks at the phone, but as soon as they look away', () => {
    looking = true;
    const takeBack = attention().notify?.(call);
    expect(FakeNotification.shown).to.deep.equal([]);
    look(false);
    expect(open()).to.have.length(1);
    look(true);
    expect(open()).to.deep.equal([]);
    takeBack?.();
    look(false);
    expect(open()).to.deep.equal([]);
  });

  it('focuses the page and says so when it is clicked, once', () => {
    const events: string[] = [];
    const own = { ...platform, focus: () => void events.push('focus') };
    const clicked = make({ platform: own, looking: () => looking, ringtone: silent });
    clicked.notify?.({ ...call, onClick: () => events.push('click') });
    FakeNotification.shown[0]?.dispatchEvent(new Event('click'));
    expect(events).to.deep.equal(['focus', 'click']);
    look(true);
    look(false);
    expect(open(), 'comes back after the click').to.deep.equal([]);
  });

  it('replaces the number by the name in the same notification', () => {
    const own = attention();
    const first = own.notify?.({ ...call, title: '(415) 555-0101' });
    own.notify?.(call);
    expect(FakeNotification.shown.map(({ options }) => options.tag)).to.deep.equal(['ml-call-1', 'ml-call-1']);
    first?.();
    expect(open().map(({ title }) => title)).to.deep.equal(['Lucy Hall']);
    own.stop?.();
    expect(open()).to.deep.equal([]);
  });

  it('shows nothing without the permission', () => {
    FakeNotification.permission = 'denied';
    attention().notify?.(call);
    expect(FakeNotification.shown).to.deep.equal([]);
  });

  it('survives a browser that shows notifications by service workers alone', () => {
    class Throwing extends FakeNotification {
      constructor() {
        super('', {});
        throw new TypeError('Illegal constructor');
      }
    }
    const own = { ...platform, Notification: Throwing as unknown as typeof Notification };
    const takeBack = make({ platform: own, looking: () => false }).notify?.(call);
    expect(() => takeBack?.()).not.to.throw();
  });

  it('asks for the permission, and keeps to what was answered', async () => {
    FakeNotification.permission = 'default';
    FakeNotification.answer = 'denied';
    const own = make({ platform: { ...platform, navigator: {} as Navigator }, ringtone: silent });
    expect(own.permission?.()).to.equal('default');
    expect(await own.askPermission?.()).to.equal('denied');
    expect(await own.askPermission?.()).to.equal('denied');
    expect(FakeNotification.asked).to.equal(1);
  });

  it('[MV-46] never asks while a call rings, nor without a gesture', async () => {
    FakeNotification.permission = 'default';
    const active = { userActivation: { isActive: true } } as unknown as Navigator;
    const own = make({ platform: { ...platform, navigator: active }, ringtone: silent });
    const stop = own.ring();
    expect(await own.askPermission?.()).to.equal('default');
    stop();
    const passive = { userActivation: { isActive: false } } as unknown as Navigator;
    const other = make({ platform: { ...platform, navigator: passive }, ringtone: silent });
    expect(await other.askPermission?.()).to.equal('default');
    expect(FakeNotification.asked).to.equal(0);
    expect(await own.askPermission?.()).to.equal('granted');
  });

  it('[ML-13] [MV-45] notifies when the page is hidden, without focus, or its phone scrolled away, and not otherwise', () => {
    let hidden = false;
    let focused = true;
    const page = new Proxy(document, {
      get(target, name) {
        if (name === 'visibilityState') return hidden ? 'hidden' : 'visible';
        if (name === 'hasFocus') return () => focused;
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    const own = make({ platform: { ...platform, document: page }, ringtone: silent });
    const phone = put('ml-softphone', 'position: fixed; top: 0; display: block; width: 100px; height: 100px');
    own.notify?.(call);
    expect(open(), 'while the phone is in view').to.have.length(0);

    hidden = true;
    window.dispatchEvent(new Event('visibilitychange'));
    expect(open(), 'in another tab').to.have.length(1);
    hidden = false;
    window.dispatchEvent(new Event('visibilitychange'));
    expect(open(), 'back in this tab').to.have.length(0);

    focused = false;
    window.dispatchEvent(new Event('blur'));
    expect(open(), 'behind another window').to.have.length(1);
    focused = true;
    window.dispatchEvent(new Event('focus'));
    expect(open(), 'in front again').to.have.length(0);

    phone.style.top = '-5000px';
    document.dispatchEvent(new Event('scroll'));
    expect(open(), 'scrolled away').to.have.length(1);
    phone.style.top = '0';
    document.dispatchEvent(new Event('scroll'));
    expect(open(), 'scrolled back').to.have.length(0);
  });
});

describe('browserAttention where the platform has nothing', () => {
  it('does nothing and says so', async () => {
    const attention = browserAttention({ platform: {} });
    attention.ring()();
    attention.notify?.(call)();
    attention.badge?.(3, 'Lucy Hall');
    attention.badge?.(0);
    expect([attention.permission, attention.askPermission, attention.connectHeadset]).to.deep.equal(
      Array(3).fill(undefined),
    );
    expect(attention.notifications?.()).to.equal('none');
    expect(() => attention.stop?.()).not.to.throw();
  });
});
