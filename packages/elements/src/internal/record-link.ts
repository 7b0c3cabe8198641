import type { CrmRecord, Workspace } from '@multiline/core';
import { html } from 'lit';
import type { TemplateResult } from 'lit';

/** A record's name: a link to the record where the CRM has an address for it, a button where only its screen does. */
export function recordLink(workspace: Workspace, record: CrmRecord, open: (record: CrmRecord) => void): TemplateResult {
  const name = html`<bdi>${record.name}</bdi>`;
  const url = workspace.recordUrl(record);
  if (url) {
    const onClick = (event: MouseEvent): void => {
      // A new tab or window is what the person asked of the browser.
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open(record);
    };
    // eslint-disable-next-line lit-a11y/click-events-have-key-events -- a link: Enter clicks it; its `href` is bound by property
    return html`<a class="name" part="name" .href=${url} .title=${record.name} @click=${onClick}>${name}</a>`;
  }
  if (workspace.host?.pop) {
    return html`<button class="name" part="name" type="button" .title=${record.name} @click=${() => open(record)}>
      ${name}
    </button>`;
  }
  return html`<span class="name" part="name" .title=${record.name}>${name}</span>`;
}
