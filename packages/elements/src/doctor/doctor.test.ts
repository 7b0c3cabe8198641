import { MultiLineError } from '@multiline/core';
import type { Finding } from '@multiline/core';
import { expect, fixture, html } from '@open-wc/testing';
import { drawn } from '../testing/scripted-desk.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { MlDoctor } from './doctor.ts';
import './doctor.ts';

const show = (workspace: StillWorkspace): Promise<MlDoctor> =>
  fixture<MlDoctor>(html`<ml-doctor .workspace=${workspace}></ml-doctor>`);
const words = (element: Element | null | undefined): string => element?.textContent?.replace(/\s+/gu, ' ').trim() ?? '';
const buttons = (el: MlDoctor): HTMLButtonElement[] => [...el.renderRoot.querySelectorAll('button')];
const rows = (el: MlDoctor): string[] => [...el.renderRoot.querySelectorAll('.finding')].map(words);
const status = (el: MlDoctor): string => words(el.renderRoot.querySelector('[role="status"]'));

const troubles: Finding[] = [
  { check: 'microphone', state: 'failed', finding: 'mic-denied' },
  { check: 'round-trip', state: 'warning', finding: 'round-trip-slow', values: { ms: 320 } },
  { check: 'server', state: 'ok', finding: 'nobody-knows-this' },
];

describe('ml-doctor', () => {
  it('[MV-44] runs when asked to alone, and tells each finding with its remedy in words', async () => {
    const workspace = new StillWorkspace({ findings: troubles });
    const el = await show(workspace);
    expect(workspace.commands).to.deep.equal([]);
    buttons(el)[0]!.click();
    await drawn(el, () => status(el) !== '');
    expect(rows(el)).to.deep.equal([
      'Microphone, Does not work The browser blocks the microphone. Allow it for this site, then call again.',
      'Round trip, Works in part Answers take 320 ms. Use a cable or move closer to the router.',
      'Phone server, Works Works',
    ]);
    expect(status(el)).to.equal('2 things need you.');
    expect(words(buttons(el)[0])).to.equal('Run again');
    await expect(el).to.be.accessible();
  });

  it('says that everything works', async () => {
    const el = await show(new StillWorkspace({ findings: troubles.slice(2) }));
    buttons(el)[0]!.click();
    await drawn(el, () => status(el) !== '');
    expect(status(el)).to.equal('Everything works.');
  });

  it('shows what is being tried, in its place, until it is stopped', async () => {
    const workspace = new StillWorkspace();
    let aborted = false;
    let tell: (finding: Finding) => void = () => undefined;
    workspace.diagnose = (listener, signal) => {
      tell = listener;
      signal?.addEventListener('abort', () => (aborted = true));
      return new Promise(() => undefined);
    };
    const el = await show(workspace);
    buttons(el)[0]!.click();
    tell({ check: 'microphone', state: 'running', finding: 'running' });
    await el.updateComplete;
    expect([rows(el), el.matches(':state(running)')]).to.deep.equal([['Microphone, Trying'], true]);
    tell({ check: 'microphone', state: 'failed', finding: 'mic-missing' });
    tell({ check: 'server', state: 'running', finding: 'running' });
    await el.updateComplete;
    expect(rows(el)).to.have.length(2);
    buttons(el)[0]!.click();
    await el.updateComplete;
    expect([aborted, rows(el).length, el.matches(':state(running)')]).to.deep.equal([true, 1, false]);
  });

  it('stops when it leaves the page', async () => {
    const workspace = new StillWorkspace();
    let aborted = false;
    workspace.diagnose = (_listener, signal) => {
      signal?.addEventListener('abort', () => (aborted = true));
      return new Promise(() => undefined);
    };
    const el = await show(workspace);
    buttons(el)[0]!.click();
    el.remove();
    expect(aborted).to.equal(true);
  });

  it('says when the test could not run', async () => {
    const el = await show(new StillWorkspace({ refuse: { diagnose: new MultiLineError('not-ready') } }));
    buttons(el)[0]!.click();
    const alert = await drawn(el, () => el.renderRoot.querySelector('[role="alert"]'));
    expect(words(alert)).to.contain('The test could not run.');
  });

  it('[MV-53] gives the log to download', async () => {
    const el = await show(new StillWorkspace());
    const { click } = HTMLAnchorElement.prototype;
    let saved: Promise<string> | undefined;
    let name = '';
    HTMLAnchorElement.prototype.click = function () {
      name = this.download;
      saved = fetch(this.href).then((response) => response.text());
    };
    try {
      buttons(el)[1]!.click();
    } finally {
      HTMLAnchorElement.prototype.click = click;
    }
    expect([name, await saved]).to.deep.equal(['multiline-log.txt', 'nothing happened']);
  });

  for (const direction of ['ltr', 'rtl']) {
    it(`fits into 320 px, ${direction}`, async () => {
      const el = await show(new StillWorkspace({ findings: troubles }));
      el.dir = direction;
      el.style.cssText = 'display: block; inline-size: 320px';
      buttons(el)[0]!.click();
      await drawn(el, () => status(el) !== '');
      expect(el.renderRoot.querySelector('section')!.scrollWidth).to.be.at.most(320);
    });
  }

  it('has its empty shape without a workspace', async () => {
    const el = await fixture<MlDoctor>(html`<ml-doctor></ml-doctor>`);
    expect(el.matches(':state(unwired)')).to.equal(true);
  });
});
