import { MultiLineError, asFailure } from '@multiline/core';
import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { MlSoftphone } from '../softphone/softphone.ts';
import '../softphone/softphone.ts';
import { drawn, scriptedDesk } from '../testing/scripted-desk.ts';
import { stillCall } from '../testing/still-calls.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { MlSignOut } from './sign-out.ts';
import './sign-out.ts';

const words = (element: Element | null | undefined): string => element?.textContent.replace(/\s+/gu, ' ').trim() ?? '';
const part = (el: MlSignOut, name: string): HTMLElement => el.renderRoot.querySelector(`[part="${name}"]`)!;
const warnings = (el: MlSignOut): string[] => [...el.renderRoot.querySelectorAll('.warn')].map(words);
const focus = (el: MlSignOut): Element | null => (el.renderRoot as ShadowRoot).activeElement;

async function show(workspace: object): Promise<MlSignOut> {
  return fixture<MlSignOut>(html`<ml-sign-out .workspace=${workspace}></ml-sign-out>`);
}

/** Presses the first button and waits for what it asks. */
async function ask(el: MlSignOut): Promise<void> {
  part(el, 'ask').focus();
  await sendKeys({ press: 'Enter' });
  await drawn(el, () => part(el, 'sign-out'));
  await el.updateComplete;
}

describe('ml-sign-out', () => {
  it('says what it would delete and what of it is nowhere else, and deletes nothing before it is confirmed', async () => {
    const workspace = new StillWorkspace({ kept: { calls: 214, drafts: 1, unlogged: 2 } });
    const el = await show(workspace);
    await expect(el).to.be.accessible();
    await ask(el);
    expect(words(el.renderRoot.querySelector('#what p'))).to.equal(
      'This signs you out in all tabs and deletes on this computer: 214 calls with their notes, 0 favorites and your settings. What is in the CRM stays there.',
    );
    expect(warnings(el)).to.deep.equal([
      '1 call has notes that are not saved: they are lost.',
      '2 calls are not logged yet. They are sent to the CRM first.',
    ]);
    expect(focus(el)?.role).to.equal('group');
    await expect(el).to.be.accessible();
    await sendKeys({ press: 'Tab' });
    expect(focus(el)).to.equal(part(el, 'sign-out'));
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    await el.updateComplete;
    expect(focus(el)).to.equal(part(el, 'ask'));
    expect(workspace.commands).to.deep.equal([['kept']]);
  });

  it('waits for the end of a call', async () => {
    const workspace = new StillWorkspace({ calls: [stillCall()] });
    const el = await show(workspace);
    await ask(el);
    expect(warnings(el)).to.deep.equal(['A call is going on. Sign out when it has ended.']);
    expect(part(el, 'sign-out').ariaDisabled).to.equal('true');
    part(el, 'sign-out').click();
    workspace.change(stillCall().id, { phase: 'ended' });
    await el.updateComplete;
    expect([warnings(el), part(el, 'sign-out').ariaDisabled]).to.deep.equal([[], 'false']);
    expect(workspace.commands).to.deep.equal([['kept']]);
  });

  it('delivers first; what cannot be is named, and lost only by a second word', async () => {
    const desk = await scriptedDesk();
    await desk.receive('+14155550199', 5);
    const el = await show(desk.workspace);
    await ask(el);
    part(el, 'sign-out').focus();
    await sendKeys({ press: 'Enter' });
    await drawn(el, () => words(part(el, 'sign-out')) === 'Sign out and lose them');
    expect(warnings(el)).to.deep.equal(['1 call could not be logged. Sign out now and it is lost with its notes.']);
    expect(focus(el)).to.equal(part(el, 'sign-out'));
    expect(desk.workspace.$tray.get().items).to.have.length(1);
    await expect(el).to.be.accessible();
    await sendKeys({ press: 'Enter' });
    await drawn(el, () => words(el.renderRoot.querySelector('[role="status"]')).startsWith('You are signed out.'));
    expect(desk.workspace.$recentCalls.get().calls).to.deep.equal([]);
    await expect(el).to.be.accessible();
    el.renderRoot.querySelector('button')!.click();
    await drawn(el, () => part(el, 'ask'));
    await desk.workspace.stop();
  });

  it('says why nobody was signed out, and asks once more', async () => {
    const workspace = new StillWorkspace({ refuse: { signOut: new MultiLineError('timeout') } });
    const el = await show(workspace);
    await ask(el);
    part(el, 'sign-out').click();
    const alert = await drawn(el, () => el.renderRoot.querySelector('[role="alert"]'));
    expect(words(alert)).to.equal('You are not signed out. The server did not answer in time.');
    expect(words(part(el, 'sign-out'))).to.equal('Delete and sign out');
    expect(workspace.commands).to.deep.equal([['kept'], ['signOut', { force: false }], ['kept']]);
  });

  it('says that the browser has not deleted what is kept, what to do, and deletes it when asked again', async () => {
    const phone = { line: { state: 'off' }, here: true } as const;
    const workspace = new StillWorkspace({ refuse: { signOut: new MultiLineError('storage-denied') } });
    const el = await show(workspace);
    await ask(el);
    const undeleted = asFailure(new MultiLineError('storage-denied'));
    workspace.$phone.set({ ...phone, signedOut: true, undeleted });
    part(el, 'sign-out').click();
    const alert = await drawn(el, () => el.renderRoot.querySelector('[role="alert"]'));
    await drawn(el, () => !part(el, 'sign-out'));
    expect(words(alert)).to.equal(
      'You are signed out, but the browser has not deleted your calls and notes. Close the other tabs of this page, then delete again. Delete again Sign in again',
    );
    await expect(el).to.be.accessible();
    const [again] = el.renderRoot.querySelectorAll('button');
    again!.focus();
    await sendKeys({ press: 'Enter' });
    await drawn(el, () => words(alert).startsWith('You are'));
    expect(focus(el)).to.equal(again);
    workspace.signOut = async () => {
      await Promise.resolve();
      workspace.$phone.set({ ...phone, signedOut: true });
    };
    await sendKeys({ press: 'Enter' });
    await drawn(el, () =>
      words(el.renderRoot.querySelector('[role="status"]')).startsWith('You are signed out. Nothing'),
    );
    expect(words(focus(el))).to.equal('Sign in again');
  });

  it('leaves the phone saying so, with the way back in, whatever was open', async () => {
    const desk = await scriptedDesk();
    const phone = await fixture<MlSoftphone>(html`<ml-softphone .workspace=${desk.workspace}></ml-softphone>`);
    phone.renderRoot.querySelector<HTMLElement>('[part="settings-toggle"]')!.click();
    await phone.updateComplete;
    expect(phone.renderRoot.querySelector('ml-settings')).not.to.equal(null);
    await desk.workspace.signOut();
    await phone.updateComplete;
    expect(phone.renderRoot.querySelector('ml-settings')).to.equal(null);
    expect(words(phone.renderRoot.querySelector('[part="status"]'))).to.equal('Signed out');
    const notes = phone.renderRoot.querySelector('ml-phone-notes')!;
    await notes.updateComplete;
    expect(words(notes.renderRoot.querySelector('.notice'))).to.equal(
      'You are signed out. Nothing of yours is left on this computer. Sign in again',
    );
    await expect(phone).to.be.accessible();
    notes.renderRoot.querySelector<HTMLElement>('.notice button')!.click();
    await drawn(phone, () => words(phone.renderRoot.querySelector('[part="status"]')) === 'Available');
    await desk.workspace.stop();
  });
});
