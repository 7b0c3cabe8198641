import { MultiLineError } from '@multiline/core';
import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { MlCallDetails } from '../recent-calls/call-details.ts';
import '../recent-calls/recent-calls.ts';
import type { MlWrapUp } from '../softphone/wrap-up.ts';
import '../softphone/wrap-up.ts';
import { drawn, scriptedDesk, until } from '../testing/scripted-desk.ts';
import type { ScriptedDesk } from '../testing/scripted-desk.ts';
import type { MlLookUp } from './look-up.ts';
import type { MlTray } from './tray.ts';
import './tray.ts';

const stranger = '+14155550199';
const words = (element: Element | null): string => element?.textContent.replace(/\s+/gu, ' ').trim() ?? '';
const part = (el: MlLookUp, name: string): HTMLElement => el.renderRoot.querySelector(`[part="${name}"]`)!;

/** Presses Look up again by the keyboard. */
async function press(el: MlLookUp): Promise<void> {
  part(el, 'look-up').focus();
  await sendKeys({ press: 'Enter' });
  await el.updateComplete;
}

/** What a screen reader is told once the CRM has answered. */
async function told(el: MlLookUp): Promise<string> {
  await drawn(el, () => !el.matches(':state(pending)') && (words(part(el, 'said')) || find(el, '[role="alert"]')));
  return words(part(el, 'said')) || words(find(el, '[role="alert"]'));
}

const find = (el: MlLookUp, selector: string): Element | null => el.renderRoot.querySelector(selector);
const focused = (el: MlLookUp): boolean => (el.renderRoot as ShadowRoot).activeElement === part(el, 'look-up');

async function detailsOf(desk: ScriptedDesk, id: string): Promise<[MlCallDetails, MlLookUp]> {
  const details = await fixture<MlCallDetails>(
    html`<ml-call-details .workspace=${desk.workspace} call-id=${id}></ml-call-details>`,
  );
  const el = details.renderRoot.querySelector('ml-look-up')!;
  await el.updateComplete;
  return [details, el];
}

