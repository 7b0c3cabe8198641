import { MultiLineError } from '@multiline/core';
import { manualClock } from '@multiline/testing';
import { expect, oneEvent } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import type { MlConferenceEvent, MlRedirectEvent, MlTransferEvent } from '../events/intents.ts';
import { find, panelOf, press, showCall, words } from '../testing/shown-call.ts';
import { lucy, stillCall } from '../testing/still-calls.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { Stillness } from '../testing/still-workspace.ts';
import { lucyTogether, people, ringing } from '../testing/story-stages.ts';
import type { MlCallTarget } from './call-target.ts';

const clock = manualClock(Date.UTC(2026, 10, 12, 15, 41));
const desk = (still: Stillness = {}): StillWorkspace =>
  new StillWorkspace({ calls: [stillCall()], clock, search: () => people, ...still });
const buttons = (panel: MlCallTarget): string[] => [...panel.renderRoot.querySelectorAll('.plate')].map(words);
const focused = (panel: MlCallTarget): string | undefined => (panel.renderRoot as ShadowRoot).activeElement?.localName;

async function typed(panel: MlCallTarget, text: string): Promise<void> {
  panel.focus();
  await panel.updateComplete;
  await sendKeys({ type: text });
  await panel.updateComplete;
  await clock.run(200);
  await panel.updateComplete;
}

