import { expect } from '@open-wc/testing';
import type { MlDeclineEvent, MlSendEvent } from '../events/intents.ts';
import { find, press, showCall, words } from '../testing/shown-call.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import { ringing } from '../testing/story-stages.ts';
import type { MlCall } from './call.ts';

const choices = (el: MlCall): string[] => [...el.renderRoot.querySelectorAll('.stage button')].map(words);

describe('the choices of ml-call', () => {
  it('offers Answer, Decline, Reply with text, Send to voicemail and Redirect, where there is a mailbox and a number', async () => {
    const workspace = new StillWorkspace({ calls: [ringing], capabilities: { voicemail: true } });
    const el = await showCall(workspace);
    expect(choices(el)).to.deep.equal(['Answer', 'Decline', 'Reply with text', 'Send to voicemail', 'Redirect']);
    await expect(el).to.be.accessible();
    workspace.$capabilities.set({ ...workspace.$capabilities.get(), voicemail: false, redirect: false });
    workspace.change('call-2', { number: '' });
    await el.updateComplete;
    expect(choices(el)).to.deep.equal(['Answer', 'Decline']);
  });

  it('[SM-06] [ML-29] declines and opens a message to the number', async () => {
    const workspace = new StillWorkspace({ calls: [ringing] });
    const el = await showCall(workspace);
    const told: unknown[] = [];
    el.addEventListener('ml-decline', (event: MlDeclineEvent) => void told.push([event.type, event.how]));
    el.addEventListener('ml-send', (event: MlSendEvent) => {
      event.preventDefault();
      told.push([event.type, event.number, event.record?.name]);
    });
    press(el, '#reply');
    expect(told).to.deep.equal([
      ['ml-decline', 'text'],
      ['ml-send', '+14155550102', 'Larry Thomas'],
    ]);
    expect(workspace.commands).to.deep.equal([['replyWithText', 'call-2']]);
    el.addEventListener('ml-decline', (event) => event.preventDefault());
    press(el, '#reply');
    expect(workspace.commands).to.have.length(1);
    expect(told).to.have.length(4);
  });

  it('sends to voicemail, and asks whom to redirect to', async () => {
    const workspace = new StillWorkspace({ calls: [ringing], capabilities: { voicemail: true } });
    const el = await showCall(workspace);
    press(el, '#voicemail');
    expect(workspace.commands).to.deep.equal([['sendToVoicemail', 'call-2']]);
    press(el, '#redirect');
    expect(workspace.commands.at(-1)).to.deep.equal(['askTarget', 'call-2', 'redirect']);
  });

  it('lets who has answered decline while the answer waits, and do nothing else', async () => {
    const workspace = new StillWorkspace({ calls: [{ ...ringing, pending: 'answer' }] });
    const el = await showCall(workspace);
    for (const id of ['#answer', '#redirect', '#decline']) press(el, id);
    expect(workspace.commands).to.deep.equal([['decline', 'call-2']]);
    expect(find(el, '#decline')!.ariaDisabled).to.equal('false');
  });

  it('dims all of them once one is asked for', async () => {
    const el = await showCall(new StillWorkspace({ calls: [{ ...ringing, pending: 'decline' }] }));
    press(el, '#redirect');
    expect(find(el, '#redirect')!.ariaDisabled).to.equal('true');
    expect(find(el, 'ml-call-target')).to.equal(null);
  });
});
