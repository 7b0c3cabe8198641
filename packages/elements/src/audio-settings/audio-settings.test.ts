import { MultiLineError } from '@multiline/core';
import type { Settings } from '@multiline/core';
import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { connected, Devices } from '../testing/devices.ts';
import { drawn } from '../testing/scripted-desk.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { Stillness } from '../testing/still-workspace.ts';
import type { MlAudioSettings } from './audio-settings.ts';
import './audio-settings.ts';

interface Shown {
  readonly el: MlAudioSettings;
  readonly workspace: StillWorkspace;
  readonly devices: Devices;
  readonly selects: HTMLSelectElement[];
}

async function show(settings: Partial<Settings> = {}, devices = new Devices(), still: Stillness = {}): Promise<Shown> {
  const workspace = new StillWorkspace({ audio: devices, settings, ...still });
  const el = await fixture<MlAudioSettings>(html`<ml-audio-settings .workspace=${workspace}></ml-audio-settings>`);
  return { el, workspace, devices, selects: [...el.renderRoot.querySelectorAll('select')] };
}

const options = (select: HTMLSelectElement | undefined): string[] =>
  [...(select?.options ?? [])].map(({ text }) => text);
const words = (element: Element | null): string => element?.textContent?.replace(/\s+/gu, ' ').trim() ?? '';
const button = (el: MlAudioSettings, name: string): HTMLButtonElement => {
  const found = [...el.renderRoot.querySelectorAll('button')].find((one) => words(one).startsWith(name));
  if (!found) throw new Error(`There is no ${name}.`);
  return found;
};
const choose = (select: HTMLSelectElement | undefined, index: number): void => {
  select!.selectedIndex = index;
  select!.dispatchEvent(new Event('change'));
};

