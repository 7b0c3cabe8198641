import { html } from 'lit';
import type { TemplateResult } from 'lit';

/** One thing that is known of a call: its label and its value. */
export const field = (label: string, value: unknown): TemplateResult =>
  html`<dt>${label}</dt>
    <dd>${value}</dd>`;