describe('ml-call-target', () => {
  before(() => emulateMedia({ reducedMotion: 'reduce' }));

  it('finds the target by name, opens the best match with both ways, and asks first by Enter', async () => {
    const workspace = desk();
    const el = await showCall(workspace);
    find(el, '#transfer')!.focus();
    await sendKeys({ press: 'Enter' });
    expect(workspace.commands).to.deep.equal([['askTarget', 'call-1', 'transfer']]);
    const panel = await panelOf(el);
    await panel.updateComplete;
    expect(focused(panel)).to.equal('input');
    await typed(panel, 'bo');
    expect(words(find(panel, '.best .whom'))).to.equal('BM Bob Marsh 1002 · Colleague');
    expect(buttons(panel)).to.deep.equal(['Ask first', 'Transfer now', 'Cancel, back to Lucy Hall']);
    expect([...panel.renderRoot.querySelectorAll('.further .who')].map(words)).to.deep.equal(['Bo Hansen']);
    await expect(el).to.be.accessible();
    setTimeout(() => void sendKeys({ press: 'Enter' }));
    const event = await oneEvent<MlTransferEvent>(el, 'ml-transfer');
    expect([event.callId, event.how, event.to]).to.deep.equal(['call-1', 'ask', '1002']);
    expect(workspace.commands.at(-1)).to.deep.equal(['consult', 'call-1', '1002', 'transfer']);
    await clock.run(0);
    await el.updateComplete;
    expect(find(el, 'ml-call-target')).to.equal(null);
    expect(el.focusedControl).to.equal('transfer');
  });

  it('transfers at once to a further match, unless somebody else does', async () => {
    const workspace = desk();
    const el = await showCall(workspace);
    press(el, '#transfer');
    const panel = await panelOf(el);
    await typed(panel, 'bo');
    press(panel, '.further button');
    await panel.updateComplete;
    expect(workspace.$targeting.get()).to.deep.include({ text: '+14155550131', record: people[1]!.record });
    expect(words(find(panel, '.best .who'))).to.equal('Bo Hansen');
    press(panel, '[part="now"]');
    expect(workspace.commands.at(-1)).to.deep.equal(['transfer', 'call-1', '+14155550131']);
    await clock.run(0);
    el.addEventListener('ml-transfer', (event) => event.preventDefault());
    press(el, '#transfer');
    const again = await panelOf(el);
    await typed(again, 'bo');
    press(again, '[part="now"]');
    await clock.run(0);
    expect(workspace.commands.filter(([verb]) => verb === 'transfer')).to.have.length(1);
    expect(workspace.$targeting.get()).to.equal(null);
  });

  it('is filled in by a click on a number of the page, and takes the focus', async () => {
    const workspace = desk();
    const el = await showCall(workspace);
    press(el, '#transfer');
    const panel = await panelOf(el);
    workspace.$targeting.set({ ...workspace.$targeting.get()!, text: '+14155550101', record: lucy, clicks: 1 });
    await panel.updateComplete;
    await panel.updateComplete;
    expect(find<HTMLInputElement>(panel, 'input')!.value).to.equal('+14155550101');
    expect(words(find(panel, '.best .who'))).to.equal('Lucy Hall');
    expect(focused(panel)).to.equal('input');
    await clock.run(1000);
    expect(workspace.commands.some(([verb]) => verb === 'search')).to.equal(false);
  });

  it('takes a number as it is when nobody has it, and nothing that is none', async () => {
    const workspace = desk({ search: () => [] });
    const el = await showCall(workspace);
    press(el, '#transfer');
    const panel = await panelOf(el);
    await typed(panel, 'zed');
    expect(buttons(panel)).to.deep.equal(['Cancel, back to Lucy Hall']);
    expect(words(find(panel, '.none'))).to.contain('Nobody found');
    press(panel, '[part="clear"]');
    await panel.updateComplete;
    await typed(panel, '4155550199');
    expect(words(find(panel, '.best .who'))).to.equal('(415) 555-0199');
    press(panel, '[part="ask"]');
    expect(workspace.commands.at(-1)).to.deep.equal(['consult', 'call-1', '4155550199', 'transfer']);
  });

  it('goes back by the button or Escape, the focus to where it came from', async () => {
    const workspace = desk();
    const el = await showCall(workspace);
    press(el, '#transfer');
    const panel = await panelOf(el);
    panel.focus();
    await panel.updateComplete;
    await sendKeys({ press: 'Escape' });
    await el.updateComplete;
    expect(workspace.commands.at(-1)).to.deep.equal(['cancelTarget']);
    expect(el.focusedControl).to.equal('transfer');
  });

  it('says why it did not work, and keeps what was typed', async () => {
    const refused = new MultiLineError('refused', { message: '603 Declined' });
    const workspace = desk({ refuse: { transfer: refused } });
    const el = await showCall(workspace);
    press(el, '#transfer');
    const panel = await panelOf(el);
    await typed(panel, '1002');
    press(panel, '[part="now"]');
    await clock.run(0);
    await panel.updateComplete;
    expect(words(find(panel, '.notice'))).to.equal('This did not work. They did not take the call.');
    expect(find<HTMLInputElement>(panel, 'input')!.value).to.equal('1002');
    await expect(el).to.be.accessible();
  });

  it('adds to the call, also from a conference', async () => {
    const bob = { ...lucyTogether, id: 'call-3' };
    const workspace = desk({ calls: [lucyTogether, bob] });
    const el = await showCall(workspace);
    press(el, '#add');
    const panel = await panelOf(el);
    await typed(panel, '1003');
    expect(buttons(panel)[0]).to.equal('Call');
    setTimeout(() => press(panel, '[part="ask"]'));
    const event = await oneEvent<MlConferenceEvent>(el, 'ml-conference');
    expect([event.callId, event.how, event.to]).to.deep.equal(['call-1', 'add', '1003']);
    expect(workspace.commands.at(-1)).to.deep.equal(['consult', 'call-1', '1003', 'conference']);
  });

  it('redirects a call that rings', async () => {
    const workspace = desk({ calls: [ringing] });
    const el = await showCall(workspace);
    press(el, '#redirect');
    const panel = await panelOf(el);
    await typed(panel, 'bo');
    expect(buttons(panel)).to.deep.equal(['Redirect', 'Cancel, back to Larry Thomas']);
    setTimeout(() => press(panel, '[part="now"]'));
    const event = await oneEvent<MlRedirectEvent>(el, 'ml-redirect');
    expect([event.callId, event.to]).to.deep.equal(['call-2', '1002']);
    expect(workspace.commands.at(-1)).to.deep.equal(['redirect', 'call-2', '1002']);
  });
});
