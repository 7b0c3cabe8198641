import { MultiLineError } from '@multiline/core';
import type { Favorite } from '@multiline/core';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { MlDialEvent, MlPopEvent, MlSendEvent } from '../events/intents.ts';
import { drawn } from '../testing/scripted-desk.ts';
import { lucy, stillCall } from '../testing/still-calls.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { Stillness } from '../testing/still-workspace.ts';
import { favoritesOfADesk, manyFavorites, unknownFavorites } from '../testing/story-favorites.ts';
import type { MlFavorites } from './favorites.ts';
import './favorites.ts';

const still = (favorites: readonly Favorite[] | null = favoritesOfADesk, more: Stillness = {}): StillWorkspace =>
  new StillWorkspace({ favorites, ...more });
const show = (workspace: StillWorkspace): Promise<MlFavorites> =>
  fixture<MlFavorites>(html`<ml-favorites .workspace=${workspace}></ml-favorites>`);
const words = (element: Element | null | undefined): string => element?.textContent?.replace(/\s+/gu, ' ').trim() ?? '';
const rows = (el: MlFavorites): HTMLElement[] => [...el.renderRoot.querySelectorAll<HTMLElement>('.row')];
const names = (el: MlFavorites): string[] => rows(el).map((row) => words(row.querySelector('.who')));
const row = (el: MlFavorites, name: string): HTMLElement => rows(el)[names(el).indexOf(name)]!;
const press = (el: MlFavorites, name: string, what: string): void =>
  row(el, name).querySelector<HTMLElement>(what)!.click();
const active = (el: MlFavorites): string => {
  const element = (el.renderRoot as ShadowRoot).activeElement;
  return element?.ariaLabel ?? words(element);
};
const dialed = ({ commands }: StillWorkspace): unknown[] => commands.filter(([verb]) => verb === 'dial');

