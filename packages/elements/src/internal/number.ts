import { formatNumber } from '@multiline/core';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';

/** A number as people of this country write it, without its extension; what is no E.164 number stays as it is dialed. */
export function writtenNumber(number: string, country: string): string {
  return formatNumber(number, { country }).number;
}

/** A number on screen: left-to-right in any language, digits of one width, never wrapped; an extension behind it, muted. */
export function numberTemplate(number: string, country: string, extension?: string): TemplateResult {
  const formatted = formatNumber(number, { country });
  const behind = extension ? `x${extension}` : formatted.extension;
  const mark = behind ? html` <span class="extension-mark">${behind}</span>` : nothing;
  return html`<bdi class="number" dir="ltr">${formatted.number}${mark}</bdi>`;
}
