import { MultiLineError, asFailure } from '@multiline/core';
import type { Call, CallLog, RecordRef } from '@multiline/core';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { MlPopEvent } from '../events/intents.ts';
import { scriptedDesk } from '../testing/scripted-desk.ts';
import type { ScriptedDesk } from '../testing/scripted-desk.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { MlCallDetails } from './call-details.ts';
import type { MlRecentCalls } from './recent-calls.ts';
import { ambiguousCall, callsOfADesk, liveCall, lucysCall, strangersCall } from '../testing/story-calls.ts';
import './recent-calls.ts';

const show = (workspace: object, id: string): Promise<MlCallDetails> =>
  fixture<MlCallDetails>(html`<ml-call-details .workspace=${workspace} call-id=${id}></ml-call-details>`);
const still = (...calls: Call[]): StillWorkspace => new StillWorkspace({ recentCalls: { state: 'ready', calls } });
const words = (element: Element | null | undefined): string => element?.textContent?.replace(/\s+/gu, ' ').trim() ?? '';
const find = <E extends HTMLElement = HTMLElement>(el: MlCallDetails, selector: string): E | null =>
  el.renderRoot.querySelector<E>(selector);
const fields = (el: MlCallDetails): Record<string, string> =>
  Object.fromEntries([...el.renderRoot.querySelectorAll('dt')].map((dt) => [words(dt), words(dt.nextElementSibling)]));

/** Types into the notes of the details and saves them. */
async function change(desk: ScriptedDesk, el: MlCallDetails, text: string): Promise<void> {
  find(el, '.edit')!.click();
  await el.updateComplete;
  const notes = el.renderRoot.querySelector('ml-call-notes')!;
  await notes.updateComplete;
  const area = notes.renderRoot.querySelector('textarea')!;
  area.select();
  await sendKeys({ type: text });
  notes.renderRoot.querySelector<HTMLElement>('[part~="save"]')!.click();
  await desk.clock.run(0);
  await el.updateComplete;
}

