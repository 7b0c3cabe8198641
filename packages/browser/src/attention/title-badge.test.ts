import { expect } from '@open-wc/testing';
import { browserAttention } from './browser-attention.ts';

describe('browserAttention: title', () => {
  const own = document.title;
  const attention = browserAttention({ ringtone: () => () => undefined });
  beforeEach(() => {
    document.title = 'Cases';
  });
  afterEach(() => {
    attention.stop?.();
    document.title = own;
  });

  it('counts in the title and gives it back', () => {
    attention.badge?.(2);
    expect(document.title).to.equal('(2) Cases');
    attention.badge?.(3);
    expect(document.title).to.equal('(3) Cases');
    attention.badge?.(0);
    expect(document.title).to.equal('Cases');
  });

  it('says who rings', () => {
    attention.badge?.(1, 'Lucy Hall');
    expect(document.title).to.equal('Lucy Hall · Cases');
    attention.badge?.(2, '<b>Lucy</b>');
    expect(document.title).to.equal('(2) <b>Lucy</b> · Cases');
    attention.badge?.(0);
    expect(document.title).to.equal('Cases');
  });

  it('keeps its mark when the page changes its title, and leaves the new title behind', async () => {
    attention.badge?.(1);
    document.title = 'Case 42';
    await new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        if (document.title !== '(1) Case 42') return;
        observer.disconnect();
        resolve();
      });
      observer.observe(document.head, { childList: true, characterData: true, subtree: true });
    });
    attention.badge?.(0);
    expect(document.title).to.equal('Case 42');
  });

  it('leaves a title alone that the page has changed at the last moment', () => {
    attention.badge?.(1);
    document.title = 'Case 43';
    attention.badge?.(0);
    expect(document.title).to.equal('Case 43');
  });

  it('marks the badge of an installed app, whatever the browser answers', () => {
    const marks: number[] = [];
    const badging = {
      setAppBadge: (count: number) => (marks.push(count), Promise.reject(new Error('not installed'))),
      clearAppBadge: () => (marks.push(0), Promise.resolve()),
    } as unknown as Navigator;
    const badged = browserAttention({ platform: { navigator: badging } });
    badged.badge?.(2);
    badged.badge?.(0);
    expect(marks).to.deep.equal([2, 0]);
  });
});
