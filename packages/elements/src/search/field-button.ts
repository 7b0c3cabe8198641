import { html } from 'lit';
import type { TemplateResult } from 'lit';

/** A button at the end of the field; `expanded` says whether it has opened something, null if it opens nothing. */
export function fieldButton(
  part: string,
  label: string,
  icon: TemplateResult,
  press: () => void,
  expanded: boolean | null = null,
): TemplateResult {
  return html`<button
    class="icon-button"
    type="button"
    .part=${part}
    .ariaLabel=${label}
    .title=${label}
    .ariaExpanded=${expanded === null ? null : String(expanded)}
    @click=${press}
  >
    ${icon}
  </button>`;
}
