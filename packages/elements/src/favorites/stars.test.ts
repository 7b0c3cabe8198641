import { presets } from '@multiline/core';
import type { CrmRecord } from '@multiline/core';
import { manualClock } from '@multiline/testing';
import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { MlRecentCalls } from '../recent-calls/recent-calls.ts';
import '../recent-calls/recent-calls.ts';
import type { MlSearch } from '../search/search.ts';
import '../search/search.ts';
import type { MlPicked } from '../softphone/picked.ts';
import '../softphone/picked.ts';
import { drawn, scriptedDesk } from '../testing/scripted-desk.ts';
import { lucy } from '../testing/still-calls.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import { callsOfADesk, pastCall } from '../testing/story-calls.ts';
import type { MlFavorites } from './favorites.ts';
import './favorites.ts';

interface Drawn {
  readonly renderRoot: Node & ParentNode;
  readonly updateComplete: Promise<unknown>;
}

const words = (element: Element | null | undefined): string => element?.textContent?.replace(/\s+/gu, ' ').trim() ?? '';
const starsOf = ({ renderRoot }: Drawn): HTMLElement[] => [...renderRoot.querySelectorAll<HTMLElement>('.star')];
const star = (el: Drawn, who: string): HTMLElement => starsOf(el).find((one) => one.ariaLabel?.endsWith(who))!;
const told = (el: Drawn): string[] => [...el.renderRoot.querySelectorAll('.unseen[role="status"] p')].map(words);
const pressed = async (el: Drawn, who: string): Promise<string | null> => {
  star(el, who).click();
  await drawn(el, () => told(el).length > 0);
  await el.updateComplete;
  return star(el, who).ariaPressed;
};
const recents = (workspace: object, filter = 'all'): Promise<MlRecentCalls> =>
  fixture<MlRecentCalls>(html`<ml-recent-calls .workspace=${workspace} filter=${filter}></ml-recent-calls>`);

