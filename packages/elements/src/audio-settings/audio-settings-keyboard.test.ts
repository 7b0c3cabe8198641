import { expect, fixture, html } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import { Devices } from '../testing/devices.ts';
import { allDrawn, focused, pressKey, stops, tabBack } from '../testing/keys.ts';
import { drawn } from '../testing/scripted-desk.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { MlAudioSettings } from './audio-settings.ts';
import './audio-settings.ts';

interface Shown {
  readonly el: MlAudioSettings;
  readonly workspace: StillWorkspace;
  readonly devices: Devices;
}

/** What the focus is on, as a person would call it. */
const called = (): string => {
  const one = focused();
  const label = one instanceof HTMLSelectElement ? wordsOf(one.labels[0]) : one;
  return label?.textContent?.replace(/\s+/gu, ' ').trim() ?? '';
};

/** The label without the options. */
const wordsOf = (label: Node | undefined): Node | undefined =>
  [...(label?.childNodes ?? [])].find((one) => one.nodeType === Node.TEXT_NODE && one.textContent?.trim());

/** The settings, with the focus on what is called so, by Tab alone. */
async function show(name: string): Promise<Shown> {
  const devices = new Devices();
  const workspace = new StillWorkspace({ audio: devices });
  const el = await fixture<MlAudioSettings>(html`<ml-audio-settings .workspace=${workspace}></ml-audio-settings>`);
  for (let steps = 0; steps < 10 && !called().startsWith(name); steps++) await pressKey('Tab');
  expect(called()).to.match(new RegExp(`^${name}`, 'u'));
  return { el, workspace, devices };
}

const press = async ({ el }: Shown, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) {
    await (key === 'Shift+Tab' ? tabBack() : pressKey(key));
    await allDrawn(el);
  }
};
const changes = ({ commands }: StillWorkspace): unknown[] => commands.map(([, change]) => change);

describe('the sound settings by keyboard alone', () => {
  before(() => emulateMedia({ reducedMotion: 'reduce' }));

  it('are reached by Tab, one after the other, from the microphone to the noise', async () => {
    const shown = await show('Microphone');
    const seen = [called()];
    for (let steps = 1; steps < stops(shown.el).length; steps++) {
      await press(shown, 'Tab');
      seen.push(called());
    }
    expect(seen.map((name) => name.split('.')[0])).to.deep.equal([
      'Microphone',
      'Test microphone',
      'Speaker',
      'Play a sound',
      'Ring on',
      'Noise suppression',
    ]);
  });

  it('take another microphone by an arrow or its first letter, and the focus stays', async () => {
    const shown = await show('Microphone');
    await press(shown, 'ArrowDown');
    await sendKeys({ type: 'B' });
    expect(changes(shown.workspace)).to.deep.equal([{ microphone: 'Headset' }, { microphone: 'Built-in' }]);
    expect([called(), (focused() as HTMLSelectElement).value]).to.deep.equal(['Microphone', 'Built-in']);
  });

  it('take another speaker, and what it rings on: all of them, or one', async () => {
    const shown = await show('Speaker');
    await press(shown, 'ArrowDown', 'Tab', 'Tab', 'ArrowDown', 'ArrowDown');
    expect(changes(shown.workspace)).to.deep.equal([
      { speaker: 'Headset' },
      { ringers: ['*'] },
      { ringers: ['Headset'] },
    ]);
    expect(called()).to.equal('Ring on');
  });

  it('play the test tone by Enter and by Space', async () => {
    const shown = await show('Play a sound');
    await press(shown, 'Enter', 'Space');
    expect([shown.devices.asked, called()]).to.deep.equal([['speaker', 'speaker'], 'Play a sound']);
  });

  it('show the level of the microphone until the same button is pressed again, and keep the focus on it', async () => {
    const shown = await show('Test microphone');
    const { el, devices } = shown;
    const meter = (): Element | null => el.renderRoot.querySelector('[role="meter"]');
    await press(shown, 'Enter');
    await drawn(el, () => meter() !== null && devices.asked.length === 1);
    devices.level(0.25);
    expect([called(), meter()?.ariaValueText]).to.deep.equal(['Stop test', '25 percent']);
    // Another microphone meanwhile: the test goes on with it.
    await press(shown, 'Shift+Tab', 'ArrowDown');
    await drawn(el, () => devices.asked.length === 3);
    expect(devices.asked).to.deep.equal(['microphone', 'stopped', 'microphone']);
    expect(called()).to.equal('Microphone');
    await press(shown, 'Tab', 'Space');
    expect([called(), meter(), devices.asked.at(-1)]).to.deep.equal(['Test microphone', null, 'stopped']);
  });

  it('switch the noise suppression by Space', async () => {
    const shown = await show('Noise suppression');
    await press(shown, 'Space');
    expect(changes(shown.workspace)).to.deep.equal([{ noiseSuppression: false }]);
  });
});
