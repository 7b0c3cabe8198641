import { asFailure } from '@multiline/core';
import type { Call, Failure, Workspace } from '@multiline/core';
import { css, html, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { define } from '../internal/define.ts';
import { MlElement } from '../internal/element.ts';
import { reasonWords } from '../recent-calls/log-words.ts';
import { circleAlert } from '../styles/icons.ts';
import { panelStyles } from '../styles/sets.ts';
import '../strings/english-lists.ts';

/**
 * Has the CRM asked anew whom a call belongs to, e.g. once somebody made or merged the record there, and says what came of
 * it. Part of `ml-recent-calls`, `ml-tray` and `ml-wrap-up`, beside the choice of a record.
 *
 * @summary The way to look a caller up again.
 * @csspart look-up - Look up again.
 * @csspart said - What came of it.
 * @cssState pending - The CRM is being asked.
 */
export class MlLookUp extends MlElement {
  static override styles = [
    panelStyles,
    css`
      :host {
        display: grid;
        gap: 4px;
        justify-items: start;
      }
      [part='said']:empty {
        position: absolute;
      }
    `,
  ];

  /** Whose call. */
  @property({ attribute: false }) call: Call | null = null;

  @state() private asked: 'not' | 'pending' | 'answered' | Failure = 'not';

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const before = changed.get('call');
    if (before && before.id !== this.call?.id) this.asked = 'not';
    if (this.asked === 'pending') this.internals.states.add('pending');
    else this.internals.states.delete('pending');
  }

  protected override renderWired(workspace: Workspace): unknown {
    const { asked, call } = this;
    if (!call?.number || call.internal || !workspace.crm) return nothing;
    return html`<button
        class="button"
        part="look-up"
        type="button"
        .ariaDisabled=${String(asked === 'pending')}
        @click=${() => void this.#ask(workspace, call)}
      >
        ${this.text('choice.look-up')}
      </button>
      <p class="hint" part="said" .role=${'status'}>${this.#said(call)}</p>
      ${
        typeof asked === 'string'
          ? nothing
          : html`<p class="notice danger" .role=${'alert'}>
              ${circleAlert}<span><b>${this.text('choice.not-looked-up')}</b> ${this.failureText(asked)}</span>
            </p>`
      }`;
  }

  #said({ match: { record, why } }: Call): string {
    if (this.asked === 'pending') return this.text('choice.looking-up');
    if (this.asked !== 'answered') return '';
    const words = { textOf: this.textOf.bind(this) };
    // A choice stays only where the CRM knows nobody.
    if (why?.code === 'chosen') return this.text('choice.looked-up', { why: this.text('reason.nobody') });
    return this.text('choice.looked-up', { why: [record?.name, reasonWords(why, words)].filter(Boolean).join(', ') });
  }

  async #ask(workspace: Workspace, { id }: Call): Promise<void> {
    if (this.asked === 'pending') return;
    this.asked = 'pending';
    const answer = await workspace.rematch(id).then(
      () => 'answered' as const,
      (thrown: unknown) => asFailure(thrown),
    );
    if (this.call?.id === id) this.asked = answer;
  }
}

define('ml-look-up', MlLookUp);

declare global {
  interface HTMLElementTagNameMap {
    'ml-look-up': MlLookUp;
  }
}