describe('ml-look-up', () => {
  it('in the details finds who was created meanwhile, says that it asks and what it found, and keeps the focus', async () => {
    const desk = await scriptedDesk();
    const id = await desk.receive(stranger, 5);
    desk.crm.put({ kind: 'Contact', id: 'nora', name: 'New Nora', numbers: [stranger] });
    const [details, el] = await detailsOf(desk, id);
    await expect(details).to.be.accessible();
    desk.crm.hang(1, 'identify');
    await press(el);
    expect([words(part(el, 'said')), part(el, 'said').role]).to.deep.equal(['Asking the CRM', 'status']);
    expect([part(el, 'look-up').ariaDisabled, focused(el)]).to.deep.equal(['true', true]);
    await sendKeys({ press: 'Enter' });
    const before = desk.crm.served.length;
    desk.crm.release();
    expect(await told(el)).to.equal('Looked up: New Nora, the only match');
    expect(focused(el)).to.equal(true);
    expect(desk.crm.served.slice(before).filter((verb) => verb === 'identify')).to.have.length(0);
    await details.updateComplete;
    expect(words(details.renderRoot.querySelector('.name'))).to.equal('New Nora');
    await expect(details).to.be.accessible();
    await until(desk.workspace.$tray, ({ items, waiting }) => items.length + waiting === 0);
    expect(desk.crm.activitiesWritten.map(({ record }) => record?.id)).to.deep.equal(['nora']);
    await desk.workspace.stop();
  });

  it('says that nobody was found, and whom a person has chosen stays', async () => {
    const desk = await scriptedDesk();
    const id = await desk.receive(stranger, 5);
    const [, el] = await detailsOf(desk, id);
    await press(el);
    expect(await told(el)).to.equal('Looked up: nobody in the CRM has this number');
    await desk.workspace.associate(id, { kind: 'Lead', id: 'lead-larry', name: 'Larry Thomas' });
    await el.updateComplete;
    await press(el);
    await until(desk.workspace.$recentCalls, () => !el.matches(':state(pending)'));
    expect(await told(el)).to.equal('Looked up: nobody in the CRM has this number');
    expect(desk.call(id).match.record?.id).to.equal('lead-larry');
    await desk.workspace.stop();
  });

  it('says that several were found and opens their choice below', async () => {
    const desk = await scriptedDesk();
    const id = await desk.receive(stranger, 5);
    for (const name of ['Nora', 'Norbert']) desk.crm.put({ kind: 'Contact', id: name, name, numbers: [stranger] });
    const [details, el] = await detailsOf(desk, id);
    await press(el);
    expect(await told(el)).to.equal('Looked up: several records have this number');
    await details.updateComplete;
    const choice = details.renderRoot.querySelector('ml-record-choice')!;
    await choice.updateComplete;
    expect([...choice.renderRoot.querySelectorAll('.who')].map(words).sort()).to.deep.equal(['Nora', 'Norbert']);
    expect(focused(el)).to.equal(true);
    await desk.workspace.stop();
  });

  it('says that the CRM was not reached, at once, and changes nothing; the next try may succeed', async () => {
    const desk = await scriptedDesk();
    const id = await desk.receive('+14155550101', 5);
    const [details, el] = await detailsOf(desk, id);
    desk.crm.fail(1, new MultiLineError('network'), 'identify');
    await press(el);
    expect(await told(el)).to.equal('The CRM could not be asked. Nothing has changed. The server cannot be reached.');
    expect(words(details.renderRoot.querySelector('.name'))).to.equal('Lucy Hall');
    expect(focused(el)).to.equal(true);
    await expect(details).to.be.accessible();
    await press(el);
    expect(await told(el)).to.equal('Looked up: Lucy Hall, the only match');
    expect(find(el, '[role="alert"]')).to.equal(null);
    await desk.workspace.stop();
  });

  it('forgets what came of it when another call is shown, and is not offered where there is nobody to look up', async () => {
    const desk = await scriptedDesk();
    const unknown = await desk.receive(stranger, 5);
    const colleague = await desk.receive('1002', 5);
    const withheld = await desk.receive('anonymous', 5);
    const [details, el] = await detailsOf(desk, unknown);
    await press(el);
    await told(el);
    for (const id of [colleague, withheld]) {
      details.callId = id;
      await details.updateComplete;
      await el.updateComplete;
      expect(find(el, 'button'), id).to.equal(null);
    }
    details.callId = unknown;
    await details.updateComplete;
    await el.updateComplete;
    expect(words(part(el, 'said'))).to.equal('');
    await desk.workspace.stop();
  });

  it('stands beside the choice of what needs attention; who is found goes from there', async () => {
    const desk = await scriptedDesk();
    await desk.receive(stranger, 5);
    await until(desk.workspace.$tray, ({ items }) => items.length === 1);
    const tray = await fixture<MlTray>(html`<ml-tray .workspace=${desk.workspace}></ml-tray>`);
    tray.renderRoot.querySelector<HTMLElement>('.actions button')!.click();
    await tray.updateComplete;
    const el = tray.renderRoot.querySelector('ml-look-up')!;
    await el.updateComplete;
    await press(el);
    expect(await told(el)).to.equal('Looked up: nobody in the CRM has this number');
    desk.crm.put({ kind: 'Contact', id: 'nora', name: 'New Nora', numbers: [stranger] });
    await press(el);
    await drawn(tray, () => tray.renderRoot.querySelector('.empty'));
    expect((tray.renderRoot as ShadowRoot).activeElement!.localName).to.equal('h2');
    expect(desk.crm.activitiesWritten.map(({ record }) => record?.id)).to.deep.equal(['nora']);
    await desk.workspace.stop();
  });

  it('stands beside the choice after a call, and says there whom it found', async () => {
    const desk = await scriptedDesk();
    const id = await desk.receive(stranger, 5);
    desk.crm.put({ kind: 'Contact', id: 'nora', name: 'New Nora', numbers: [stranger] });
    const wrapUp = await fixture<MlWrapUp>(html`<ml-wrap-up .workspace=${desk.workspace} call-id=${id}></ml-wrap-up>`);
    const wrong = wrapUp.renderRoot.querySelector<HTMLElement>('[part="wrong-match"]')!;
    wrong.click();
    await wrapUp.updateComplete;
    const el = wrapUp.renderRoot.querySelector('ml-look-up')!;
    await el.updateComplete;
    await press(el);
    expect(await told(el)).to.equal('Looked up: New Nora, the only match');
    await wrapUp.updateComplete;
    expect(focused(el)).to.equal(true);
    expect(words(wrapUp.renderRoot.querySelector('.where'))).to.contain('Log to New Nora, Contact');
    wrong.click();
    await wrapUp.updateComplete;
    expect(wrapUp.renderRoot.querySelector('ml-look-up')).to.equal(null);
    await desk.workspace.stop();
  });
});
