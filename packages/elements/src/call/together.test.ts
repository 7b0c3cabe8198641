import { manualClock } from '@multiline/testing';
import { expect, oneEvent } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import type { MlDialpad } from '../dialpad/dialpad.ts';
import type { MlConferenceEvent, MlHangUpEvent, MlTransferEvent } from '../events/intents.ts';
import { find, grid, press, showCall, words } from '../testing/shown-call.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { MlCall } from './call.ts';
import {
  asked,
  asking,
  bob,
  bobTogether,
  carolHeld,
  carolInvited,
  held,
  lucyTogether,
  ringing,
} from '../testing/story-stages.ts';

const joint = (el: MlCall): string[] => [...el.renderRoot.querySelectorAll('.joint button')].map(words);
const legs = (el: MlCall): string[] => [...el.renderRoot.querySelectorAll('.other')].map(words);
const people = (el: MlCall): string[] =>
  [...el.renderRoot.querySelectorAll('.people .grow')].map((one) => [...one.children].map(words).join(': '));

describe('several calls in ml-call', () => {
  before(() => emulateMedia({ reducedMotion: 'reduce' }));

  it('shows the call that waits below the one that speaks, each with its line, and completes the transfer', async () => {
    const workspace = new StillWorkspace({ calls: [asked, held] });
    const el = await showCall(workspace, asked.id);
    expect(legs(el)).to.deep.equal(['Lucy Hall 2:47 On hold 1:12']);
    expect([...el.renderRoot.querySelectorAll('.leg')].map(({ className }) => className)).to.deep.equal([
      'leg live whole',
      'leg held bare',
    ]);
    expect(joint(el)).to.deep.equal(['Complete transfer', 'Swap', 'Merge']);
    await expect(el).to.be.accessible();
    setTimeout(() => press(el, '[part="complete-transfer"]'));
    const event = await oneEvent<MlTransferEvent>(el, 'ml-transfer');
    expect([event.callId, event.how, event.to]).to.deep.equal([asked.id, 'complete', '']);
    expect(workspace.commands).to.deep.equal([['completeTransfer', asked.id]]);
    press(el, '[part="swap"]');
    press(el, '[part="merge"]');
    expect(workspace.commands.slice(1)).to.deep.equal([
      ['swap', held.id],
      ['merge', asked.id],
    ]);
  });

  it('offers the way back while the one who is asked has not answered', async () => {
    const workspace = new StillWorkspace({ calls: [asking, held] });
    const el = await showCall(workspace, asking.id);
    expect([...el.renderRoot.querySelectorAll('.plate')].map(words)).to.deep.equal(['Cancel, back to Lucy Hall']);
    press(el, '[part="back"]');
    expect(workspace.commands).to.deep.equal([['cancelConsult', asking.id]]);
  });

  it('dims what would change several calls while they are unsettled', async () => {
    const workspace = new StillWorkspace({ calls: [asked, held, carolHeld] });
    workspace.$unsettled.set(true);
    const el = await showCall(workspace, asked.id);
    const buttons = [...el.renderRoot.querySelectorAll<HTMLElement>('[part="swap"], .joint button')];
    expect(buttons.map((button) => button.part.value)).to.deep.equal(['swap', 'swap', 'complete-transfer', 'merge']);
    for (const button of buttons) button.click();
    expect(buttons.map(({ ariaDisabled }) => ariaDisabled)).to.deep.equal(Array(4).fill('true'));
    expect(workspace.commands).to.deep.equal([]);
    workspace.$unsettled.set(false);
    await el.updateComplete;
    expect(buttons.map(({ ariaDisabled }) => ariaDisabled)).to.deep.equal(Array(4).fill('false'));
  });

  it('swaps to any of several calls, and completes nothing that nobody asked for', async () => {
    const workspace = new StillWorkspace({ calls: [bob, held, carolHeld] });
    const el = await showCall(workspace, bob.id);
    expect(legs(el)).to.have.length(2);
    expect(joint(el)).to.deep.equal(['Merge']);
    const swaps = [...el.renderRoot.querySelectorAll<HTMLElement>('[part="swap"]')];
    expect(swaps.map(({ ariaLabel }) => ariaLabel)).to.deep.equal(['Swap to Lucy Hall', 'Swap to Carol Diaz']);
    swaps[1]!.click();
    expect(workspace.commands).to.deep.equal([['swap', carolHeld.id]]);
    await expect(el).to.be.accessible();
  });

  it('brings the one who was asked into the conference first of all', async () => {
    const added = { ...asked, consultFor: { callId: held.id, purpose: 'conference' } } as const;
    const workspace = new StillWorkspace({ calls: [added, held] });
    const el = await showCall(workspace, added.id);
    expect(joint(el)).to.deep.equal(['Merge', 'Swap']);
    setTimeout(() => press(el, '[part="merge"]'));
    const event = await oneEvent<MlConferenceEvent>(el, 'ml-conference');
    expect([event.callId, event.how]).to.deep.equal([added.id, 'merge']);
    expect(workspace.commands).to.deep.equal([['merge', added.id]]);
  });

  it('says of a call that waits too long whose it is', async () => {
    const el = await showCall(new StillWorkspace({ calls: [bob, { ...held, recalled: 'hold' }] }), bob.id);
    expect(words(find(el, '.recalled'))).to.equal('Lucy Hall has waited long. Swap, or let them wait on.');
  });

  it('says of a call that came back from a transfer why, and whose it is', async () => {
    const back = { ...held, recalled: 'transfer', transfer: { target: '1002', state: 'failed' } } as const;
    const el = await showCall(new StillWorkspace({ calls: [bob, back] }), bob.id);
    expect(words(find(el, '.recalled'))).to.equal(
      'The transfer to 1002 failed. Lucy Hall waits. Swap to take them back.',
    );
  });

  it('[MV-38] is an ordinary call once the first party has gone', async () => {
    const workspace = new StillWorkspace({ calls: [asked, { ...held, phase: 'ended', reason: 'completed' }] });
    const el = await showCall(workspace, asked.id);
    expect(legs(el)).to.deep.equal([]);
    expect(grid(el)).to.deep.equal(['Mute', 'Hold', 'Keypad', 'Record', 'Transfer', 'Add to call', 'Hang up']);
    expect(el.renderRoot.querySelectorAll('.controls :disabled')).to.have.length(0);
  });

  it('shows no call that rings among those that wait', async () => {
    const el = await showCall(new StillWorkspace({ calls: [bob, ringing] }), bob.id);
    expect(legs(el)).to.deep.equal([]);
  });

  it('[MV-17] [MV-37] lists who speaks together with the state of each, and how long', async () => {
    const clock = manualClock(Date.UTC(2026, 10, 12, 15, 41));
    const workspace = new StillWorkspace({ calls: [lucyTogether, bobTogether, carolInvited], clock });
    const el = await showCall(workspace, lucyTogether.id);
    expect(people(el)).to.deep.equal(['Lucy Hall: Speaking', 'Bob Marsh: In the call', 'Carol Diaz: Call connecting']);
    expect(words(find(el, '.timer'))).to.equal('2:47');
    await expect(el).to.be.accessible();
    workspace.change(lucyTogether.id, { speaking: false, silenced: true });
    workspace.change(bobTogether.id, { hold: 'them' });
    clock.advance(60_000);
    await el.updateComplete;
    expect(people(el).slice(0, 2)).to.deep.equal(['Lucy Hall: Muted by you', 'Bob Marsh: They put you on hold']);
    expect(words(find(el, '.timer'))).to.equal('3:47');
    expect(el.matches(':state(conference)')).to.equal(true);
  });

  it('[MV-20] takes one participant out, and mutes one for the others', async () => {
    const workspace = new StillWorkspace({ calls: [lucyTogether, bobTogether] });
    const el = await showCall(workspace, lucyTogether.id);
    const remove = [...el.renderRoot.querySelectorAll<HTMLElement>('[part="remove"]')];
    expect(remove.map(({ ariaLabel }) => ariaLabel)).to.deep.equal(['Remove Lucy Hall', 'Remove Bob Marsh']);
    setTimeout(() => remove[1]!.click());
    const event = await oneEvent<MlConferenceEvent>(el, 'ml-conference');
    expect([event.callId, event.how]).to.deep.equal([bobTogether.id, 'remove']);
    press(el, '[part="silence"]');
    workspace.change(lucyTogether.id, { silenced: true });
    await el.updateComplete;
    expect(find(el, '[part="silence"]')!.ariaLabel).to.equal('Unmute Lucy Hall');
    press(el, '[part="silence"]');
    expect(workspace.commands).to.deep.equal([
      ['removeParticipant', bobTogether.id],
      ['silence', lucyTogether.id, true],
      ['silence', lucyTogether.id, false],
    ]);
  });

  it('mutes towards all of them and hangs up on all of them, each told by its intent', async () => {
    const workspace = new StillWorkspace({ calls: [lucyTogether, bobTogether] });
    const el = await showCall(workspace, lucyTogether.id);
    const hungUp: string[] = [];
    el.addEventListener('ml-hang-up', (event: MlHangUpEvent) => void hungUp.push(event.callId));
    press(el, '#mute');
    press(el, '#hang-up');
    expect(hungUp).to.deep.equal([lucyTogether.id, bobTogether.id]);
    expect(workspace.commands.map(([verb, id]) => `${verb} ${String(id)}`)).to.deep.equal([
      'mute call-1',
      'mute call-bob',
      'hangUp call-1',
      'hangUp call-bob',
    ]);
  });

  it('has the keypad for all of them, and connects the two others of a conference of three', async () => {
    const workspace = new StillWorkspace({ calls: [lucyTogether, bobTogether] });
    const el = await showCall(workspace, lucyTogether.id);
    expect(grid(el)).to.deep.equal(['Mute', 'Hold', 'Keypad', 'Record', 'Complete transfer', 'Add to call', 'Hang up']);
    setTimeout(() => press(el, '#transfer'));
    const event = await oneEvent<MlTransferEvent>(el, 'ml-transfer');
    expect([event.callId, event.how]).to.deep.equal([lucyTogether.id, 'complete']);
    press(el, '#keypad');
    await el.updateComplete;
    const pad = find<MlDialpad>(el, 'ml-dialpad')!;
    await pad.updateComplete;
    pad.renderRoot.querySelector<HTMLElement>('.key')!.click();
    expect(workspace.commands).to.deep.equal([
      ['completeTransfer', lucyTogether.id],
      ['sendDigits', lucyTogether.id, '1'],
      ['sendDigits', bobTogether.id, '1'],
    ]);
    press(el, '#keypad');
    workspace.$calls.set([...workspace.$calls.get(), carolInvited]);
    await el.updateComplete;
    expect(find<HTMLButtonElement>(el, '#transfer')!.disabled).to.equal(true);
  });

  it('says that a conference is full, and lets nobody be added then', async () => {
    const workspace = new StillWorkspace({
      calls: [lucyTogether, bobTogether],
      policy: { conference: { max: 3, bridge: '' } },
    });
    const el = await showCall(workspace, lucyTogether.id);
    expect(words(find(el, '.limit'))).to.equal('A conference takes 3 people, you among them.');
    expect(find<HTMLButtonElement>(el, '#add')!.disabled).to.equal(true);
  });
});
