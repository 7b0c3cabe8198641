import { MultiLineError } from '@multiline/core';
import type { Tray, TrayItem } from '@multiline/core';
import { manualClock } from '@multiline/testing';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { drawn, scriptedDesk, until } from '../testing/scripted-desk.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { Stillness } from '../testing/still-workspace.ts';
import { NOW } from '../testing/story-calls.ts';
import { ambiguous, conflict, refused, stranger, waiting } from '../testing/story-items.ts';
import type { MlTray } from './tray.ts';
import './tray.ts';

const still = (items: readonly TrayItem[], more: Stillness = {}): StillWorkspace =>
  new StillWorkspace({ tray: { items, waiting: 0 }, ...more });
const show = (workspace: object): Promise<MlTray> => fixture<MlTray>(html`<ml-tray .workspace=${workspace}></ml-tray>`);
const items = (el: MlTray): HTMLElement[] => [...el.renderRoot.querySelectorAll<HTMLElement>('.item')];
const words = (element: Element | null | undefined): string => element?.textContent?.replace(/\s+/gu, ' ').trim() ?? '';
const why = (el: MlTray, index = 0): string => words(items(el)[index]?.querySelector('.why'));
const button = (el: MlTray, index = 0): HTMLButtonElement => items(el)[index]!.querySelector('.actions button')!;
const inner = <E extends HTMLElement & { updateComplete: Promise<boolean>; renderRoot: ParentNode }>(
  el: MlTray,
  name: string,
): E => el.renderRoot.querySelector<E>(name)!;