describe('ml-call-details', () => {
  it('is accessible', async () => {
    const el = await show(still(lucysCall), 'lucy');
    await expect(el).to.be.accessible();
    find(el, '.edit')!.click();
    await el.updateComplete;
    await expect(el).to.be.accessible();
  });

  it('says which way, when, how long, how it ended and what became of its log, with the way to the activity', async () => {
    const el = await show(still(lucysCall), 'lucy');
    expect(fields(el)).to.deep.equal({
      Received: '10:24 AM',
      Length: '4:12',
      Ended: 'Completed, you hung up',
      Device: 'This browser',
      Logged: 'To Lucy Hall: the only match Open the activity',
    });
    expect(find<HTMLAnchorElement>(el, '.activity')!.href).to.equal('https://crm.example/Task/00T-lucy');
  });

  it('says why a call is not logged', async () => {
    const failure = asFailure(new MultiLineError('refused', { message: 'Priority is <b>required</b>.' }));
    const why = { code: 'several', values: { count: 3, kind: 'Lead' } };
    const cases: [CallLog, string][] = [
      [{ state: 'held', why }, 'Not yet: several records have this number'],
      [{ state: 'excluded', why: { code: 'excluded-cancelled', values: { seconds: 5 } } }, 'No: cancelled within 5 s'],
      [{ state: 'excluded', why: { code: 'a-rule-of-tomorrow', values: {} } }, 'No: a-rule-of-tomorrow'],
      [{ state: 'waiting', why }, 'On its way to the CRM'],
      [{ state: 'attention', why, failure }, 'No: Priority is <b>required</b>.'],
    ];
    for (const [log, text] of cases) {
      const el = await show(still({ ...lucysCall, log }), 'lucy');
      expect(fields(el)['Logged']?.replace(/\s*Try again$/, '')).to.equal(text);
    }
  });

  it('[ML-48] shows the notes, and changes them in the call and any time after it, in the same activity', async () => {
    const desk = await scriptedDesk();
    const call = desk.line.ring({ address: '+14155550101' });
    await desk.clock.run(0);
    await desk.workspace.answer(call.id);
    const el = await show(desk.workspace, call.id);
    await change(desk, el, 'Wants 40 seats.');
    expect(words(find(el, '.notes-text'))).to.equal('Wants 40 seats.');
    expect(desk.call(call.id).notes.saved).to.equal('Wants 40 seats.');

    const logged = oneEvent(desk.workspace, 'ml-call-logged');
    call.signal({ type: 'ended', reason: 'completed', by: 'them' });
    await logged;
    await desk.workspace.wrapUp(call.id);
    desk.clock.advance(30 * 86_400_000);
    await el.updateComplete;
    const again = oneEvent(desk.workspace, 'ml-call-logged');
    await change(desk, el, 'Wants 45 seats.');
    await again;
    expect(words(find(el, '.notes-text'))).to.equal('Wants 45 seats.');
    expect(desk.crm.activitiesWritten.map(({ notes }) => notes)).to.deep.equal(['Wants 45 seats.']);
    await desk.workspace.stop();
  });

  it('gives the focus to the notes, and back to the pencil when they are saved or left', async () => {
    const desk = await scriptedDesk();
    const id = await desk.receive('+14155550101', 5);
    const el = await show(desk.workspace, id);
    find(el, '.edit')!.click();
    await el.updateComplete;
    await el.renderRoot.querySelector('ml-call-notes')!.updateComplete;
    expect((el.renderRoot as ShadowRoot).activeElement!.localName).to.equal('ml-call-notes');
    await sendKeys({ press: 'Escape' });
    await el.updateComplete;
    expect((el.renderRoot as ShadowRoot).activeElement === find(el, '.edit')).to.equal(true);
    await change(desk, el, 'Done.');
    expect((el.renderRoot as ShadowRoot).activeElement === find(el, '.edit')).to.equal(true);
    await desk.workspace.stop();
  });

  it('opens with the notes where they were typed and not saved', async () => {
    const el = await show(still({ ...lucysCall, notes: { text: 'Half a sen', saved: 'Before' } }), 'lucy');
    expect(el.matches(':state(editing)')).to.equal(true);
    await sendKeys({ press: 'Escape' });
    expect(el.matches(':state(editing)')).to.equal(true);
  });

  it('[MV-24] opens the record by the glyph beside the name', async () => {
    const popped: RecordRef[] = [];
    const desk = await scriptedDesk({ host: { name: 'test', pop: (record) => void popped.push(record) } });
    await desk.workspace.changeSettings({ popAt: 'never' });
    const el = await show(desk.workspace, await desk.receive('+14155550102', 5));
    const glyph = find(el, '.kind-icon')!;
    expect(glyph.ariaLabel).to.equal('Open the record of Larry Thomas');
    setTimeout(() => glyph.click());
    const pop = await oneEvent<MlPopEvent>(el, 'ml-pop');
    await el.updateComplete;
    expect(pop.record.id).to.equal('lead-larry');
    expect(popped).to.deep.equal([pop.record]);
    await desk.workspace.stop();
  });

  it('makes the glyph a link of its own, in another tab, where no host opens records', async () => {
    const el = await show(
      new StillWorkspace({ recentCalls: { state: 'ready', calls: [lucysCall] }, host: null }),
      'lucy',
    );
    const glyph = find<HTMLAnchorElement>(el, 'a.kind-icon')!;
    expect([glyph.href, glyph.target, glyph.rel]).to.deep.equal([
      'https://crm.example/Contact/003000000000001',
      '_blank',
      'noopener',
    ]);
    let left: boolean | undefined;
    el.addEventListener('click', (event) => {
      left = !event.defaultPrevented;
      event.preventDefault();
    });
    glyph.click();
    expect(left).to.equal(true);
    await expect(el).to.be.accessible();
  });

  it('has a dashed avatar for a stranger and lets a person say who it is; then the call is logged', async () => {
    const desk = await scriptedDesk();
    const id = await desk.receive('+14155550199', 5);
    const el = await show(desk.workspace, id);
    expect(find(el, '.avatar.unknown')).not.to.equal(null);
    expect(fields(el)['Logged']).to.contain('Not yet');
    find(el, '.wrong button')!.click();
    await el.updateComplete;
    const choice = el.renderRoot.querySelector('ml-record-choice')!;
    await choice.updateComplete;
    const field = choice.renderRoot.querySelector<HTMLInputElement>('input[type="text"]')!;
    field.focus();
    await sendKeys({ type: 'Lucy' });
    await desk.clock.run(300);
    await choice.updateComplete;
    choice.renderRoot.querySelector<HTMLElement>('input[type="radio"]')!.click();
    await choice.updateComplete;
    const logged = oneEvent(desk.workspace, 'ml-call-logged');
    choice.renderRoot.querySelector<HTMLElement>('[part~="associate"]')!.click();
    await logged;
    await el.updateComplete;
    expect(words(find(el, '.name'))).to.equal('Lucy Hall');
    expect(fields(el)['Logged']).to.contain('To Lucy Hall: you chose');
    expect(desk.crm.activitiesWritten.map(({ record }) => record?.id)).to.deep.equal(['contact-lucy']);
    await desk.workspace.stop();
  });

  it('asks who it is when several have the number', async () => {
    const el = await show(still(ambiguousCall), 'ambiguous');
    const choice = el.renderRoot.querySelector('ml-record-choice')!;
    await choice.updateComplete;
    expect([...choice.renderRoot.querySelectorAll('.who')].map(words)).to.deep.equal([
      'Newest Ng',
      'Nadia Ng',
      'N. Ng',
    ]);
    expect(words(choice.renderRoot.querySelector('.about'))).to.equal('Lead · Umbrella · Created Nov 9, 2026');
  });

  it('leaves out what cannot be done: a live call is not dialed, a withheld number neither', async () => {
    const live = await show(still(liveCall), 'live');
    expect(find(live, '[part~="call"]')).to.equal(null);
    expect(words(find(live, '.phase'))).to.equal('Call in progress');
    const withheld = await show(still({ ...strangersCall, number: '' }), strangersCall.id);
    expect(find(withheld, '.actions')).to.equal(null);
    expect(words(find(withheld, '.name'))).to.equal('Number withheld');
  });

  it('goes back to the row it came from', async () => {
    const el = await fixture<MlRecentCalls>(
      html`<ml-recent-calls .workspace=${still(...callsOfADesk)}></ml-recent-calls>`,
    );
    el.renderRoot.querySelector<HTMLElement>('#joan .open')!.click();
    await el.updateComplete;
    const details = el.renderRoot.querySelector('ml-call-details')!;
    await details.updateComplete;
    expect((details.renderRoot as ShadowRoot).activeElement!.className).to.contain('back');
    await sendKeys({ press: 'Enter' });
    await el.updateComplete;
    expect((el.renderRoot as ShadowRoot).activeElement!.closest('.row')!.id).to.equal('joan');
  });
});
