import { manualClock } from '@multiline/testing';
import { presets } from '@multiline/core';
import type { AudioLevels } from '@multiline/core';
import { expect, oneEvent } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import type { MlHoldEvent } from '../events/intents.ts';
import { find, grid, press, showCall, words } from '../testing/shown-call.ts';
import { stillCall } from '../testing/still-calls.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { MlCall } from './call.ts';
import { held, ringing, sentOn, staged, weak } from '../testing/story-stages.ts';

describe('the controls of ml-call', () => {
  before(() => emulateMedia({ reducedMotion: 'reduce' }));

  it('offers what the phone can do, in an order that never changes, and nothing else', async () => {
    const workspace = new StillWorkspace({ calls: [stillCall()] });
    const el = await showCall(workspace);
    expect(grid(el)).to.deep.equal(['Mute', 'Hold', 'Keypad', 'Record', 'Transfer', 'Add to call', 'Hang up']);
    workspace.$capabilities.set({
      ...workspace.$capabilities.get(),
      record: false,
      transfer: false,
      conference: false,
    });
    await el.updateComplete;
    expect(grid(el)).to.deep.equal(['Mute', 'Hold', 'Keypad', 'Hang up']);
    await expect(el).to.be.accessible();
  });

  it('lets nothing but Mute and Hang up be pressed before the answer', async () => {
    const { answeredAt: _, ...call } = stillCall();
    const workspace = new StillWorkspace({ calls: [{ ...call, direction: 'outbound', phase: 'ringing' }] });
    const el = await showCall(workspace);
    const enabled = [...el.renderRoot.querySelectorAll<HTMLButtonElement>('.controls button:not(:disabled)')];
    expect(enabled.map(words)).to.deep.equal(['Mute', 'Hang up']);
  });

  it('[MV-27] holds and resumes, changes word, icon and line when the line has done so, and counts the time on hold', async () => {
    const clock = manualClock(Date.UTC(2026, 10, 12, 15, 41));
    const workspace = new StillWorkspace({ calls: [stillCall()], clock });
    const el = await showCall(workspace);
    const hold = find<HTMLButtonElement>(el, '#hold')!;
    const icon = hold.querySelector('svg')!.innerHTML;
    setTimeout(() => hold.click());
    const event = await oneEvent<MlHoldEvent>(el, 'ml-hold');
    expect([event.callId, event.held]).to.deep.equal(['call-1', true]);
    expect(workspace.commands).to.deep.equal([['hold', 'call-1']]);
    expect([words(hold), hold.ariaPressed]).to.deep.equal(['Hold', 'false']);
    workspace.change('call-1', { pending: 'hold' });
    await el.updateComplete;
    expect(hold.ariaDisabled).to.equal('true');
    workspace.change('call-1', { pending: null, hold: 'us', heldAt: clock.now() });
    await el.updateComplete;
    expect([words(hold), hold.ariaPressed]).to.deep.equal(['Resume', 'true']);
    expect(hold.querySelector('svg')!.innerHTML).not.to.equal(icon);
    expect(find(el, '.leg')!.classList.contains('held')).to.equal(true);
    clock.advance(72_000);
    await el.updateComplete;
    expect(words(find(el, '.phase'))).to.equal('On hold 1:12');
    expect(words(find(el, '.timer'))).to.equal('3:59');
    expect(el.matches(':state(held)')).to.equal(true);
    await expect(el).to.be.accessible();
    hold.click();
    expect(workspace.commands.at(-1)).to.deep.equal(['resume', 'call-1']);
    el.addEventListener('ml-hold', (again) => again.preventDefault());
    hold.click();
    expect(workspace.commands).to.have.length(2);
  });

  it('says that the other side let us wait, without a time of ours', async () => {
    const workspace = new StillWorkspace({ calls: [stillCall({ hold: 'them' })] });
    const el = await showCall(workspace);
    expect(words(find(el, '.phase'))).to.equal('They put you on hold');
    expect(words(find(el, '#hold'))).to.equal('Hold');
    workspace.change('call-1', { hold: 'both', heldAt: workspace.clock.now() });
    await el.updateComplete;
    expect(words(find(el, '.phase'))).to.contain('On hold on both sides');
  });

  it('[MV-28] alerts of a call that has waited too long', async () => {
    const workspace = new StillWorkspace({ calls: [held] });
    const el = await showCall(workspace);
    expect(find(el, '.recalled')).to.equal(null);
    workspace.change('call-1', { recalled: 'hold' });
    await el.updateComplete;
    expect(words(find(el, '.recalled'))).to.contain('has waited long');
    expect(find(el, '.recalled')!.role).to.equal('alert');
    expect(el.matches(':state(recalled)')).to.equal(true);
    press(el, '#hold');
    expect(workspace.commands).to.deep.equal([['resume', 'call-1']]);
    await expect(el).to.be.accessible();
  });

  it('records, lets the recorder rest and stops it, visibly, by what the line says', async () => {
    const workspace = new StillWorkspace({ calls: [stillCall()] });
    const el = await showCall(workspace);
    press(el, '#record');
    expect(workspace.commands.at(-1)).to.deep.equal(['record', 'call-1', 'start']);
    expect(find(el, '.tags')).to.equal(null);
    workspace.change('call-1', { recording: { state: 'on' } });
    await el.updateComplete;
    expect(words(find(el, '.tags'))).to.equal('Recording Pause');
    expect(words(find(el, '#record'))).to.equal('Stop recording');
    expect(find(el, '#record')!.ariaPressed).to.equal('true');
    await expect(el).to.be.accessible();
    press(el, '[part="recording-pause"]');
    expect(workspace.commands.at(-1)).to.deep.equal(['record', 'call-1', 'pause']);
    workspace.change('call-1', { recording: { state: 'paused' } });
    await el.updateComplete;
    expect(words(find(el, '.tags'))).to.equal('Recording paused Go on');
    press(el, '[part="recording-pause"]');
    expect(workspace.commands.at(-1)).to.deep.equal(['record', 'call-1', 'start']);
    press(el, '#record');
    expect(workspace.commands.at(-1)).to.deep.equal(['record', 'call-1', 'stop']);
    workspace.change('call-1', { recording: { state: 'done', url: 'https://pbx.example/1.wav' } });
    await el.updateComplete;
    expect(words(find(el, '#record'))).to.equal('Record');
    press(el, '#record');
    expect(workspace.commands.at(-1)).to.deep.equal(['record', 'call-1', 'start']);
  });

  it('lets the recorder rest and not stop where every call is recorded', async () => {
    const policy = presets.default({ calls: { recording: 'always' } });
    const workspace = new StillWorkspace({ policy, calls: [stillCall({ recording: { state: 'on' } })] });
    const el = await showCall(workspace);
    expect(words(find(el, '.tags'))).to.equal('Recording Pause');
    expect(find(el, '#record')).to.equal(null);
    workspace.change('call-1', { recording: { state: 'done' } });
    await el.updateComplete;
    expect(words(find(el, '#record'))).to.equal('Record');
  });

  it('says that the audio is being brought back, and what is wrong with it, once and quietly', async () => {
    const workspace = new StillWorkspace({ calls: [stillCall({ reconnecting: true })] });
    const el = await showCall(workspace);
    expect(words(find(el, '.phase'))).to.equal('Reconnecting…');
    workspace.change('call-1', { reconnecting: false, quality: weak });
    await el.updateComplete;
    expect(words(find(el, '.phase'))).to.equal('Call in progress');
    expect(words(find(el, '.advice'))).to.equal('The connection is weak. The other side may hear gaps.');
    await expect(el).to.be.accessible();
    workspace.change('call-1', { quality: { ...weak, problem: 'none' } });
    await el.updateComplete;
    expect(find(el, '.advice')).to.equal(null);
  });

  it('[ML-24] [SM-03] offers neither answer nor controls for a call that another phone of the user carries', async () => {
    const workspace = new StillWorkspace({
      calls: [{ ...ringing, device: 'elsewhere' }],
      capabilities: { device: 'elsewhere' },
    });
    const el = await showCall(workspace);
    expect(words(find(el, '.phase'))).to.equal('Incoming callCall connecting · on another phone of yours');
    expect(el.renderRoot.querySelectorAll('button')).to.have.length(0);
    workspace.change('call-2', { phase: 'active', answeredAt: workspace.clock.now() });
    await el.updateComplete;
    expect(el.renderRoot.querySelectorAll('button')).to.have.length(0);
    expect(words(find(el, '.phase'))).to.equal('Call in progress · on another phone of yours');
    await expect(el).to.be.accessible();
  });

  it('says of a call that rings here too that it was answered elsewhere', async () => {
    const taken = { ...ringing, device: 'elsewhere', phase: 'active', answeredAt: ringing.startedAt + 4000 } as const;
    const el = await showCall(new StillWorkspace({ calls: [taken] }));
    expect(words(find(el, '.phase'))).to.equal('Call in progress · answered elsewhere');
  });

  it('tells the stages of a call that begins on another phone', async () => {
    const said: string[] = [];
    for (const stage of ['calling-device', 'confirming', 'calling'] as const) {
      const el = await showCall(new StillWorkspace({ calls: [staged(stage)] }));
      said.push(words(find(el, '.first')));
      expect(words(find(el, '.phase'))).to.contain('Call connecting');
    }
    expect(said).to.deep.equal(['Ringing your phone', 'Press any key on your phone', 'Calling…']);
  });

  it('takes a call back that rings another phone of the user, and leaves it to that phone once it is answered', async () => {
    const workspace = new StillWorkspace({
      calls: [{ ...staged('calling-device'), revocable: true }],
      capabilities: { device: 'elsewhere' },
    });
    const el = await showCall(workspace);
    expect(grid(el)).to.deep.equal(['Hang up']);
    await expect(el).to.be.accessible();
    find(el, '#hang-up')!.focus();
    await sendKeys({ press: 'Enter' });
    expect(workspace.commands.at(-1)).to.deep.equal(['hangUp', 'call-1']);
    workspace.change('call-1', { phase: 'active', answeredAt: workspace.clock.now(), revocable: false });
    await el.updateComplete;
    expect(el.renderRoot.querySelectorAll('button')).to.have.length(0);
  });

  it('[MV-61] shows the queue, the number called, the digits entered and who sent the call on', async () => {
    const el = await showCall(new StillWorkspace({ calls: [sentOn] }));
    const told = (call: MlCall): string[] => [...find(call, '.tags')!.children].map(words);
    const known = ['Sales queue', 'to (415) 555-0001'];
    expect(told(el)).to.deep.equal([...known, 'Entered: 4711', 'Sent on by (415) 555-0003']);
    const less = await showCall(new StillWorkspace({ calls: [ringing] }));
    expect(told(less)).to.deep.equal(known);
  });

  it('keeps the focus on the keypad toggle while the other controls go', async () => {
    const workspace = new StillWorkspace({ calls: [stillCall()] });
    const el = await showCall(workspace);
    find(el, '#keypad')!.focus();
    await sendKeys({ press: 'Enter' });
    await el.updateComplete;
    expect(grid(el)).to.deep.equal(['Mute', 'Keypad', 'Hang up']);
    expect(el.focusedControl).to.equal('keypad');
    await sendKeys({ press: 'Enter' });
    await el.updateComplete;
    expect(el.focusedControl).to.equal('keypad');
    expect(grid(el)).to.have.length(7);
  });

  it('lets the bars follow the sound only where motion is welcome, while the call speaks', async () => {
    let hear: ((levels: AudioLevels) => void) | null = null;
    const workspace = Object.assign(new StillWorkspace({ calls: [stillCall()] }), {
      watchLevels: (_id: string, listener: (levels: AudioLevels) => void) => {
        hear = listener;
        return () => void (hear = null);
      },
    });
    await showCall(workspace);
    expect(hear).to.equal(null);
    await emulateMedia({ reducedMotion: 'no-preference' });
    const el = await showCall(workspace);
    const bars = find(el, '.levels')!;
    hear!({ microphone: 0.1, remote: 0.5 });
    expect(bars.style.getPropertyValue('--_level')).to.equal('0.50');
    expect(getComputedStyle(bars).opacity).to.equal('1');
    hear!({ microphone: 0, remote: 0 });
    expect(getComputedStyle(bars).opacity).to.equal('0');
    workspace.change('call-1', { hold: 'us', heldAt: workspace.clock.now() });
    await el.updateComplete;
    expect(hear).to.equal(null);
    await emulateMedia({ reducedMotion: 'reduce' });
  });
});
