/* eslint-disable lit-a11y/click-events-have-key-events -- links: Enter clicks them; their `href` is bound by property */
import type { CrmRecord, Workspace } from '@multiline/core';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { pop } from './dialing.ts';

/** A record's name: a link to the record where the CRM has an address for it, a button where only its screen does. */
export function recordLink(from: HTMLElement, workspace: Workspace, record: CrmRecord): TemplateResult {
  const name = html`<bdi>${record.name}</bdi>`;
  const url = workspace.recordUrl(record);
  if (url) {
    // Its own way is another tab: a call on this page would not outlive a way out of it.
    return html`<a
      class="name"
      part="name"
      .href=${url}
      .target=${'_blank'}
      .rel=${'noopener'}
      .title=${record.name}
      @click=${onLink(from, workspace, record)}
      >${name}</a
    >`;
  }
  if (workspace.host?.pop) {
    const onClick = (): void => void pop(from, workspace, record);
    return html`<button class="name" part="name" type="button" .title=${record.name} @click=${onClick}>
      ${name}
    </button>`;
  }
  return html`<span class="name" part="name" .title=${record.name}>${name}</span>`;
}

/** Beside the name, what shows the record's kind; it opens the record too. */
export function recordGlyph(
  from: HTMLElement,
  workspace: Workspace,
  record: CrmRecord,
  { glyph, label }: { glyph: TemplateResult; label: string },
): TemplateResult {
  const url = workspace.recordUrl(record);
  if (url && !workspace.host?.pop) {
    return html`<a
      class="kind-icon"
      .href=${url}
      .target=${'_blank'}
      .rel=${'noopener'}
      .ariaLabel=${label}
      .title=${label}
      @click=${onLink(from, workspace, record)}
      >${glyph}</a
    >`;
  }
  const onClick = (): void => void pop(from, workspace, record);
  return html`<button class="kind-icon" type="button" .ariaLabel=${label} .title=${label} @click=${onClick}>
    ${glyph}
  </button>`;
}

/** The link goes its own way where nobody else opens the record. */
function onLink(from: HTMLElement, workspace: Workspace, record: CrmRecord): (event: MouseEvent) => void {
  return (event) => {
    // A new tab or window is what the person asked of the browser.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (pop(from, workspace, record)) event.preventDefault();
  };
}
