import { MultiLineError } from '@multiline/core';
import type { SearchResult } from '@multiline/core';
import { manualClock, memoryCrm } from '@multiline/testing';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { MlDialEvent, MlPopEvent, MlSendEvent } from '../events/intents.ts';
import { scriptedDesk } from '../testing/scripted-desk.ts';
import { larry, lucy } from '../testing/still-calls.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { Stillness } from '../testing/still-workspace.ts';
import type { MlSearch } from './search.ts';
import './search.ts';

const people: readonly SearchResult[] = [
  { record: lucy, numbers: ['+14155550101'] },
  { record: larry, numbers: ['+14155550102'] },
];

const desk = (still: Stillness = {}): StillWorkspace & { clock: ReturnType<typeof manualClock> } =>
  new StillWorkspace({ clock: manualClock(), search: () => people, ...still }) as never;
const show = (workspace: StillWorkspace): Promise<MlSearch> =>
  fixture<MlSearch>(html`<ml-search .workspace=${workspace}></ml-search>`);
const find = <E extends HTMLElement>(el: MlSearch, selector: string): E => el.renderRoot.querySelector<E>(selector)!;
const rows = (el: MlSearch): string[] =>
  [...el.renderRoot.querySelectorAll('.row')].map((row) =>
    [...row.querySelectorAll('.avatar, .grow')].map((one) => one.textContent.replace(/\s+/g, ' ').trim()).join(' '),
  );
const typed = async (el: MlSearch, workspace: ReturnType<typeof desk>, text: string): Promise<void> => {
  el.focus();
  await sendKeys({ type: text });
  await el.updateComplete;
  await workspace.clock.run(200);
  await el.updateComplete;
};

