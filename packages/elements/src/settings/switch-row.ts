import { html } from 'lit';
import type { TemplateResult } from 'lit';

export interface SwitchRow {
  readonly label: string;
  readonly on: boolean;
  readonly change: (on: boolean) => void;
}

/** A setting that is on or off; it moves when the workspace says so. */
export function switchRow({ label, on, change }: SwitchRow): TemplateResult {
  const onClick = (): void => change(!on);
  return html`<div class="row" part="setting">
    <span .ariaHidden=${'true'}>${label}</span>
    <button class="switch" type="button" .role=${'switch'} .ariaChecked=${String(on)} @click=${onClick}>
      <span class="unseen">${label}</span>
    </button>
  </div>`;
}
