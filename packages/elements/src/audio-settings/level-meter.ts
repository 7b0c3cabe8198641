import { html } from 'lit';
import type { TemplateResult } from 'lit';

/** How many cells the meter has. */
const CELLS = 16;

/** A meter of cells; {@link showLevel} moves it. */
export function levelMeter(label: string): TemplateResult {
  return html`<div
    class="meter"
    part="meter"
    .role=${'meter'}
    .ariaLabel=${label}
    .ariaValueMin=${'0'}
    .ariaValueMax=${'100'}
    .ariaValueNow=${'0'}
  ></div>`;
}

/** Through CSSOM and properties: a page's policy may forbid style attributes, and ten renderings a second would be wasted. */
export function showLevel(meter: HTMLElement | null, level: number, valueText: (percent: number) => string): void {
  if (!meter) return;
  const percent = Math.round(level * 100);
  meter.style.setProperty('--_cells', String(Math.round(level * CELLS)));
  meter.ariaValueNow = String(percent);
  meter.ariaValueText = valueText(percent);
}
