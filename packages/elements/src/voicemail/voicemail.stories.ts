import type { Voicemail } from '@multiline/core';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { StillWorkspace } from '../testing/still-workspace.ts';
import { longName } from '../testing/story-calls.ts';
import './voicemail.ts';

export default { title: 'Voicemail', component: 'ml-voicemail' };

const at = Date.UTC(2026, 10, 12, 14, 59);
const messages = [
  { id: '1', from: '+14155550102', name: 'Larry Thomas', at, durationMs: 31_000, heard: false },
  { id: '2', from: '+14155550199', at: at - 26 * 60 * 60_000, durationMs: 8_000, heard: true },
];
const show = (voicemail: Voicemail): TemplateResult =>
  html`<ml-voicemail
    .workspace=${new StillWorkspace({ voicemail, capabilities: { voicemail: true } })}
  ></ml-voicemail>`;

export const Messages = { render: () => show({ state: 'ready', fresh: 1, messages }) };
export const LongNames = {
  render: () =>
    show({
      state: 'ready',
      fresh: 1,
      messages: [{ ...messages[0]!, name: longName.name, durationMs: 3_961_000 }],
    }),
};
export const Deleting = {
  render: () => show({ state: 'ready', fresh: 1, messages }),
  play: ({ canvasElement }: { canvasElement: HTMLElement }): void =>
    canvasElement.shadowRoot?.querySelector<HTMLElement>('.delete')?.click(),
};
export const CouldNotLoad = {
  render: () =>
    show({
      state: 'failed',
      fresh: 1,
      messages: messages.slice(1),
      failure: { code: 'network', message: 'The server cannot be reached.', retryable: true },
    }),
};
export const Loading = { render: () => show({ state: 'loading', fresh: 0, messages: [] }) };
export const OnlyCounted = { render: () => show({ state: 'count', fresh: 3, messages: [] }) };
export const Empty = { render: () => show({ state: 'ready', fresh: 0, messages: [] }) };
export const NoMailbox = { render: () => show({ state: 'none', fresh: 0, messages: [] }) };
export const Unwired = { render: () => html`<ml-voicemail></ml-voicemail>` };
