import { asFailure } from '@multiline/core';
import type { Failure, Workspace } from '@multiline/core';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { define } from '../internal/define.ts';
import { DOT } from '../internal/dot.ts';
import { MlElement } from '../internal/element.ts';
import { KeptFocus } from '../internal/kept-focus.ts';
import { numberTemplate } from '../internal/number.ts';
import { Roving } from '../internal/roving.ts';
import { setStates } from '../internal/states.ts';
import type { StringKey } from '../strings/english.ts';
import '../strings/english-desk.ts';
import { check, circleAlert } from '../styles/icons.ts';
import { fields } from '../styles/fields.ts';
import { panelStyles } from '../styles/sets.ts';
import { choices } from './choices.ts';
import type { Choice } from './choices.ts';
import { presenceStyles } from './presence.styles.ts';

/**
 * What a person says of themselves at the phone: available, Do Not Disturb, Make Busy with the administrator's reasons
 * (MV-26); where calls are forwarded to (ML-51); and, at a hot desk or as an agent, who is signed in (MV-48).
 *
 * @summary Availability, forwarding, signing in.
 * @csspart base - The whole element.
 * @csspart title - Each title.
 * @csspart choice - Each availability.
 * @csspart forwarding - The forwarding.
 * @csspart login - Signing in and out.
 * @cssState unwired - There is no workspace.
 * @cssState available - Calls ring.
 * @cssState dnd - Do Not Disturb.
 * @cssState busy - Make Busy.
 * @cssState pending - The phone server has not answered a change yet.
 */
export class MlPresence extends MlElement {
  static override styles = [panelStyles, fields, presenceStyles];

  @state() private failure: { readonly where: 'presence' | 'forwarding' | 'login'; readonly failure: Failure } | null =
    null;

  readonly #roving = new Roving(() => [...this.renderRoot.querySelectorAll<HTMLElement>('.choice')]);

  constructor() {
    super();
    // The sections stay; their forms make way for each other.
    this.addController(
      new KeptFocus(this, (focused) => {
        const section = focused.closest('[part="forwarding"]') ? 'forwarding' : 'login';
        return `[part="${section}"] :is(input, button)`;
      }),
    );
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    const now = this.wired && this.read(this.wired.$availability);
    setStates(this.internals, {
      available: now?.state === 'available',
      dnd: now?.state === 'dnd',
      busy: now?.state === 'busy',
      pending: now?.pending ?? false,
    });
  }

