import { MultiLineError } from '@multiline/core';
import type { AudioDeviceList, AudioDevices } from '@multiline/core';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { atom } from 'nanostores';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { Stillness } from '../testing/still-workspace.ts';
import './audio-settings.ts';

export default { title: 'Audio settings', component: 'ml-audio-settings' };

const headset = { id: '1', label: 'Headset 750, USB' };
const connected: AudioDeviceList = {
  microphones: [headset, { id: '2', label: 'Built-in microphone' }],
  speakers: [headset, { id: '3', label: 'Computer speakers' }],
  microphone: null,
  speaker: null,
  speakerChoice: true,
};

const devices = (list: Partial<AudioDeviceList> = {}, refuse?: Error): AudioDevices => ({
  $devices: atom({ ...connected, ...list }),
  choose: () => Promise.resolve(),
  process: () => Promise.resolve(),
  async testMicrophone(listener) {
    if (refuse) throw refuse;
    await Promise.resolve();
    listener(0.56);
    return () => undefined;
  },
  testSpeaker: () => Promise.resolve(),
});
const show = (audio: AudioDevices | null, settings: Stillness['settings'] = {}): TemplateResult =>
  html`<ml-audio-settings .workspace=${new StillWorkspace({ audio, settings })}></ml-audio-settings>`;
const test = ({ canvasElement }: { canvasElement: HTMLElement }): void => {
  const el = canvasElement.matches('ml-audio-settings')
    ? canvasElement
    : canvasElement.querySelector('ml-audio-settings');
  el?.shadowRoot?.querySelector<HTMLElement>('.device .button')?.click();
};

export const Devices = {
  render: () => show(devices(), { microphone: headset.label, speaker: headset.label, ringers: ['*'] }),
};
export const Testing = { render: () => show(devices(), { microphone: headset.label }), play: test };
export const HeadsetAway = {
  render: () => show(devices(), { microphone: 'Desk headset', ringers: ['Computer speakers', 'Desk headset'] }),
};
export const NamesHidden = { render: () => show(devices({ microphones: [{ id: '', label: '' }], speakers: [] })) };
export const Blocked = { render: () => show(devices({}, new MultiLineError('mic-denied'))), play: test };
export const NoMicrophone = { render: () => show(devices({ microphones: [] })) };
export const NoChoiceOfOutputs = { render: () => show(devices({ speakers: [], speakerChoice: false })) };
export const OnAnotherDevice = { render: () => show(null) };
export const Unwired = { render: () => html`<ml-audio-settings></ml-audio-settings>` };
