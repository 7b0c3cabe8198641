import type { Workspace } from '@multiline/core';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { StringKey } from '../strings/english.ts';

interface Asking {
  readonly text: (key: StringKey) => string;
  /** The person has answered the browser. */
  readonly done: () => void;
  readonly failed: (thrown: unknown) => void;
}

/** What the browser must be asked for by a press: to notify, and to hand over a headset's buttons (MV-46). */
export function attentionRows(workspace: Workspace, { text, done, failed }: Asking): TemplateResult {
  const permission = workspace.notificationPermission();
  const button = (label: StringKey, ask: () => Promise<unknown>): TemplateResult => {
    const onClick = (): void => void ask().then(done, failed);
    return html`<button class="button" type="button" @click=${onClick}>${text(label)}</button>`;
  };
  const notify = (now: NotificationPermission): TemplateResult =>
    html`<div class="row" part="setting">
      <span>${text('settings.notify')} <small>${text(`settings.notify.${now}`)}</small></span>
      ${now === 'default' ? button('settings.notify.allow', () => workspace.askNotificationPermission()) : nothing}
    </div>`;
  const headset = (): TemplateResult =>
    html`<div class="row" part="setting">
      <span>${text('settings.headset')} <small>${text('settings.headset-hint')}</small></span>
      ${button('settings.headset.connect', () => workspace.connectHeadset())}
    </div>`;
  return html`${permission === 'unsupported' ? nothing : notify(permission)}${workspace.headsets ? headset() : nothing}`;
}