  protected override renderWired(workspace: Workspace): unknown {
    const { profile, forwarding } = this.read(workspace.$capabilities);
    const loggedIn = this.read(workspace.$loggedIn);
    return html`<section class="panel" part="base" .ariaLabel=${this.text('presence.title')}>
      ${
        loggedIn
          ? html`${this.#renderAvailability(workspace)}${forwarding ? this.#renderForwarding(workspace) : nothing}
            ${profile === 'regular' ? nothing : this.#renderLogOut(workspace)}`
          : this.#renderLogIn(workspace)
      }
    </section>`;
  }

  protected override updated(): void {
    this.#roving.update();
  }

  #renderAvailability(workspace: Workspace): TemplateResult {
    const now = this.read(workspace.$availability);
    const { reasons } = this.read(workspace.$capabilities);
    return html`<h2 part="title">${this.text('presence.title')}</h2>
      <div
        .role=${'group'}
        .ariaLabel=${this.text('presence.title')}
        .ariaBusy=${String(now.pending)}
        @keydown=${this.#roving.onKey}
        @focusin=${this.#roving.onFocus}
      >
        ${choices(now, reasons).map((choice) => this.#renderChoice(workspace, choice, now.dnd))}
      </div>
      ${now.pending ? html`<span class="unseen" .role=${'status'}>${this.text('presence.pending')}</span>` : nothing}
      ${this.#renderFailure('presence', now.failure ?? null)}`;
  }

  #renderChoice(workspace: Workspace, { tone, glyph, active, ask, reason }: Choice, dnd: boolean): TemplateResult {
    const hint = this.#hint(tone, active, dnd, reason);
    const onClick = (): void => void this.#attempt('presence', () => workspace.setAvailability(ask));
    return html`<button
      type="button"
      part="choice"
      .className=${`choice ${tone}`}
      .ariaPressed=${String(active)}
      @click=${onClick}
    >
      ${glyph}<span>${this.text(WORDS[tone])}${hint ? html` <small>${hint}</small>` : nothing}</span>${
        active ? check : nothing
      }
    </button>`;
  }

  #hint(tone: Choice['tone'], active: boolean, dnd: boolean, reason: string | undefined): string {
    if (tone === 'dnd') return this.text('presence.dnd-hint');
    if (reason === undefined) return '';
    return active && dnd ? `${reason}${DOT}${this.text('presence.dnd-first')}` : reason;
  }

  #renderForwarding(workspace: Workspace): TemplateResult {
    const { forwardTo, pending } = this.read(workspace.$availability);
    const onSubmit = (event: Event): void => {
      event.preventDefault();
      const number = (event.target as HTMLFormElement).querySelector('input')?.value ?? '';
      if (!pending) void this.#attempt('forwarding', () => workspace.setForwarding(number));
    };
    const onStop = (): void => {
      if (!pending) void this.#attempt('forwarding', () => workspace.setForwarding(null));
    };
    const { country } = workspace.policy;
    return html`<div class="parts" part="forwarding">
      <h2 part="title">${this.text('forwarding.title')}</h2>
      ${
        forwardTo === null
          ? html`<form @submit=${onSubmit}>
              <label
                >${this.text('forwarding.number')}<input type="tel" dir="ltr" autocomplete="off" .required=${true}
              /></label>
              <button class="button" type="submit" .ariaDisabled=${String(pending)}>
                ${this.text('forwarding.set')}
              </button>
            </form>`
          : html`<form @submit=${onSubmit}>
              <div class="row">
                <span>${this.#around('forwarding.on', numberTemplate(forwardTo, country))}</span>
                <button class="button" type="button" .ariaDisabled=${String(pending)} @click=${onStop}>
                  ${this.text('forwarding.stop')}
                </button>
              </div>
            </form>`
      }
      ${this.#renderFailure('forwarding')}
    </div>`;
  }

  /** A text with a number in its middle, which keeps its direction. */
  #around(key: StringKey, number: TemplateResult): TemplateResult {
    const [before, after = ''] = this.text(key, { number: '\u0000' }).split('\u0000');
    return html`${before}${number}${after}`;
  }

  #renderLogIn(workspace: Workspace): TemplateResult {
    const onSubmit = (event: Event): void => {
      event.preventDefault();
      const form = event.target as HTMLFormElement;
      const [username = '', password = ''] = [...form.querySelectorAll('input')].map(({ value }) => value);
      void this.#attempt('login', () => workspace.logIn({ username: username.trim(), password }));
    };
    return html`<div part="login">
      <h2 part="title">${this.text('login.title')}</h2>
      <form @submit=${onSubmit}>
        <label
          >${this.text('login.user')}<input type="text" dir="auto" autocomplete="username" .required=${true}
        /></label>
        <label
          >${this.text('login.password')}<input type="password" autocomplete="current-password" .required=${true}
        /></label>
        <button class="button primary tall" type="submit">${this.text('login.log-in')}</button>
      </form>
      ${this.#renderFailure('login')}
    </div>`;
  }

  #renderLogOut(workspace: Workspace): TemplateResult {
    const onClick = (): void => void this.#attempt('login', () => workspace.logOut());
    return html`<div class="parts" part="login">
      <form>
        <button class="button" type="button" @click=${onClick}>${this.text('login.log-out')}</button>
      </form>
      ${this.#renderFailure('login')}
    </div>`;
  }

  /** @param told what the workspace itself says of the last change */
  #renderFailure(where: 'presence' | 'forwarding' | 'login', told: Failure | null = null): unknown {
    const failure = this.failure?.where === where ? this.failure.failure : told;
    if (!failure) return nothing;
    const title = where === 'login' ? 'login.failed' : 'presence.failed';
    return html`<p class="notice danger" .role=${'alert'}>
      ${circleAlert}<span><b>${this.text(title)}</b> ${this.failureText(failure)}</span>
    </p>`;
  }

  async #attempt(where: 'presence' | 'forwarding' | 'login', act: () => Promise<void>): Promise<void> {
    this.failure = null;
    try {
      await act();
    } catch (thrown) {
      this.failure = { where, failure: asFailure(thrown) };
    }
  }
}

const WORDS = { on: 'presence.available', dnd: 'presence.dnd', busy: 'presence.busy' } as const;

define('ml-presence', MlPresence);

declare global {
  interface HTMLElementTagNameMap {
    'ml-presence': MlPresence;
  }
}
