import { tabsConformance } from '@multiline/testing';
import { expect } from '@open-wc/testing';
import { browserTabs } from './tabs.ts';

let owners = 0;
const newOwner = (): string => `sip:tabs-${Date.now()}-${owners++}@sandbox.test`;

describe('browserTabs', () => {
  // Every tab stands in a frame of its own, so that it can be killed: the browser then takes its locks away.
  tabsConformance({
    it,
    make() {
      const frames = new Map<object, HTMLIFrameElement>();
      return {
        another() {
          const frame = document.body.appendChild(document.createElement('iframe'));
          const tab = browserTabs({ platform: frame.contentWindow as Window & typeof globalThis });
          frames.set(tab, frame);
          return tab;
        },
        owner: newOwner,
        kill: (tab) => frames.get(tab)?.remove(),
        stop: () => frames.forEach((frame) => frame.remove()),
      };
    },
  });

  it('takes lock and channel of its page when told nothing', async () => {
    const tab = browserTabs();
    const owner = newOwner();
    await tab.join(owner);
    const { held } = await navigator.locks.query();
    expect(held?.some(({ name }) => name === `multiline:${owner}`)).to.equal(true);
    await tab.leave();
  });

  it('leads nobody when it leaves while it is still joining', async () => {
    const [tab, other] = [browserTabs(), browserTabs()];
    const owner = newOwner();
    const joining = tab.join(owner);
    await tab.leave();
    await joining;
    expect(tab.$leading.get()).to.equal(false);
    await other.join(owner);
    expect(other.$leading.get()).to.equal(true);
    await other.leave();
  });
});

describe('browserTabs where the platform lacks something', () => {
  const refusing = { request: () => Promise.reject(new DOMException('denied', 'SecurityError')) };
  const throwing = class {
    constructor() {
      throw new DOMException('denied', 'SecurityError');
    }
  };
  const platforms = {
    'no locks': { navigator: {}, BroadcastChannel },
    'no channels': { navigator },
    'no navigator': { BroadcastChannel },
    'locks that are denied': { navigator: { locks: refusing as unknown as LockManager }, BroadcastChannel },
    'channels that are denied': { navigator, BroadcastChannel: throwing as unknown as typeof BroadcastChannel },
  };

  for (const [title, platform] of Object.entries(platforms)) {
    it(`is alone and leads at once with ${title}`, async () => {
      const tab = browserTabs({ platform });
      await tab.join(newOwner());
      expect(tab.$leading.get()).to.equal(true);
      tab.publish('to nobody');
      await tab.leave();
      expect(tab.$leading.get()).to.equal(false);
    });
  }
});