describe('the star of a favorite', () => {
  for (const filter of ['all', 'missed', 'received', 'dialed'])
    it(`[MV-04] adds by a click on the empty one and removes by one on the solid one, in the list ${filter}`, async () => {
      const desk = await scriptedDesk();
      await desk.receive('+14155550101', 0);
      await desk.receive('+14155550101', 5);
      await desk.place('+14155550101', 5);
      const written = structuredClone(desk.crm.activitiesWritten);
      const el = await recents(desk.workspace, filter);
      const [first] = starsOf(el);
      expect([first?.ariaLabel, first?.ariaPressed]).to.deep.equal(['Add to favorites: Lucy Hall', 'false']);
      expect(getComputedStyle(first!.querySelector('.icon')!).fill).to.equal('none');
      expect(await pressed(el, 'Lucy Hall')).to.equal('true');
      expect(desk.workspace.$favorites.get()?.map(({ number, name }) => [number, name])).to.deep.equal([
        ['+14155550101', 'Lucy Hall'],
      ]);
      expect(told(el)).to.deep.equal(['Added to favorites']);
      for (const one of starsOf(el))
        expect([one.ariaLabel, getComputedStyle(one.querySelector('.icon')!).fill]).to.deep.equal([
          'Remove from favorites: Lucy Hall',
          getComputedStyle(one).color,
        ]);
      expect(await pressed(el, 'Lucy Hall')).to.equal('false');
      await drawn(el, () => told(el).length === 2);
      expect(told(el)).to.deep.equal(['Added to favorites', 'Removed from favorites']);
      expect(desk.workspace.$favorites.get()).to.deep.equal([]);
      expect(desk.crm.activitiesWritten).to.deep.equal(written);
      await desk.workspace.stop();
    });

  it('[MV-04] stands in search results too, and the CRM is only read', async () => {
    const clock = manualClock();
    const other: CrmRecord = { kind: 'Account', id: '1', name: 'Lumen' };
    const workspace = new StillWorkspace({
      clock,
      search: () => [
        { record: lucy, numbers: ['(415) 555-0101'] },
        { record: other, numbers: [] },
      ],
    });
    const el = await fixture<MlSearch>(html`<ml-search .workspace=${workspace}></ml-search>`);
    el.focus();
    await sendKeys({ type: 'lu' });
    await el.updateComplete;
    await clock.run(200);
    await el.updateComplete;
    expect(starsOf(el).map(({ ariaLabel }) => ariaLabel)).to.deep.equal(['Add to favorites: Lucy Hall']);
    expect(await pressed(el, 'Lucy Hall')).to.equal('true');
    const changes = workspace.commands.filter(([verb]) => verb !== 'search' && verb !== 'prepareDial');
    expect(changes).to.deep.equal([['addFavorite', '(415) 555-0101', { record: lucy }]]);
  });

  it('stands beside a number that was clicked and in the details of a call', async () => {
    const workspace = new StillWorkspace({
      dialField: { text: '(415) 555-0101', record: lucy },
      recentCalls: { state: 'ready', calls: callsOfADesk },
    });
    const picked = await fixture<MlPicked>(html`<ml-picked .workspace=${workspace}></ml-picked>`);
    expect(starsOf(picked).map(({ ariaLabel }) => ariaLabel)).to.deep.equal(['Add to favorites']);
    expect(await pressed(picked, 'favorites')).to.equal('true');
    const details = await fixture<MlRecentCalls>(
      html`<ml-call-details .workspace=${workspace} call-id="elsewhere"></ml-call-details>`,
    );
    expect(await pressed(details, 'favorites')).to.equal('true');
    expect(workspace.$favorites.get()?.map(({ number }) => number)).to.deep.equal([
      '(415) 555-0101',
      '+14155550106 x12',
    ]);
  });

  it('is one for all who share a number, and says whose the number is kept as', async () => {
    const other: CrmRecord = { kind: 'Contact', id: '7', name: 'Max Hall' };
    const match = { state: 'matched', record: other, candidates: [], why: null } as const;
    const workspace = new StillWorkspace({
      favorites: [{ number: '+14155550101', name: 'Lucy Hall', record: lucy }],
      recentCalls: { state: 'ready', calls: [pastCall('max', 1000, 5, { match, number: '+14155550101' })] },
    });
    const el = await recents(workspace);
    const label = 'Remove from favorites: Lucy Hall';
    expect(starsOf(el).map(({ ariaLabel, title }) => [ariaLabel, title])).to.deep.equal([[label, label]]);
    star(el, 'Lucy Hall').click();
    await drawn(el, () => star(el, 'Max Hall')?.ariaPressed === 'false');
    expect(starsOf(el).map(({ ariaLabel }) => ariaLabel)).to.deep.equal(['Add to favorites: Max Hall']);
  });

  it('keeps the name of the wire where there is no record, and does not stand beside a withheld number', async () => {
    const match = { state: 'unknown', record: null, candidates: [], why: null } as const;
    const workspace = new StillWorkspace({
      recentCalls: {
        state: 'ready',
        calls: [
          pastCall('stranger', 1000, 5, { match, displayName: 'WIRELESS CALLER', number: '+14155550199' }),
          pastCall('withheld', 2000, 5, { match, number: '' }),
        ],
      },
    });
    const el = await recents(workspace);
    expect(starsOf(el)).to.have.length(1);
    await pressed(el, 'WIRELESS CALLER');
    expect(workspace.commands).to.deep.equal([
      ['addFavorite', '+14155550199', { record: null, name: 'WIRELESS CALLER' }],
    ]);
  });

  it('[MV-10] says in words that there are as many as there may be, until one has been removed', async () => {
    const desk = await scriptedDesk({ policy: presets.default({ lists: { favorites: 1 } }) });
    await desk.receive('+14155550101', 5);
    await desk.receive('+14155550102', 5);
    const el = await recents(desk.workspace);
    const list = await fixture<MlFavorites>(html`<ml-favorites .workspace=${desk.workspace}></ml-favorites>`);
    await pressed(el, 'Lucy Hall');
    star(el, 'Larry Thomas').click();
    const notice = await drawn(el, () => el.renderRoot.querySelector('[role="alert"]'));
    expect(words(notice)).to.equal('There are as many favorites as there may be. Remove one of them first.');
    expect(star(el, 'Larry Thomas').ariaPressed).to.equal('false');
    await expect(el).to.be.accessible();
    await list.updateComplete;
    star(list, 'Lucy Hall').click();
    await drawn(el, () => !el.renderRoot.querySelector('[role="alert"]'));
    expect(await pressed(el, 'Larry Thomas')).to.equal('true');
    await desk.workspace.stop();
  });
});