describe('ml-search', () => {
  it('is accessible, with results too', async () => {
    const workspace = desk();
    const el = await show(workspace);
    await expect(el).to.be.accessible();
    await typed(el, workspace, 'l');
    expect(rows(el)).to.have.length(0);
    await typed(el, workspace, 'u');
    await expect(el).to.be.accessible();
  });

  it('[MV-29] finds people by name and number, told by word and shape, asking once the typing rests', async () => {
    const workspace = desk();
    const el = await show(workspace);
    await typed(el, workspace, 'hall');
    expect(workspace.commands.filter(([verb]) => verb === 'search')).to.deep.equal([['search', 'hall']]);
    expect(rows(el)).to.deep.equal([
      'LH Lucy Hall Contact · Acme (415) 555-0101',
      'LT Larry Thomas Lead · Globex (415) 555-0102',
    ]);
    expect(find(el, '[role="status"]').textContent).to.equal('2 results');
    expect(find(el, '.lead.avatar').textContent).to.equal('LT');
  });

  it('[XB-04] drops leads and contacts down in one list, their kinds told by word, glyph and shape, not by colour alone', async () => {
    const records = [
      { kind: 'Contact', id: 'contact-harper', name: 'Harper Finch', numbers: ['+14155550191'] },
      { kind: 'Lead', id: 'lead-harper', name: 'Harper Stone', numbers: ['+14155550192'] },
    ];
    const { workspace, clock } = await scriptedDesk({ crm: memoryCrm({ records }) });
    const el = await fixture<MlSearch>(html`<ml-search .workspace=${workspace}></ml-search>`);
    el.focus();
    await sendKeys({ type: 'harper' });
    await el.updateComplete;
    await clock.run(200);
    await el.updateComplete;
    const list = find(el, '.results');
    expect(list.getBoundingClientRect().top).to.be.at.least(find(el, '.field').getBoundingClientRect().bottom);
    const told = [...list.children].map((row) => ({
      name: row.querySelector('.who')!.textContent,
      word: row.querySelector('.kind span')!.textContent,
      glyph: row.querySelector('.kind svg')!.innerHTML,
      corner: getComputedStyle(row.querySelector('.avatar')!).borderRadius,
    }));
    expect(told.map(({ name, word }) => [name, word])).to.have.deep.members([
      ['Harper Finch', 'Contact'],
      ['Harper Stone', 'Lead'],
    ]);
    expect(new Set(told.map(({ glyph }) => glyph)).size).to.equal(2);
    expect(new Set(told.map(({ corner }) => corner)).size).to.equal(2);
    await workspace.stop();
  });

  it('[MV-31] dials the number in the field with Enter, and empties it', async () => {
    const workspace = desk({ search: () => [] });
    const el = await show(workspace);
    el.focus();
    await sendKeys({ type: '(415) 555-0199' });
    setTimeout(() => void sendKeys({ press: 'Enter' }));
    const event = await oneEvent<MlDialEvent>(el, 'ml-dial');
    expect(event.number).to.equal('(415) 555-0199');
    await workspace.clock.run(0);
    expect(workspace.commands.filter(([verb]) => verb === 'dial')).to.deep.equal([['dial', '(415) 555-0199', {}]]);
    expect(workspace.$dialField.get().text).to.equal('');
  });

  it('leaves dialing to whoever cancels ml-dial', async () => {
    const workspace = desk({ dialField: { text: '1002' } });
    const el = await show(workspace);
    el.addEventListener('ml-dial', (event) => event.preventDefault());
    el.focus();
    await sendKeys({ press: 'Enter' });
    expect(workspace.commands.some(([verb]) => verb === 'dial')).to.equal(false);
    expect(workspace.$dialField.get().text).to.equal('1002');
  });

  it('[MV-30] puts a chosen number into the field, editable, or dials it at once by the setting', async () => {
    const workspace = desk({ settings: { dialMode: 'edit' } });
    const el = await show(workspace);
    await typed(el, workspace, 'lucy');
    find(el, '.choose').click();
    await el.updateComplete;
    expect(workspace.$dialField.get()).to.deep.include({ text: '+14155550101', record: lucy });
    expect(find<HTMLInputElement>(el, 'input').value).to.equal('+14155550101');
    expect(rows(el)).to.have.length(0);
    await sendKeys({ press: 'Backspace' });
    expect(workspace.$dialField.get()).to.deep.include({ text: '+1415555010', record: null });
    workspace.$settings.set({ ...workspace.$settings.get(), dialMode: 'immediate' });
    await sendKeys({ press: 'Escape' });
    await typed(el, workspace, 'lucy');
    find(el, '.choose').click();
    expect(workspace.commands.at(-1)).to.deep.equal(['dial', '+14155550101', { record: lucy }]);
  });

  it('[MV-14] dials by a click on a number found, and opens the record by the icon of a person', async () => {
    const workspace = desk();
    const el = await show(workspace);
    await typed(el, workspace, 'lucy');
    const number = find(el, '[part="number"]');
    expect([number.textContent.trim(), number.ariaLabel]).to.deep.equal(['(415) 555-0101', 'Call (415) 555-0101']);
    expect(find(el, '.choose').textContent.trim()).to.equal('Lucy Hall, Contact, Acme');
    const glyph = find(el, '.kind-icon');
    expect(glyph.ariaLabel).to.equal('Open the record of Lucy Hall');
    setTimeout(() => glyph.click());
    expect((await oneEvent<MlPopEvent>(el, 'ml-pop')).record).to.equal(lucy);
    expect(workspace.commands.some(([verb]) => verb === 'dial')).to.equal(false);
    setTimeout(() => number.click());
    const dial = await oneEvent<MlDialEvent>(el, 'ml-dial');
    expect([dial.number, dial.record]).to.deep.equal(['+14155550101', lucy]);
    expect(workspace.commands.at(-1)).to.deep.equal(['dial', '+14155550101', { record: lucy }]);
  });

  it('calls and messages from a row', async () => {
    const workspace = desk();
    const el = await show(workspace);
    await typed(el, workspace, 'lucy');
    el.addEventListener('ml-send', (event) => event.preventDefault());
    setTimeout(() => find(el, '.message').click());
    const sent = await oneEvent<MlSendEvent>(el, 'ml-send');
    expect([sent.number, sent.body]).to.deep.equal(['+14155550101', '']);
    expect(find(el, '.call').ariaLabel).to.equal('Call Lucy Hall');
    find(el, '.call').click();
    expect(workspace.commands.at(-1)?.[0]).to.equal('dial');
  });

  it('goes through the results by arrows and back to the field', async () => {
    const workspace = desk();
    const el = await show(workspace);
    await typed(el, workspace, 'l');
    await typed(el, workspace, 'a');
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'ArrowDown' });
    for (const _ of ['glyph', 'number', 'star', 'call']) await sendKeys({ press: 'ArrowRight' });
    const active = (): HTMLElement => (el.renderRoot as ShadowRoot).activeElement as HTMLElement;
    expect(active().ariaLabel).to.equal('Call Larry Thomas');
    await sendKeys({ press: 'Home' });
    await sendKeys({ press: 'ArrowUp' });
    expect(active().localName).to.equal('input');
  });

  it('says that nobody was found, and that the search did not work', async () => {
    let answer: () => Promise<readonly SearchResult[]> = () => Promise.resolve([]);
    const workspace = desk({ search: () => answer() });
    const el = await show(workspace);
    await typed(el, workspace, 'nobody');
    expect(find(el, '.none').textContent).to.contain('Nobody found');
    answer = () => Promise.reject(new MultiLineError('server', { message: 'Salesforce did not answer.' }));
    await typed(el, workspace, 'x');
    expect(find(el, '.notice').textContent).to.contain('Salesforce did not answer.');
    await expect(el).to.be.accessible();
    answer = () => Promise.resolve(people);
    find(el, '.notice button').click();
    await workspace.clock.run(0);
    await el.updateComplete;
    expect(rows(el)).to.have.length(2);
  });

  it('drops the answer to an earlier text', async () => {
    const answers: ((results: readonly SearchResult[]) => void)[] = [];
    const workspace = desk({ search: () => new Promise((resolve) => answers.push(resolve)) });
    const el = await show(workspace);
    await typed(el, workspace, 'lu');
    expect(el.matches(':state(searching)')).to.equal(true);
    await typed(el, workspace, 'c');
    answers[1]?.([people[1]!]);
    await workspace.clock.run(0);
    answers[0]?.(people);
    await workspace.clock.run(0);
    await el.updateComplete;
    expect(rows(el)).to.have.length(1);
  });

  it('takes the focus when a number on the page is clicked', async () => {
    const workspace = desk();
    const el = await show(workspace);
    await workspace.pickNumber('(415) 555-0101', lucy);
    await el.updateComplete;
    expect((el.renderRoot as ShadowRoot).activeElement?.localName).to.equal('input');
    expect(find<HTMLInputElement>(el, 'input').value).to.equal('(415) 555-0101');
    await workspace.clock.run(1000);
    expect(workspace.commands.some(([verb]) => verb === 'search')).to.equal(false);
  });

  it('clears with Escape', async () => {
    const workspace = desk();
    const el = await show(workspace);
    await typed(el, workspace, 'lucy');
    await sendKeys({ press: 'Escape' });
    await el.updateComplete;
    expect(workspace.$dialField.get().text).to.equal('');
    expect(rows(el)).to.have.length(0);
  });

  it('has its empty shape without a workspace', async () => {
    const el = await fixture<MlSearch>(html`<ml-search></ml-search>`);
    expect(el.matches(':state(unwired)')).to.equal(true);
  });
});
