import { MultiLineError } from '@multiline/core';
import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { stillCall } from '../testing/still-calls.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { Stillness } from '../testing/still-workspace.ts';
import type { MlCallNotes } from './call-notes.ts';
import './call-notes.ts';

const quick = ['Left a message.', 'Call back tomorrow.'];
const desk = (still: Stillness = {}): StillWorkspace =>
  new StillWorkspace({ calls: [stillCall()], policy: { notes: { autoSave: true, quick } }, ...still });
const show = (workspace: StillWorkspace): Promise<MlCallNotes> =>
  fixture<MlCallNotes>(html`<ml-call-notes .workspace=${workspace}></ml-call-notes>`);
const find = <E extends HTMLElement>(el: MlCallNotes, selector: string): E => el.renderRoot.querySelector<E>(selector)!;

describe('ml-call-notes', () => {
  it('is accessible, with the phrases open too', async () => {
    const el = await show(desk());
    await expect(el).to.be.accessible();
    find(el, '.quick').click();
    await el.updateComplete;
    await expect(el).to.be.accessible();
  });

  it('reads from right to left what is written so, and from left to right the rest, also in a page of the other direction', async () => {
    const workspace = desk();
    const page = await fixture<HTMLElement>(
      html`<div dir="rtl"><ml-call-notes .workspace=${workspace}></ml-call-notes></div>`,
    );
    const el = page.querySelector('ml-call-notes')!;
    await el.updateComplete;
    const area = find<HTMLTextAreaElement>(el, 'textarea');
    const reads = async (text: string): Promise<string> => {
      workspace.change('call-1', { notes: { text, saved: '' } });
      await el.updateComplete;
      return area.matches(':dir(rtl)') ? 'rtl' : 'ltr';
    };
    expect(await reads(''), 'nothing yet').to.equal('rtl');
    expect(await reads('Wants a quote.')).to.equal('ltr');
    expect(await reads('تريد عرض سعر')).to.equal('rtl');
    expect(find(el, '.menu bdi').matches(':dir(ltr)'), 'a phrase').to.equal(true);
  });

  it('[ML-14] keeps what is typed with every letter, in the journal', async () => {
    const workspace = desk();
    const el = await show(workspace);
    el.focus();
    await sendKeys({ type: 'Hi 🦊' });
    expect(workspace.commands.at(-1)).to.deep.equal(['draftNotes', 'call-1', 'Hi 🦊']);
    expect(el.matches(':state(unsaved)')).to.equal(true);
  });

  it('[ML-33] saves by the button and says when', async () => {
    const workspace = desk();
    const el = await show(workspace);
    el.focus();
    await sendKeys({ type: 'Renewal' });
    find(el, '[part="save"]').click();
    expect(workspace.commands.at(-1)).to.deep.equal(['saveNotes', 'call-1', 'Renewal']);
    expect(find(el, '.saved').textContent.trim()).to.equal('');
    const savedAt = Date.UTC(2026, 10, 12, 15, 41);
    workspace.change('call-1', { notes: { text: 'Renewal', saved: 'Renewal', savedAt } });
    await el.updateComplete;
    expect(find(el, '.saved').textContent.trim().replaceAll('\u202f', ' ')).to.equal('Saved 10:41 AM');
    await sendKeys({ type: '!' });
    await el.updateComplete;
    expect(find(el, '.saved').textContent.trim()).to.equal('');
  });

  it('saves with Ctrl+Enter', async () => {
    const workspace = desk();
    const el = await show(workspace);
    el.focus();
    await sendKeys({ type: 'x' });
    await sendKeys({ down: 'Control' });
    await sendKeys({ press: 'Enter' });
    await sendKeys({ up: 'Control' });
    expect(workspace.commands.at(-1)).to.deep.equal(['saveNotes', 'call-1', 'x']);
  });

  it('[MV-15] puts a quick note where the caret is, beside what was typed, in the call and after it', async () => {
    const workspace = desk();
    const el = await show(workspace);
    const area = find<HTMLTextAreaElement>(el, 'textarea');
    el.focus();
    await sendKeys({ type: 'Lucy. Bye' });
    area.setSelectionRange(5, 5);
    find(el, '.quick').focus();
    await sendKeys({ press: 'Enter' });
    await el.updateComplete;
    await sendKeys({ press: 'Enter' });
    expect(area.value).to.equal('Lucy. Left a message. Bye');
    expect((el.renderRoot as ShadowRoot).activeElement === area).to.equal(true);
    workspace.change('call-1', { phase: 'ended', reason: 'completed' });
    await el.updateComplete;
    find(el, '.quick').click();
    await el.updateComplete;
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'Enter' });
    expect(workspace.commands.at(-1)?.[2]).to.equal('Lucy. Left a message. Call back tomorrow. Bye');
  });

  it('offers no phrases where the policy has none', async () => {
    const policy = { notes: { autoSave: true, quick: [] } };
    const el = await show(new StillWorkspace({ calls: [stillCall()], policy }));
    expect(el.renderRoot.querySelectorAll('.quick')).to.have.length(0);
  });

  it('keeps text, caret and focus when the call ends under the typing hand', async () => {
    const workspace = desk();
    const el = await show(workspace);
    const area = find<HTMLTextAreaElement>(el, 'textarea');
    el.focus();
    await sendKeys({ type: 'Wants 40' });
    area.setSelectionRange(2, 4);
    workspace.change('call-1', { phase: 'ended', reason: 'completed', endedBy: 'them' });
    await el.updateComplete;
    expect(find(el, 'textarea') === area).to.equal(true);
    expect(area.value).to.equal('Wants 40');
    expect([area.selectionStart, area.selectionEnd]).to.deep.equal([2, 4]);
    expect((el.renderRoot as ShadowRoot).activeElement === area).to.equal(true);
  });

  it('takes up what another tab typed, but not over what is being typed here', async () => {
    const workspace = desk();
    const el = await show(workspace);
    workspace.change('call-1', { notes: { text: 'from there', saved: '' } });
    await el.updateComplete;
    expect(el.value).to.equal('from there');
    el.focus();
    await sendKeys({ type: ' and here' });
    workspace.change('call-1', { notes: { text: 'from there and', saved: '' } });
    await el.updateComplete;
    expect(el.value).to.equal('from there and here');
  });

  it('says why notes were not saved, and keeps them', async () => {
    const workspace = desk({ refuse: { saveNotes: new MultiLineError('refused', { message: 'Notes are locked.' }) } });
    const el = await show(workspace);
    el.focus();
    await sendKeys({ type: 'x' });
    expect(await el.save()).to.equal(false);
    await el.updateComplete;
    expect(find(el, '.notice').textContent).to.contain('Notes are locked.');
    expect(el.value).to.equal('x');
  });

  it('takes 33,000 characters whole', async () => {
    const text = '🦊x\n'.repeat(8250);
    const el = await show(desk({ calls: [stillCall({ notes: { text, saved: '' } })] }));
    expect(el.value).to.equal(text);
  });

  it('has its empty shape without a workspace', async () => {
    const el = await fixture<MlCallNotes>(html`<ml-call-notes></ml-call-notes>`);
    expect(el.matches(':state(unwired)')).to.equal(true);
  });
});
