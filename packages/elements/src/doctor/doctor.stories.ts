import type { Finding } from '@multiline/core';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { StillWorkspace } from '../testing/still-workspace.ts';
import './doctor.ts';

export default { title: 'Connection test', component: 'ml-doctor' };

const show = (findings: readonly Finding[]): TemplateResult =>
  html`<ml-doctor .workspace=${new StillWorkspace({ findings })}></ml-doctor>`;
const run = ({ canvasElement }: { canvasElement: HTMLElement }): void => {
  const el = canvasElement.matches('ml-doctor') ? canvasElement : canvasElement.querySelector('ml-doctor');
  el?.shadowRoot?.querySelector<HTMLElement>('.button')?.click();
};

export const Idle = { render: () => show([]) };
export const Troubles = {
  render: () =>
    show([
      { check: 'microphone', state: 'failed', finding: 'mic-denied' },
      { check: 'registration', state: 'ok', finding: 'registered-elsewhere' },
      { check: 'round-trip', state: 'warning', finding: 'round-trip-slow', values: { ms: 320 } },
      { check: 'crm', state: 'skipped', finding: 'crm-none' },
      { check: 'storage', state: 'running', finding: 'running' },
    ]),
  play: run,
};
export const Well = {
  render: () =>
    show([
      { check: 'microphone', state: 'ok', finding: 'mic-works', values: { device: 'Headset 750, USB' } },
      { check: 'crm', state: 'ok', finding: 'crm-ok', values: { crm: 'Salesforce', user: 'Ann Archer' } },
    ]),
  play: run,
};
export const Unwired = { render: () => html`<ml-doctor></ml-doctor>` };