describe('ml-audio-settings', () => {
  it('lists microphones, speakers and what rings, each by itself', async () => {
    const { el, selects } = await show({ microphone: 'Built-in', ringers: ['*'] });
    expect(selects.map((select) => options(select))).to.deep.equal([
      ['System’s choice', 'Headset', 'Built-in'],
      ['System’s choice', 'Headset'],
      ['System’s choice', 'All outputs', 'Headset'],
    ]);
    expect(selects.map(({ value }) => value)).to.deep.equal(['Built-in', 'System’s choice', 'All outputs']);
    await expect(el).to.be.accessible();
  });

  it('asks the workspace for each choice', async () => {
    const { selects, workspace, el } = await show();
    choose(selects[0], 1);
    choose(selects[1], 1);
    choose(selects[2], 1);
    choose(selects[2], 2);
    el.renderRoot.querySelector<HTMLElement>('[role="switch"]')!.click();
    expect(workspace.commands.map(([, change]) => change)).to.deep.equal([
      { microphone: 'Headset' },
      { speaker: 'Headset' },
      { ringers: ['*'] },
      { ringers: ['Headset'] },
      { noiseSuppression: false },
    ]);
  });

  it('keeps showing what was chosen while it is away, and several ringers at once', async () => {
    const { selects } = await show({ microphone: 'Desk headset', ringers: ['Headset', 'Desk headset'] });
    expect(selects[0]!.value).to.equal('Desk headset (not connected)');
    expect(selects[2]!.value).to.equal('Headset · Desk headset (not connected)');
  });

  it('follows devices that come and go', async () => {
    const { el, devices, selects } = await show();
    devices.$devices.set({ ...connected, microphones: [...connected.microphones, { id: '9', label: 'New one' }] });
    await el.updateComplete;
    expect(options(selects[0])).to.include('New one');
  });

  it('shows how loud the microphone is, in sixteen cells, until the test is stopped', async () => {
    const { el, devices } = await show();
    const meter = (): HTMLElement | null => el.renderRoot.querySelector('[role="meter"]');
    expect([meter(), devices.asked]).to.deep.equal([null, []]);
    button(el, 'Test microphone').click();
    await drawn(el, () => meter() !== null);
    expect(el.matches(':state(testing)')).to.equal(true);
    devices.level(0.5);
    expect(meter()!.style.getPropertyValue('--_cells')).to.equal('8');
    expect([meter()!.ariaValueNow, meter()!.ariaValueText]).to.deep.equal(['50', '50 percent']);
    await expect(el).to.be.accessible();
    button(el, 'Stop test').click();
    await el.updateComplete;
    expect([meter(), devices.asked]).to.deep.equal([null, ['microphone', 'stopped']]);
  });

  it('lets go of the microphone when it leaves the page, also while the browser still asks', async () => {
    const { el, devices } = await show();
    button(el, 'Test microphone').click();
    await drawn(el, () => el.renderRoot.querySelector('.meter') !== null);
    el.remove();
    expect(devices.asked).to.deep.equal(['microphone', 'stopped']);
    const late = await show();
    late.devices.open = () => undefined;
    button(late.el, 'Test microphone').click();
    await drawn(late.el, () => late.el.renderRoot.querySelector('.meter') !== null);
    late.el.remove();
    late.devices.open();
    await Promise.resolve();
    await Promise.resolve();
    expect(late.devices.asked).to.deep.equal(['microphone', 'stopped']);
  });

  it('goes on testing with the microphone that is chosen meanwhile', async () => {
    const { el, devices, selects } = await show();
    button(el, 'Test microphone').click();
    await drawn(el, () => el.renderRoot.querySelector('.meter') !== null);
    choose(selects[0], 1);
    await nextFrame();
    expect(devices.asked).to.deep.equal(['microphone', 'stopped', 'microphone']);
  });

  it('says why a microphone does not open and what to do, in words', async () => {
    const { el, devices } = await show();
    devices.refuse = new MultiLineError('mic-denied');
    button(el, 'Test microphone').click();
    const alert = (): Element | null => el.renderRoot.querySelector('[role="alert"]');
    await drawn(el, () => alert() !== null);
    expect(words(alert())).to.equal('The browser blocks the microphone. Allow it for this site, then call again.');
    expect(el.renderRoot.querySelector('.meter')).to.equal(null);
    await expect(el).to.be.accessible();
  });

  it('plays a sound on the speaker', async () => {
    const { el, devices } = await show();
    button(el, 'Play a sound').click();
    expect(devices.asked).to.deep.equal(['speaker']);
    devices.refuse = new MultiLineError('unexpected', { message: 'The output is gone.' });
    button(el, 'Play a sound').click();
    await drawn(el, () => el.renderRoot.querySelector('[role="alert"]') !== null);
    expect(words(el.renderRoot.querySelector('[role="alert"]'))).to.equal('The test did not work. The output is gone.');
  });

  it('offers to allow the microphone while the browser hides the names', async () => {
    const devices = new Devices({ microphones: [{ id: '', label: '' }], speakers: [] });
    const { el, selects } = await show({}, devices);
    expect(options(selects[0])).to.deep.equal(['System’s choice']);
    button(el, 'Allow microphone').click();
    expect(devices.asked).to.deep.equal(['microphone']);
    devices.$devices.set(connected);
    await el.updateComplete;
    expect(el.renderRoot.querySelector('.notice')).to.equal(null);
  });

  it('says that no microphone is connected, and that a browser gives no choice of speakers', async () => {
    const none = await show({}, new Devices({ microphones: [] }));
    expect(words(none.el.renderRoot.querySelector('.notice'))).to.contain('No microphone is connected.');
    const fixed = await show({}, new Devices({ speakerChoice: false }));
    expect(fixed.selects).to.have.length(1);
    expect(words(fixed.el.renderRoot.querySelector('.panel'))).to.contain('always plays on the system’s speaker');
  });

  it('says that a choice could not be kept, and shows what still holds', async () => {
    const refuse = { changeSettings: new MultiLineError('storage-full') };
    const { el, selects } = await show({}, new Devices(), { refuse });
    choose(selects[0], 1);
    await drawn(el, () => el.renderRoot.querySelector('[role="alert"]') !== null);
    expect(selects[0]!.value).to.equal('System’s choice');
  });

  it('leaves the sound to another device that carries the calls', async () => {
    const { el } = await show({}, new Devices(), { audio: null });
    expect(words(el.renderRoot.querySelector('.empty'))).to.contain('Another device carries your calls');
    await expect(el).to.be.accessible();
  });

  it('can be used by keyboard', async () => {
    const { el, selects } = await show();
    const focusable = [...el.renderRoot.querySelectorAll<HTMLElement>('select, button')];
    expect(focusable.every(({ tabIndex }) => tabIndex === 0)).to.equal(true);
    selects[0]!.focus();
    expect(el.shadowRoot?.activeElement).to.equal(selects[0]);
  });

  for (const direction of ['ltr', 'rtl']) {
    it(`fits into 320 px, ${direction}`, async () => {
      const { el } = await show({
        microphone: 'A microphone with a name that is longer than any line of a small phone',
      });
      el.dir = direction;
      el.style.cssText = 'display: block; inline-size: 320px';
      button(el, 'Test microphone').click();
      await drawn(el, () => el.renderRoot.querySelector('.meter') !== null);
      for (const part of el.renderRoot.querySelectorAll<HTMLElement>('section, .device, select, .meter, .row'))
        expect(part.getBoundingClientRect().width).to.be.at.most(320);
      expect(el.renderRoot.querySelector('section')!.scrollWidth).to.be.at.most(320);
    });
  }

  it('has its empty shape without a workspace', async () => {
    const el = await fixture<MlAudioSettings>(html`<ml-audio-settings></ml-audio-settings>`);
    expect(el.matches(':state(unwired)')).to.equal(true);
    await expect(el).to.be.accessible();
  });
});
