import type { CrmRecord } from '@multiline/core';
import { expect } from '@open-wc/testing';
import { page } from './page-host.ts';

const lucy: CrmRecord = { kind: 'Contact', id: 'lucy', name: 'Lucy Hall' };

describe('page(): screen pop', () => {
  const address = (name: string): string => new URL(`/LICENSE?${name}`, location.href).href;

  it('shows records in one tab beside the page, which cannot reach back', async () => {
    const opened: Window[] = [];
    const host = page({
      open(url, target) {
        const tab = window.open(url, target);
        if (tab) opened.push(tab);
        return tab;
      },
    });
    try {
      await host.pop?.(lucy, address('lucy'));
      await host.pop?.(lucy, address('larry'));
      expect(opened).to.have.length(1);
      expect(opened[0]?.opener).to.equal(null);
    } finally {
      opened.forEach((tab) => tab.close());
    }
  });

  it('opens another tab when the person has closed it', async () => {
    const shown: string[] = [];
    const tabs = [{ closed: false }, { closed: false }] as { closed: boolean; opener?: unknown }[];
    const host = page({ open: (url) => (shown.push(url), tabs[shown.length - 1] as unknown as Window) });
    await host.pop?.(lucy, address('lucy'));
    tabs[0]!.closed = true;
    await host.pop?.(lucy, address('larry'));
    expect(shown).to.deep.equal([address('lucy'), address('larry')]);
  });

  it('opens web addresses only', async () => {
    const shown: string[] = [];
    const host = page({ open: (url) => (shown.push(url), null) });
    for (const url of [
      'javascript:alert(1)',
      'data:text/html,x',
      ' javascript:alert(1)',
      '/relative',
      'file:///x',
      '',
    ]) {
      const error = await Promise.resolve(host.pop?.(lucy, url)).catch((thrown: unknown) => thrown);
      expect(error, url).to.have.property('code', 'unsupported');
    }
    expect(shown).to.deep.equal([]);
  });

  it('says so when the browser opens nothing', async () => {
    const host = page({ open: () => null });
    const error = await Promise.resolve(host.pop?.(lucy, address('lucy'))).catch((thrown: unknown) => thrown);
    expect(error).to.have.property('code', 'unsupported');
    expect(error).to.have.property('message').that.includes('Allow pop-ups');
  });

  it('leaves it to the page when the page wants to, and to nobody when there is no address', async () => {
    const shown: (string | null)[] = [];
    const host = page({ openRecord: (record, url) => void shown.push(record.name, url), open: () => null });
    await host.pop?.(lucy, null);
    expect(shown).to.deep.equal(['Lucy Hall', null]);
    await page({ open: () => null }).pop?.(lucy, null);
  });
});
