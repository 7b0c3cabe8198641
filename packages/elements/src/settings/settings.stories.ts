import { MultiLineError } from '@multiline/core';
import { scriptedLine } from '@multiline/testing';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { StillWorkspace } from '../testing/still-workspace.ts';
import './settings.ts';

export default { title: 'Settings', component: 'ml-settings' };

const show = (workspace: StillWorkspace): TemplateResult => html`<ml-settings .workspace=${workspace}></ml-settings>`;
/** Chooses another way of opening records. */
const change = async ({ canvasElement }: { canvasElement: HTMLElement }): Promise<void> => {
  const el = (canvasElement.matches('ml-settings') ? canvasElement : canvasElement.querySelector('ml-settings'))!;
  await el.updateComplete;
  const select = el.renderRoot.querySelector('select');
  if (select) select.selectedIndex = 2;
  select?.dispatchEvent(new Event('change'));
  await el.updateComplete;
};

export const Plain = { render: () => show(new StillWorkspace()) };
export const Everything = {
  render: () =>
    show(
      Object.assign(
        new StillWorkspace({ audio: scriptedLine().audio ?? null, capabilities: { device: 'elsewhere' } }),
        { headsets: true },
      ),
    ),
};
export const NotificationsBlocked = {
  render: () => show(Object.assign(new StillWorkspace(), { notificationPermission: () => 'denied' })),
};
export const NotSaved = {
  render: () => show(new StillWorkspace({ refuse: { changeSettings: new MultiLineError('storage-full') } })),
  play: change,
};
/** Presses "Sign out…", and what confirms it so many times. */
const signOut =
  (times: number) =>
  async ({ canvasElement }: { canvasElement: HTMLElement }): Promise<void> => {
    const el = (canvasElement.matches('ml-settings') ? canvasElement : canvasElement.querySelector('ml-settings'))!;
    await el.updateComplete;
    const part = el.renderRoot.querySelector('ml-sign-out')!;
    await part.updateComplete;
    for (const name of ['ask', ...Array<string>(times).fill('sign-out')]) {
      part.renderRoot.querySelector<HTMLElement>(`[part="${name}"]`)?.click();
      // The workspace answers in a turn of its own.
      for (let turns = 0; turns < 5; turns++) await part.updateComplete;
    }
  };
const kept = { calls: 214, drafts: 1, unlogged: 2 };
export const SigningOut = { render: () => show(new StillWorkspace({ kept })), play: signOut(0) };
export const SigningOutLosesCalls = {
  render: () => show(new StillWorkspace({ kept, refuse: { signOut: new MultiLineError('refused') } })),
  play: signOut(1),
};
export const Unwired = { render: () => html`<ml-settings></ml-settings>` };
