import { asFailure } from '@multiline/core';
import type { Failure, Kept, Workspace } from '@multiline/core';
import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { define } from '../internal/define.ts';
import { MlElement } from '../internal/element.ts';
import { KeptFocus } from '../internal/kept-focus.ts';
import { signedOut } from '../internal/signed-out.ts';
import { circleAlert, triangleAlert } from '../styles/icons.ts';
import { sections } from '../styles/sections.ts';
import { panelStyles } from '../styles/sets.ts';
import '../strings/english-calls.ts';
import '../strings/english-desk.ts';

/** How far a person has gone: asked what is deleted, told that something could not be delivered. */
type Step = 'closed' | 'asked' | 'sending' | 'left';

/**
 * Signs the user out of this computer, in all tabs, and deletes what is kept of them: says first what that is, counted, and
 * delivers what waits for the CRM or says that it would be lost. Part of `ml-settings`.
 *
 * @summary Signing out of this computer.
 * @csspart base - The whole element.
 * @csspart title - The title.
 * @csspart sign-out - Signs out, once it was said what that deletes.
 * @csspart cancel - Stays signed in.
 * @cssState unwired - There is no workspace.
 */
export class MlSignOut extends MlElement {
  static override styles = [
    panelStyles,
    sections,
    css`
      #what {
        display: grid;
        gap: 8px;
      }
      .parts > .button {
        justify-self: start;
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
    `,
  ];

  @state() private step: Step = 'closed';
  @state() private kept: Kept | null = null;
  @state() private failure: Failure | null = null;

  readonly #signedOut = signedOut(this, (key) => this.text(key));

  constructor() {
    super();
    // What is asked takes the button's place and gives it back; each is read from its beginning.
    this.addController(new KeptFocus(this, () => '.question, .parts > button, .notice button'));
  }

  protected override renderWired(workspace: Workspace): unknown {
    const status = this.read(workspace.$phone);
    return html`<section class="panel" part="base" .ariaLabel=${this.text('sign-out.title')}>
      <h2 part="title">${this.text('sign-out.title')}</h2>
      <div class="parts">
        ${
          status.signedOut
            ? this.#signedOut(workspace, status, this.#failed)
            : this.step === 'closed'
              ? html`<button class="button" part="ask" type="button" @click=${() => void this.#ask(workspace)}>
                  ${this.text('sign-out.ask')}
                </button>`
              : this.#renderQuestion(workspace)
        }
        ${
          this.failure
            ? html`<p class="notice danger" .role=${'alert'}>
                ${circleAlert}<span><b>${this.text('sign-out.failed')}</b> ${this.failureText(this.failure)}</span>
              </p>`
            : nothing
        }
      </div>
    </section>`;
  }

  #renderQuestion(workspace: Workspace): TemplateResult {
    const live = this.read(workspace.$calls).some(({ phase }) => phase !== 'ended');
    const sending = this.step === 'sending';
    const onSignOut = (): void => void (live || sending || this.#signOut(workspace));
    const onCancel = (): void => {
      this.step = 'closed';
    };
    return html`<div
        class="question"
        .role=${'group'}
        .tabIndex=${-1}
        .ariaLabel=${this.text('sign-out.title')}
        aria-describedby="what"
      >
        <div id="what">${this.#renderWhat(workspace)}</div>
      </div>
      ${live ? this.#warn(this.text('sign-out.in-call')) : nothing}
      <p class="hint" .role=${'status'}>${sending ? this.text('sign-out.sending') : ''}</p>
      <div class="row">
        <button
          class="button primary"
          part="sign-out"
          type="button"
          .ariaDisabled=${String(live || sending)}
          @click=${onSignOut}
        >
          ${this.text(this.step === 'left' ? 'sign-out.anyway' : 'sign-out.confirm')}
        </button>
        <button class="button" part="cancel" type="button" .disabled=${sending} @click=${onCancel}>
          ${this.text('action.cancel')}
        </button>
      </div>`;
  }

  /** What is deleted, and what of it is nowhere else. */
  #renderWhat(workspace: Workspace): TemplateResult {
    const { calls = 0, drafts = 0, unlogged = 0 } = this.kept ?? {};
    const favorites = this.read(workspace.$favorites)?.length ?? 0;
    const values = {
      calls: this.text('sign-out.calls', { count: calls }),
      favorites: this.text('sign-out.favorites', { count: favorites }),
    };
    const waits = this.step === 'left' ? 'sign-out.left' : 'sign-out.unlogged';
    return html`<p>${this.text('sign-out.deletes', values)}</p>
      ${drafts ? this.#warn(this.text('sign-out.drafts', { count: drafts })) : nothing}
      ${unlogged ? this.#warn(this.text(waits, { count: unlogged })) : nothing}`;
  }

  #warn(text: string): TemplateResult {
    return html`<p class="notice warn">${triangleAlert}<span>${text}</span></p>`;
  }

  readonly #failed = (thrown: unknown): void => {
    this.failure = asFailure(thrown);
  };

  async #ask(workspace: Workspace): Promise<void> {
    this.failure = null;
    try {
      this.kept = await workspace.kept();
      this.step = 'asked';
    } catch (thrown) {
      this.#failed(thrown);
    }
  }

  /** Delivers first; only who was told what would be lost may lose it. */
  async #signOut(workspace: Workspace): Promise<void> {
    const force = this.step === 'left';
    this.step = 'sending';
    this.failure = null;
    try {
      await workspace.signOut({ force });
      this.step = 'closed';
    } catch (thrown) {
      const failure = asFailure(thrown);
      if (workspace.$phone.get().undeleted) {
        this.step = 'closed';
        return;
      }
      this.kept = await workspace.kept().catch(() => this.kept);
      this.step = failure.code === 'refused' ? 'left' : 'asked';
      if (this.step === 'asked') this.failure = failure;
    }
  }
}

define('ml-sign-out', MlSignOut);

declare global {
  interface HTMLElementTagNameMap {
    'ml-sign-out': MlSignOut;
  }
}
