import type { CrmRecord, Workspace } from '@multiline/core';
import { css, html, nothing } from 'lit';
import { Stars } from '../favorites/stars.ts';
import { avatar, kindOf } from '../internal/avatar.ts';
import { define } from '../internal/define.ts';
import { MlElement } from '../internal/element.ts';
import { kindIcons } from '../internal/kind-icon.ts';
import { recordLink } from '../internal/record-link.ts';
import '../strings/english-calls.ts';
import { triangleAlert } from '../styles/icons.ts';
import { peopleStyles } from '../styles/sets.ts';
import { stars } from '../styles/stars.ts';

/**
 * Whom the number in the field belongs to, when we last spoke, and whether they may be called. Part of `ml-softphone`; empty
 * while nobody is known by the number.
 *
 * @summary Whom the number in the field belongs to.
 * @event {MlPopEvent} ml-pop - The name was clicked. Cancel it to open the record yourself.
 * @csspart avatar - The avatar.
 * @csspart name - The name.
 * @csspart favorite - The star; adds to the favorites or removes.
 * @csspart favorite-note - Why nobody was added to the favorites.
 */
export class MlPicked extends MlElement {
  static override styles = [
    peopleStyles,
    stars,
    css`
      .picked {
        display: flex;
        align-items: center;
        gap: 12px;
        padding-block: 4px;
      }
      .name {
        /* As high as its line: a target of 24 px. */
        display: block;
        overflow: hidden;
        text-overflow: ellipsis;
        color: var(--_ink);
        font-size: var(--_size-4);
        font-weight: 600;
        line-height: 1.5rem;
        letter-spacing: -0.01em;
      }
      .kind {
        display: flex;
        align-items: center;
        gap: 4px;
        color: var(--_muted);
        font-size: var(--_size-1);
        line-height: 1rem;
      }
      .notice {
        margin-block-start: 8px;
      }
    `,
  ];

  readonly #stars = new Stars(this, {
    text: (key, values) => this.text(key, values),
    errorText: (code) => this.errorText(code),
  });

  protected override render(): unknown {
    return this.wired ? this.renderWired(this.wired) : nothing;
  }

  protected override renderWired(workspace: Workspace): unknown {
    const { text, record } = this.read(workspace.$dialField);
    if (!record) return nothing;
    const kind = kindOf(record, workspace.crm);
    const account = record.account
      ? html`<span>·</span><bdi class="cut" .title=${record.account.name}>${record.account.name}</bdi>`
      : nothing;
    return html`<div class="picked">
        ${avatar(record.name, kind?.icon ?? 'other', 'large')}
        <div class="grow">
          <span class="cut">${recordLink(this, workspace, record)}</span>
          <span class="kind tiny-icon"
            >${kindIcons[kind?.icon ?? 'other']}<span>${kind?.label ?? record.kind}</span>${account}</span
          >
          ${this.#renderLast(workspace, record)}
        </div>
        ${this.#stars.button(workspace, { number: text, record })}
      </div>
      ${
        record.doNotCall
          ? html`<p class="notice warn">${triangleAlert}<span>${this.text('search.do-not-call')}</span></p>`
          : nothing
      }
      ${this.#stars.note(workspace)}`;
  }

  #renderLast(workspace: Workspace, { kind, id }: CrmRecord): unknown {
    const last = this.read(workspace.$recentCalls).calls.find(
      ({ match, phase }) => phase === 'ended' && match.record?.id === id && match.record.kind === kind,
    );
    if (!last) return nothing;
    const time = this.timestamp(workspace, last.startedAt);
    return html`<span class="kind">${this.text('search.last-call', { time })}</span>`;
  }
}

define('ml-picked', MlPicked);

declare global {
  interface HTMLElementTagNameMap {
    'ml-picked': MlPicked;
  }
}