describe('ml-favorites', () => {
  it('is accessible', async () => {
    await expect(await show(still())).to.be.accessible();
    await expect(await show(still([]))).to.be.accessible();
  });

  it('[MV-10] lists them by name as the user’s language sorts, with kind, company and number, and how many there may be', async () => {
    const workspace = still();
    const el = await show(workspace);
    expect(words(el.renderRoot.querySelector('h2'))).to.equal('Favorites');
    expect(names(el)).to.deep.equal(['Bob Marsh', 'Joan Bearish', 'Lucy Hall', 'Petra Person']);
    expect(rows(el).map((one) => words(one.querySelector('.kind')))).to.deep.equal([
      'Colleague 1002',
      'Contact · Initech (415) 555-0103',
      'Contact · Acme (415) 555-0101',
      'Person Account +44 20 7946 0105',
    ]);
    expect(words(el.renderRoot.querySelector('[part="count"]'))).to.equal('4 of 50');
    workspace.$favorites.set(
      ['Zoë', 'Ängström'].map((name, index) => ({ number: `+1415555010${String(index)}`, name, record: null })),
    );
    await el.updateComplete;
    expect(names(el)).to.deep.equal(['Ängström', 'Zoë']);
    workspace.$user.set({ ...workspace.$user.get(), locale: 'sv-SE' });
    await el.updateComplete;
    expect(names(el)).to.deep.equal(['Zoë', 'Ängström']);
  });

  it('[MV-14] dials by a click on a number or on Call, and opens the record by the icon of the person', async () => {
    const workspace = still();
    const el = await show(workspace);
    for (const what of ['.dial', '.call']) {
      setTimeout(() => press(el, 'Lucy Hall', what));
      const dial = await oneEvent<MlDialEvent>(el, 'ml-dial');
      expect([dial.number, dial.record]).to.deep.equal(['+14155550101', lucy]);
    }
    const wanted = ['dial', '+14155550101', { record: lucy }];
    expect(dialed(workspace)).to.deep.equal([wanted, wanted]);
    const glyph = row(el, 'Lucy Hall').querySelector<HTMLElement>('.kind-icon')!;
    expect(glyph.ariaLabel).to.equal('Open the record of Lucy Hall');
    setTimeout(() => glyph.click());
    expect((await oneEvent<MlPopEvent>(el, 'ml-pop')).record).to.deep.equal(lucy);
    expect(dialed(workspace)).to.have.length(2);
    el.addEventListener('ml-dial', (event) => event.preventDefault());
    press(el, 'Joan Bearish', '.dial');
    expect(dialed(workspace)).to.have.length(2);
    el.addEventListener('ml-send', (event) => event.preventDefault());
    setTimeout(() => press(el, 'Joan Bearish', '.message'));
    expect((await oneEvent<MlSendEvent>(el, 'ml-send')).number).to.equal('+14155550103');
  });

  it('puts whom a click on the row chooses into the field; where clicks dial at once, it dials', async () => {
    const workspace = still();
    const el = await show(workspace);
    press(el, 'Lucy Hall', '.choose');
    expect(workspace.commands.at(-1)).to.deep.equal(['pickNumber', '+14155550101', lucy]);
    workspace.$settings.set({ ...workspace.$settings.get(), dialMode: 'immediate' });
    press(el, 'Lucy Hall', '.choose');
    expect(workspace.commands.at(-1)).to.deep.equal(['dial', '+14155550101', { record: lucy }]);
    workspace.$settings.set({ ...workspace.$settings.get(), dialMode: 'edit' });
    press(el, 'Lucy Hall', '.call');
    expect(workspace.commands.at(-1)).to.deep.equal(['pickNumber', '+14155550101', lucy]);
  });

  it('gives the number to what waits for a target instead of calling', async () => {
    const calls = [stillCall()];
    const targeting = { callId: 'call-1', purpose: 'transfer', text: '', record: null, clicks: 0 } as const;
    const workspace = still(favoritesOfADesk, { calls, targeting, settings: { dialMode: 'immediate' } });
    const el = await show(workspace);
    for (const what of ['.dial', '.call', '.choose']) {
      press(el, 'Bob Marsh', what);
      expect(workspace.commands.at(-1)?.slice(0, 2)).to.deep.equal(['pickNumber', '1002']);
    }
    expect(dialed(workspace)).to.deep.equal([]);
  });

  it('[MV-04] removes by the solid star, says so, and leaves the focus in the list', async () => {
    const workspace = still();
    const el = await show(workspace);
    const star = row(el, 'Joan Bearish').querySelector<HTMLElement>('.star')!;
    expect([star.ariaPressed, star.ariaLabel, star.title]).to.deep.equal([
      'true',
      'Remove from favorites: Joan Bearish',
      'Remove from favorites',
    ]);
    star.focus();
    await sendKeys({ press: 'Enter' });
    await el.updateComplete;
    expect(workspace.commands).to.deep.equal([['removeFavorite', '+14155550103']]);
    expect(names(el)).to.deep.equal(['Bob Marsh', 'Lucy Hall', 'Petra Person']);
    expect(words(el.renderRoot.querySelector('[role="status"]'))).to.equal('Removed from favorites');
    expect(active(el)).to.equal('Remove from favorites: Lucy Hall');
    for (const left of ['Petra Person', 'Bob Marsh']) {
      await sendKeys({ press: 'Enter' });
      await el.updateComplete;
      expect(active(el)).to.equal(`Remove from favorites: ${left}`);
    }
    await sendKeys({ press: 'Enter' });
    await el.updateComplete;
    expect([active(el), el.matches(':state(empty)')]).to.deep.equal(['Favorites', true]);
    expect(words(el.renderRoot.querySelector('.empty'))).to.contain('No favorites yet');
  });

  it('says in words why somebody could not be removed, until something has changed', async () => {
    const workspace = still(favoritesOfADesk, { refuse: { removeFavorite: new MultiLineError('timeout') } });
    const el = await show(workspace);
    press(el, 'Lucy Hall', '.star');
    const notice = await drawn(el, () => el.renderRoot.querySelector('[role="alert"]'));
    expect(words(notice)).to.equal('The server did not answer in time.');
    workspace.$favorites.set(favoritesOfADesk.slice(1));
    await el.updateComplete;
    expect(el.renderRoot.querySelector('[role="alert"]')).to.equal(null);
  });

  it('is one tab stop, with arrows between rows and within one', async () => {
    const el = await show(still());
    const stops = el.renderRoot.querySelectorAll(
      '[part="list"] [tabindex="0"], [part="list"] :is(a, button):not([tabindex])',
    );
    expect(stops).to.have.length(1);
    row(el, 'Joan Bearish').querySelector<HTMLElement>('.choose')!.focus();
    const walked: string[] = [];
    for (const press of ['ArrowLeft', 'ArrowLeft', ...Array<string>(5).fill('ArrowRight')]) {
      await sendKeys({ press });
      walked.push(active(el));
    }
    expect(walked).to.deep.equal([
      'Call (415) 555-0103',
      'Open the record of Joan Bearish',
      'Call (415) 555-0103',
      'Joan Bearish, Contact, Initech',
      'Remove from favorites: Joan Bearish',
      'Call Joan Bearish',
      'Message Joan Bearish',
    ]);
    await sendKeys({ press: 'ArrowDown' });
    expect(active(el)).to.equal('Message Lucy Hall');
  });

  it('tells strangers, colleagues and extensions apart, the number standing for a name', async () => {
    const el = await show(still(unknownFavorites));
    expect(
      rows(el).map((one) => `${words(one.querySelector('.who'))} | ${words(one.querySelector('.kind'))}`),
    ).to.deep.equal([
      '(415) 555-0106 x12 | Not in the CRM',
      '(415) 555-0198 | Not in the CRM',
      'Carol Diaz | Colleague 1003',
      'WIRELESS CALLER | Not in the CRM (415) 555-0199',
    ]);
    expect(rows(el)[0]?.querySelector('.dial')?.ariaLabel).to.equal('Call (415) 555-0106 x12');
  });

  it('shows them all where there are as many as there may be, bars while they are read, and its empty shape unwired', async () => {
    const el = await show(still(manyFavorites));
    expect([rows(el).length, words(el.renderRoot.querySelector('[part="count"]'))]).to.deep.equal([50, '50 of 50']);
    const loading = await show(still(null));
    expect([loading.matches(':state(loading)'), loading.renderRoot.querySelector('.bones') !== null]).to.deep.equal([
      true,
      true,
    ]);
    const unwired = await fixture<MlFavorites>(html`<ml-favorites></ml-favorites>`);
    expect(unwired.matches(':state(unwired)')).to.equal(true);
  });
});