describe('ml-tray', () => {
  it('is accessible', async () => {
    const el = await show(still([refused, waiting, conflict, ambiguous, stranger]));
    await expect(el).to.be.accessible();
    button(el, 3).click();
    await el.updateComplete;
    await expect(el).to.be.accessible();
  });

  it('counts what waits, and says each reason in words', async () => {
    const el = await show(still([refused, waiting, conflict, ambiguous, stranger]));
    expect(words(el.renderRoot.querySelector('[part="count"]'))).to.equal('5');
    expect(items(el).map((_, index) => why(el, index))).to.deep.equal([
      'Not logged: Priority is required. Change what it names, then try again.',
      'Not logged: The server did not answer in time. Trying again in 24 s.',
      'Notes changed in the CRM',
      '3 matches, choose one',
      'Not in the CRM. Not logged until you say who it is.',
    ]);
  });

  it('counts down to the next attempt, and gives the time of one that is far', async () => {
    const clock = manualClock(NOW);
    const workspace = still([{ ...waiting, retryAt: NOW + 120_000 }], { clock });
    const el = await show(workspace);
    expect(why(el).replace('\u202f', ' ')).to.contain('Next try 10:43 AM.');
    clock.advance(60_000);
    await el.updateComplete;
    expect(why(el)).to.contain('Trying again in 60 s.');
    clock.advance(1000);
    await el.updateComplete;
    expect(why(el)).to.contain('Trying again in 59 s.');
    clock.advance(59_000);
    await el.updateComplete;
    expect(why(el)).to.contain('Trying again now.');
  });

  it('tries again at once, and says so when even that fails', async () => {
    const workspace = still([refused], { refuse: { retryLog: new MultiLineError('no-such-call') } });
    const el = await show(workspace);
    button(el).click();
    expect(workspace.commands).to.deep.equal([['retryLog', 'petra']]);
    await el.updateComplete;
    const notice = await drawn(el, () => el.renderRoot.querySelector('.notice'));
    expect(words(notice)).to.contain('never existed here');
    await drawn(el, () => !button(el).disabled);
    expect(items(el)).to.have.length(1);
  });

  it('shows a log the CRM refuses with the CRM’s own words, and delivers it when asked again', async () => {
    const desk = await scriptedDesk();
    const el = await show(desk.workspace);
    desk.crm.fail(1, new MultiLineError('refused', { message: 'Priority is required.' }), 'logActivity');
    await desk.receive('+14155550101', 5);
    await until(desk.workspace.$tray, ({ items }) => items.length === 1);
    await el.updateComplete;
    expect(why(el)).to.contain('Not logged: Priority is required.');
    const logged = oneEvent(desk.workspace, 'ml-call-logged');
    button(el).click();
    await logged;
    await drawn(el, () => el.renderRoot.querySelector('.empty'));
    expect(desk.crm.activitiesWritten).to.have.length(1);
    await desk.workspace.stop();
  });

  it('lets a person choose among several, and the call is logged to that one', async () => {
    const desk = await scriptedDesk();
    await desk.receive('+14155550104', 5);
    await until(desk.workspace.$tray, ({ items }) => items.length === 1);
    const el = await show(desk.workspace);
    expect(why(el)).to.equal('3 matches, choose one');
    expect(desk.crm.activitiesWritten).to.have.length(0);
    button(el).click();
    await el.updateComplete;
    const choice = inner(el, 'ml-record-choice');
    await choice.updateComplete;
    const associate = choice.renderRoot.querySelector<HTMLButtonElement>('[part="associate"]')!;
    expect(associate.disabled).to.equal(true);
    choice.renderRoot.querySelectorAll<HTMLElement>('input[type="radio"]')[1]!.click();
    await choice.updateComplete;
    const logged = oneEvent(desk.workspace, 'ml-call-logged');
    associate.click();
    await logged;
    expect(desk.crm.activitiesWritten.map(({ record }) => record?.id)).to.deep.equal(['lead-middle']);
    await desk.workspace.stop();
  });

  it('creates nothing for an unknown number, and finds whom it belongs to', async () => {
    const desk = await scriptedDesk();
    await desk.receive('+14155550199', 5);
    await until(desk.workspace.$tray, ({ items }) => items.length === 1);
    const el = await show(desk.workspace);
    expect(words(items(el)[0])).to.contain('(415) 555-0199');
    button(el).click();
    await el.updateComplete;
    const choice = inner(el, 'ml-record-choice');
    await choice.updateComplete;
    choice.renderRoot.querySelector<HTMLElement>('input[type="text"]')!.focus();
    await sendKeys({ type: 'larry' });
    await sendKeys({ press: 'Enter' });
    const radio = await drawn(choice, () => choice.renderRoot.querySelector<HTMLElement>('input[type="radio"]'));
    radio.click();
    await choice.updateComplete;
    const logged = oneEvent(desk.workspace, 'ml-call-logged');
    choice.renderRoot.querySelector<HTMLElement>('[part="associate"]')!.click();
    await logged;
    expect(desk.crm.activitiesWritten.map(({ record }) => record?.id)).to.deep.equal(['lead-larry']);
    expect(desk.crm.served).not.to.include('create');
    await desk.workspace.stop();
  });

  it('keeps both texts of notes that were changed in the CRM too, and saves the one that is to stay', async () => {
    const cases = [
      ['both', 'Wants the Q1 renewal at 40 seats.\n\nRenewal is 45 seats, see the case.'],
      ['ours', 'Wants the Q1 renewal at 40 seats.'],
      ['theirs', 'Renewal is 45 seats, see the case.'],
    ] as const;
    for (const [side, text] of cases) {
      const workspace = still([conflict]);
      const el = await show(workspace);
      const choice = inner(el, 'ml-notes-conflict');
      await choice.updateComplete;
      const radios = [...choice.renderRoot.querySelectorAll<HTMLInputElement>('input')];
      expect(radios.map(({ value, checked }) => [value, checked])).to.deep.equal([
        ['both', true],
        ['ours', false],
        ['theirs', false],
      ]);
      radios.find(({ value }) => value === side)!.click();
      await choice.updateComplete;
      choice.renderRoot.querySelector<HTMLElement>('[part="save"]')!.click();
      expect(workspace.commands).to.deep.equal([['resolveConflict', 'lucy', text]]);
    }
  });

  it('says why the chosen notes could not be saved', async () => {
    const refuse = { resolveConflict: new MultiLineError('forbidden') };
    const el = await show(still([conflict], { refuse }));
    const choice = inner(el, 'ml-notes-conflict');
    await choice.updateComplete;
    choice.renderRoot.querySelector<HTMLElement>('[part="save"]')!.click();
    const notice = await drawn(choice, () => choice.renderRoot.querySelector('.notice.danger'));
    expect(words(notice)).to.contain('They are kept here.');
  });

  it('offers another record where the one of the call was deleted', async () => {
    const failure = { code: 'not-found', message: '', retryable: false } as const;
    const el = await show(still([{ ...ambiguous, reason: 'not-logged', failure }]));
    expect([...items(el)[0]!.querySelectorAll('.actions button')].map(words)).to.deep.equal(['Try again', 'Associate']);
  });

  it('moves the focus on when what had it is settled', async () => {
    const workspace = still([refused, waiting]);
    const el = await show(workspace);
    button(el).focus();
    workspace.$tray.set({ items: [waiting], waiting: 0 });
    await el.updateComplete;
    expect((el.renderRoot as ShadowRoot).activeElement === button(el)).to.equal(true);
    workspace.$tray.set({ items: [], waiting: 0 });
    await el.updateComplete;
    expect((el.renderRoot as ShadowRoot).activeElement === el.renderRoot.querySelector('h2')).to.equal(true);
  });

  it('says that nothing waits only when that is so', async () => {
    const hint = async (tray: Tray, crm = true): Promise<string> => {
      const workspace = new StillWorkspace({ tray });
      return words(
        (await show(crm ? workspace : Object.assign(workspace, { crm: null }))).renderRoot.querySelector('.panel'),
      );
    };
    expect(await hint({ items: [], waiting: 0 })).to.contain('Nothing waits for you Every call and text is logged.');
    const waits = await hint({ items: [], waiting: 2 });
    expect(waits).to.contain('2 calls are on their way to the CRM.');
    expect(waits).not.to.contain('is logged');
    expect(await hint({ items: [], waiting: 0 }, false)).to.contain('No CRM is connected.');
  });

  it('has its empty shape without a workspace', async () => {
    const el = await fixture<MlTray>(html`<ml-tray></ml-tray>`);
    expect(el.matches(':state(unwired)')).to.equal(true);
  });
});
