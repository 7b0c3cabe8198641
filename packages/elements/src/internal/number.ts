import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';

/** A number as people of this country write it; what is no E.164 number stays as it is. The one place that knows how. */
export function writtenNumber(number: string, country: string): string {
  const own = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  if (own) {
    const [, area, exchange, line] = own;
    return country === 'US' || country === 'CA' ? `(${area}) ${exchange}-${line}` : `+1 ${area} ${exchange} ${line}`;
  }
  const british = /^\+44(20)(\d{4})(\d{4})$/.exec(number);
  if (british) return `+44 ${british[1]} ${british[2]} ${british[3]}`;
  return number;
}

/** A number on screen: left-to-right in any language, digits of one width, never wrapped; an extension behind it, muted. */
export function numberTemplate(number: string, country: string, extension?: string): TemplateResult {
  const mark = extension ? html` <span class="extension-mark">x${extension}</span>` : nothing;
  return html`<bdi class="number" dir="ltr">${writtenNumber(number, country)}${mark}</bdi>`;
}
