import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';

export interface SwitchRow {
  readonly label: string;
  /** What it is for. */
  readonly hint?: string;
  readonly on: boolean;
  readonly change: (on: boolean) => void;
}

/** A setting that is on or off; it moves when the workspace says so. */
export function switchRow({ label, hint, on, change }: SwitchRow): TemplateResult {
  const onClick = (): void => change(!on);
  return html`<div class="row" part="setting">
    <span .ariaHidden=${'true'}>${label}${hint ? html` <small>${hint}</small>` : nothing}</span>
    <button class="switch" type="button" .role=${'switch'} .ariaChecked=${String(on)} @click=${onClick}>
      <span class="unseen">${hint ? `${label}. ${hint}` : label}</span>
    </button>
  </div>`;
}
