import type { Workspace } from '@multiline/core';
import { css, html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { define } from '../internal/define.ts';
import { MlElement } from '../internal/element.ts';
import { writtenNumber } from '../internal/number.ts';
import '../strings/english-calls.ts';
import { shapes } from '../styles/shapes.ts';
import { base } from '../styles/tokens.ts';

/**
 * Which of the user's numbers the other side of the next call sees, where there is a choice: the one this contact was called
 * with last, until another is chosen. The default number is the one the phone server gives; choosing it forgets the other.
 * Part of `ml-softphone`; tells a choice by `change`.
 *
 * @summary The number a call goes out with.
 * @event change - Another number was chosen: `chosen` says which.
 * @csspart caller-id - The choice.
 */
export class MlCallerId extends MlElement {
  static override styles = [
    base,
    shapes,
    css`
      label {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 8px;
        color: var(--_muted);
        font-size: var(--_size-1);
        line-height: 1rem;
      }
      select {
        min-block-size: 28px;
        padding-inline: 6px;
        border: 1px solid var(--_border);
        border-radius: var(--_radius-2);
        background: var(--_surface);
        color: var(--_ink);
        font: inherit;
      }
    `,
  ];

  /** The number chosen for the next call; null: the default one; undefined: the one remembered. */
  @property({ attribute: false }) chosen: string | null | undefined;

  protected override render(): unknown {
    return this.wired ? this.renderWired(this.wired) : nothing;
  }

  protected override renderWired(workspace: Workspace): unknown {
    const { callerIds } = this.read(workspace.$capabilities);
    const { callerId } = this.read(workspace.$dialField);
    const chosen = this.chosen === undefined ? callerId : this.chosen;
    return html`<label
      ><span>${this.text('call.from')}</span
      ><select class="tabular" part="caller-id" .dir=${'ltr'} @change=${this.#onChange}>
        <option value="" .selected=${!chosen}>${this.text('call.from-default')}</option>
        ${callerIds.map(
          (number) =>
            html`<option .value=${number} .selected=${number === chosen}>
              ${writtenNumber(number, workspace.policy.country)}
            </option>`,
        )}
      </select></label
    >`;
  }

  readonly #onChange = (event: Event): void => {
    event.stopPropagation();
    this.chosen = (event.target as HTMLSelectElement).value || null;
    this.dispatchEvent(new Event('change'));
  };
}

define('ml-caller-id', MlCallerId);

declare global {
  interface HTMLElementTagNameMap {
    'ml-caller-id': MlCallerId;
  }
}
