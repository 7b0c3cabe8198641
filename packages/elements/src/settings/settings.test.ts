import { MultiLineError } from '@multiline/core';
import { scriptedLine } from '@multiline/testing';
import { expect, fixture, html } from '@open-wc/testing';
import { drawn } from '../testing/scripted-desk.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { MlSettings } from './settings.ts';
import './settings.ts';

const show = (workspace: StillWorkspace): Promise<MlSettings> =>
  fixture<MlSettings>(html`<ml-settings .workspace=${workspace}></ml-settings>`);

describe('ml-settings', () => {
  it('is accessible', async () => {
    await expect(await show(new StillWorkspace())).to.be.accessible();
  });

  it('shows what holds and changes it', async () => {
    const workspace = new StillWorkspace({ settings: { dialMode: 'edit', popAt: 'answered' } });
    const el = await show(workspace);
    const [popAt, dialMode] = [...el.renderRoot.querySelectorAll('select')];
    expect([popAt!.value, dialMode!.value]).to.deep.equal(['When answered', 'Lets me edit the number']);
    dialMode!.selectedIndex = 2;
    dialMode!.dispatchEvent(new Event('change'));
    const subject = el.renderRoot.querySelector('input')!;
    subject.value = '{direction} call';
    subject.dispatchEvent(new Event('change'));
    expect(workspace.commands).to.deep.equal([
      ['changeSettings', { dialMode: 'immediate' }],
      ['changeSettings', { subject: '{direction} call' }],
    ]);
  });

  it('says that a change could not be saved and shows what still holds', async () => {
    const workspace = new StillWorkspace({ refuse: { changeSettings: new MultiLineError('storage-full') } });
    const el = await show(workspace);
    const [popAt] = [...el.renderRoot.querySelectorAll('select')];
    popAt!.selectedIndex = 2;
    popAt!.dispatchEvent(new Event('change'));
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await el.updateComplete;
    expect(el.renderRoot.querySelector('.notice')!.textContent).to.contain('could not be saved');
    expect(popAt!.value).to.equal('When it rings');
  });

  it('also rings the desk phone when asked to, where another device carries the calls', async () => {
    const workspace = new StillWorkspace({ capabilities: { device: 'elsewhere' } });
    const el = await show(workspace);
    const desk = el.renderRoot.querySelector<HTMLElement>('[role="switch"]')!;
    expect([desk.textContent.trim(), desk.ariaChecked]).to.deep.equal(['Also ring my desk phone', 'false']);
    desk.click();
    await drawn(el, () => desk.ariaChecked === 'true');
    expect(workspace.commands).to.deep.equal([['changeSettings', { alsoRingDeskPhone: true }]]);
    await expect(el).to.be.accessible();
    const here = await show(new StillWorkspace());
    expect(here.renderRoot.querySelector('[role="switch"]')).to.equal(null);
  });

  it('[MV-46] asks for notifications by a press, and explains the way out when the browser blocks them', async () => {
    const workspace = new StillWorkspace();
    const el = await show(workspace);
    el.renderRoot.querySelector<HTMLElement>('.row button')!.click();
    expect(workspace.commands).to.deep.equal([['askNotificationPermission']]);
    workspace.notificationPermission = () => 'denied';
    el.requestUpdate();
    await el.updateComplete;
    expect(el.renderRoot.querySelector('.row')!.textContent).to.contain('Allow notifications for this site');
    expect(el.renderRoot.querySelector('.row button')).to.equal(null);
  });

  it('has the sound where the line has devices, and the connection test', async () => {
    const el = await show(new StillWorkspace());
    expect(el.renderRoot.querySelector('ml-doctor')).not.to.equal(null);
    expect(el.renderRoot.querySelector('ml-audio-settings')).to.equal(null);
    const devices = scriptedLine().audio!;
    const sound = await show(new StillWorkspace({ audio: devices }));
    expect(sound.renderRoot.querySelector('ml-audio-settings')).not.to.equal(null);
  });

  it('connects a headset where the browser hands its buttons over', async () => {
    const workspace = Object.assign(new StillWorkspace(), { headsets: true });
    const el = await show(workspace);
    [...el.renderRoot.querySelectorAll<HTMLElement>('.row button')].at(-1)!.click();
    expect(workspace.commands).to.deep.equal([['connectHeadset']]);
  });

  it('has its empty shape without a workspace', async () => {
    const el = await fixture<MlSettings>(html`<ml-settings></ml-settings>`);
    expect(el.matches(':state(unwired)')).to.equal(true);
  });
});
