import { MultiLineError } from '@multiline/core';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import type { MlCallNotes } from '../call-notes/call-notes.ts';
import type { MlCall } from '../call/call.ts';
import type { MlDialEvent, MlSendEvent } from '../events/intents.ts';
import type { MlSearch } from '../search/search.ts';
import { scriptedDesk } from '../testing/scripted-desk.ts';
import { has, inside, part, ringing, settled, show, shows } from '../testing/shown-softphone.ts';
import { lucy, stillCall } from '../testing/still-calls.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { MlPicked } from './picked.ts';
import type { MlSoftphone } from './softphone.ts';
import type { MlWrapUp } from './wrap-up.ts';

describe('ml-softphone', () => {
  before(() => emulateMedia({ reducedMotion: 'reduce' }));

  it('is accessible', async () => {
    const el = await show(new StillWorkspace());
    await expect(el).to.be.accessible();
  });

  it('[MV-67] shows user name and extension in the header, and the settings from there', async () => {
    const el = await show(new StillWorkspace());
    expect(part(el, 'user').textContent.replace(/\s+/g, ' ').trim()).to.equal('Ann Archer 1001');
    expect(part(el, 'status').textContent).to.equal('Available');
    const [last] = [...el.renderRoot.querySelectorAll('header button')].slice(-1);
    expect(last!.ariaLabel).to.equal('Settings');
    part(el, 'settings-toggle').click();
    await settled(el);
    expect(has(el, 'ml-settings')).to.equal(true);
    await expect(el).to.be.accessible();
    part(el, 'settings-toggle').click();
    await settled(el);
    expect(has(el, 'ml-search')).to.equal(true);
  });

  it('[MV-01] looks different when idle, in a call and after it, and goes back to idle', async () => {
    const desk = await scriptedDesk();
    const el = await show(desk.workspace);
    expect(shows(el)).to.deep.equal(['idle']);
    expect(has(el, 'ml-dialpad')).to.equal(true);
    const call = desk.line.ring({ address: '+14155550101' });
    await desk.clock.run(100);
    await settled(el);
    expect(shows(el)).to.deep.equal(['ringing', 'in-call']);
    expect(has(el, 'ml-dialpad')).to.equal(false);
    await desk.workspace.answer(call.id);
    await desk.clock.run(61_000);
    await settled(el);
    expect(shows(el)).to.deep.equal(['in-call']);
    expect(has(el, 'ml-call-notes')).to.equal(true);
    call.signal({ type: 'ended', reason: 'completed', by: 'them' });
    await desk.clock.run(0);
    await settled(el);
    expect(shows(el)).to.deep.equal(['after-call']);
    expect(part(el, 'status').textContent).to.equal('Wrapping up');
    part(el, 'wrap-up').click();
    await desk.clock.run(0);
    await settled(el);
    expect(shows(el)).to.deep.equal(['idle']);
    expect(part(el, 'status').textContent).to.equal('Available');
  });

  it('[MV-29] has the search field idle, in a call and after it', async () => {
    const workspace = new StillWorkspace();
    const el = await show(workspace);
    const field = inside(el, 'ml-search');
    for (const phase of ['active', 'ended'] as const) {
      workspace.$calls.set([stillCall({ phase, ...(phase === 'ended' && { reason: 'completed' }) })]);
      await settled(el);
      expect(inside(el, 'ml-search') === field).to.equal(true);
    }
  });

  it('[MV-12] hangs up, offers the log and wrap-up, and moves the focus from Hang up to the notes', async () => {
    const desk = await scriptedDesk();
    const el = await show(desk.workspace);
    const line = desk.line.ring({ address: '+14155550101' });
    await desk.clock.run(100);
    await desk.workspace.answer(line.id);
    await desk.clock.run(5000);
    await settled(el);
    const call = inside<MlCall>(el, 'ml-call');
    call.focusControl('hang-up');
    await sendKeys({ press: 'Enter' });
    await desk.clock.run(100);
    await settled(el);
    expect(shows(el)).to.deep.equal(['after-call']);
    expect(inside<MlCall>(el, 'ml-call') === call).to.equal(true);
    expect(has(el, 'ml-wrap-up')).to.equal(true);
    expect((el.renderRoot as ShadowRoot).activeElement?.localName).to.equal('ml-call-notes');
    part(el, 'wrap-up').click();
    await desk.clock.run(0);
    await settled(el);
    expect(shows(el)).to.deep.equal(['idle']);
  });

  it('moves the focus from Answer to Mute', async () => {
    const workspace = new StillWorkspace({ calls: [ringing] });
    const el = await show(workspace);
    await settled(el);
    const call = inside<MlCall>(el, 'ml-call');
    call.focusControl('answer');
    workspace.change('call-2', { phase: 'active', answeredAt: workspace.clock.now() });
    await settled(el);
    expect(call.focusedControl).to.equal('mute');
  });

  it('keeps the notes with their caret when the call ends', async () => {
    const workspace = new StillWorkspace({ calls: [stillCall()] });
    const el = await show(workspace);
    await settled(el);
    const notes = inside<MlCallNotes>(el, 'ml-call-notes');
    notes.focus();
    await sendKeys({ type: 'Wants 40' });
    const area = notes.renderRoot.querySelector('textarea')!;
    area.setSelectionRange(3, 5);
    workspace.change('call-1', { phase: 'ended', reason: 'completed', endedBy: 'them' });
    await settled(el);
    expect(inside(el, 'ml-call-notes') === notes).to.equal(true);
    expect([area.value, area.selectionStart, area.selectionEnd]).to.deep.equal(['Wants 40', 3, 5]);
    expect((el.renderRoot as ShadowRoot).activeElement === notes).to.equal(true);
  });

  it('saves the notes with Wrap up, and stays when they could not be saved', async () => {
    const refuse: Record<string, unknown> = { saveNotes: new MultiLineError('refused', { message: 'Locked.' }) };
    const workspace = new StillWorkspace({
      calls: [stillCall({ phase: 'ended', reason: 'completed', notes: { text: 'x', saved: '' } })],
      refuse,
    });
    const el = await show(workspace);
    await settled(el);
    part(el, 'wrap-up').click();
    await settled(el);
    expect(workspace.commands.map(([verb]) => verb)).to.deep.equal(['saveNotes']);
    delete refuse['saveNotes'];
    part(el, 'wrap-up').click();
    await settled(el);
    expect(workspace.commands.slice(0, 3).map(([verb]) => verb)).to.deep.equal(['saveNotes', 'saveNotes', 'wrapUp']);
  });

  it('[ML-20] fills in a clicked number and lets choose between call and message, dialing nothing by itself', async () => {
    const workspace = new StillWorkspace();
    const el = await show(workspace);
    await settled(el);
    await workspace.pickNumber('(415) 555-0101', lucy);
    await settled(el);
    expect((el.renderRoot as ShadowRoot).activeElement?.localName).to.equal('ml-search');
    expect(inside<MlPicked>(el, 'ml-picked').renderRoot.textContent).to.contain('Lucy Hall');
    expect(has(el, 'ml-dialpad')).to.equal(false);
    expect(workspace.commands.some(([verb]) => verb === 'dial')).to.equal(false);
    el.addEventListener('ml-send', (event) => event.preventDefault());
    setTimeout(() => part(el, 'message').click());
    const sent = await oneEvent<MlSendEvent>(el, 'ml-send');
    expect(sent.number).to.equal('(415) 555-0101');
    setTimeout(() => part(el, 'call').click());
    const dialed = await oneEvent<MlDialEvent>(el, 'ml-dial');
    expect(dialed.record).to.equal(lucy);
    expect(workspace.commands.at(-1)).to.deep.equal(['dial', '(415) 555-0101', { record: lucy }]);
    await expect(el).to.be.accessible();
  });

  it('puts the last dialed number into an empty field and does not dial it', async () => {
    const workspace = new StillWorkspace({
      recentCalls: {
        state: 'ready',
        calls: [ringing, stillCall({ id: 'x', phase: 'ended', direction: 'outbound', number: '+14155550199' })],
      },
    });
    const el = await show(workspace);
    part(el, 'call').click();
    expect(workspace.$dialField.get().text).to.equal('+14155550199');
    expect(workspace.commands.some(([verb]) => verb === 'dial')).to.equal(false);
  });

  it('[MV-25] dials from the keypad when idle', async () => {
    const workspace = new StillWorkspace();
    const el = await show(workspace);
    await settled(el);
    const pad = inside<MlSearch>(el, 'ml-dialpad');
    for (const key of ['1', '0', '0', '2']) {
      [...pad.renderRoot.querySelectorAll<HTMLButtonElement>('.key')].find(({ value }) => value === key)!.click();
    }
    await settled(el);
    part(el, 'call').click();
    expect(workspace.commands.at(-1)).to.deep.equal(['dial', '1002', {}]);
  });

  it('shows a second call above the first, which stays complete and in its place', async () => {
    const workspace = new StillWorkspace({ calls: [stillCall()] });
    const el = await show(workspace);
    await settled(el);
    const first = inside<MlCall>(el, 'ml-call');
    workspace.$calls.set([stillCall(), ringing]);
    await settled(el);
    const calls = [...el.renderRoot.querySelectorAll<MlCall>('ml-call')];
    expect(calls.map(({ callId, compact }) => [callId, compact])).to.deep.equal([
      ['call-2', true],
      ['call-1', false],
    ]);
    expect(calls[1] === first).to.equal(true);
    await expect(el).to.be.accessible();
    calls[0]!.renderRoot.querySelector<HTMLElement>('#answer')!.click();
    expect(workspace.commands.at(-1)).to.deep.equal(['answer', 'call-2']);
  });

  it('keeps the number in the field when the call does not go out', async () => {
    const workspace = new StillWorkspace({
      dialField: { text: '1002' },
      refuse: { dial: new MultiLineError('not-registered') },
    });
    const el = await show(workspace);
    part(el, 'call').click();
    await settled(el);
    expect(workspace.$dialField.get().text).to.equal('1002');
  });

  it('opens what needs attention from the header', async () => {
    const el = await show(new StillWorkspace());
    expect(part(el, 'tray-toggle').ariaLabel).to.equal('Needs attention: nothing');
    part(el, 'tray-toggle').click();
    await settled(el);
    expect(has(el, 'ml-tray')).to.equal(true);
    expect(part(el, 'tray-toggle').ariaExpanded).to.equal('true');
    await expect(el).to.be.accessible();
  });

  it('says whom the call is logged to and why, and lets a person say otherwise', async () => {
    const call = stillCall({
      phase: 'ended',
      reason: 'completed',
      endedBy: 'us',
      endedAt: stillCall().startedAt + 9000,
    });
    const el = await show(new StillWorkspace({ calls: [call] }));
    await settled(el);
    const log = inside<MlWrapUp>(el, 'ml-wrap-up');
    expect(log.renderRoot.querySelector('.where')!.textContent).to.equal('Log to Lucy Hall, Contactthe only match');
    log.renderRoot.querySelector<HTMLElement>('[part="wrong-match"]')!.click();
    await log.updateComplete;
    expect(log.renderRoot.querySelector('ml-record-choice') !== null).to.equal(true);
  });

  it('speaks another language as soon as the page does', async () => {
    const { registerStrings } = await import('../strings/localize.ts');
    registerStrings('de', { 'action.call': 'Anrufen', 'phone.available': 'Bereit' });
    const page = await fixture<HTMLElement>(
      html`<div lang="de-AT"><ml-softphone .workspace=${new StillWorkspace()}></ml-softphone></div>`,
    );
    const el = page.querySelector('ml-softphone')!;
    await settled(el);
    expect(part(el, 'call').textContent.trim()).to.equal('Anrufen');
    expect(part(el, 'message').textContent.trim()).to.equal('Message');
    page.lang = 'en';
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await settled(el);
    expect(part(el, 'call').textContent.trim()).to.equal('Call');
  });

  for (const width of [280, 320, 400, 720]) {
    for (const dir of ['ltr', 'rtl']) {
      it(`fits into ${String(width)} px, ${dir}, nothing cut off`, async () => {
        const box = await fixture<HTMLElement>(
          html`<div .dir=${dir}>
            <ml-softphone .workspace=${new StillWorkspace({ calls: [stillCall(), ringing] })}></ml-softphone>
          </div>`,
        );
        box.style.inlineSize = `${String(width)}px`;
        const el = box.querySelector('ml-softphone')!;
        await settled(el);
        expect(el.scrollWidth).to.be.at.most(width);
        for (const call of el.renderRoot.querySelectorAll<MlCall>('ml-call')) {
          for (const button of call.renderRoot.querySelectorAll('button')) {
            expect(button.scrollWidth, button.textContent).to.be.at.most(button.offsetWidth);
            expect(button.offsetHeight).to.be.at.least(24);
          }
        }
      });
    }
  }

  it('has its empty shape without a workspace, and throws nothing', async () => {
    const el = await fixture<MlSoftphone>(html`<ml-softphone></ml-softphone>`);
    expect(el.matches(':state(unwired)')).to.equal(true);
    expect(has(el, 'button')).to.equal(false);
    await expect(el).to.be.accessible();
  });
});
