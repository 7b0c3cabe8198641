import type { Failure, LineStatus, Workspace } from '@multiline/core';
import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { define } from '../internal/define.ts';
import { MlElement } from '../internal/element.ts';
import { KeptFocus } from '../internal/kept-focus.ts';
import { callRemedy } from '../internal/remedy.ts';
import { signedOut } from '../internal/signed-out.ts';
import '../strings/english-calls.ts';
import '../strings/english-lists.ts';
import type { StringKey } from '../strings/english.ts';
import * as icons from '../styles/icons.ts';
import { notices } from '../styles/notices.ts';
import { shapes } from '../styles/shapes.ts';
import { base, statusColors } from '../styles/tokens.ts';

/**
 * What is wrong with the phone, what is kept and what to do: not reached, not signed in, no microphone, nothing stored. And what is
 * to be known of it: that it is in another tab, that it is to be another one, that it could be noticed from elsewhere.
 * Part of `ml-softphone`; empty while all is well.
 *
 * @summary The phone's troubles in words.
 * @csspart note - Each note.
 */
export class MlPhoneNotes extends MlElement {
  static override styles = [
    base,
    statusColors,
    shapes,
    notices,
    css`
      .all:not(:empty) {
        display: grid;
        gap: 8px;
        padding: 0 12px 8px;
      }
      .dismiss {
        display: grid;
        flex: none;
        place-items: center;
        inline-size: 24px;
        margin: -4px -6px -4px auto;
      }
      .help {
        margin-block-start: 4px;
      }
    `,
  ];

  @state() private helpOpen = false;

  readonly #signedOut = signedOut(this, (key) => this.text(key));

  constructor() {
    super();
    // What is settled goes; then there is the next note, or the phone.
    const phone = (): void => ((this.getRootNode() as ShadowRoot).host as HTMLElement | undefined)?.focus();
    this.addController(new KeptFocus(this, () => '.notice button', phone));
  }

  protected override render(): unknown {
    return this.wired ? this.renderWired(this.wired) : nothing;
  }

  protected override renderWired(workspace: Workspace): unknown {
    const status = this.read(workspace.$phone);
    const { line, here, changing } = status;
    const failure = this.read(workspace.$failure);
    const storage = this.read(workspace.$storageFailure);
    const calls = this.read(workspace.$calls);
    const told = calls.some((call) => call.failure && call.failure.code === failure?.code);
    return html`<div class="all">
      ${status.signedOut ? this.#signedOut(workspace, status, () => undefined) : this.#renderLine(workspace, line)}${
        status.signedOut || this.read(workspace.$loggedIn) ? nothing : this.#renderLogIn()
      }${
        failure && !told ? this.#renderFailure(workspace, failure) : nothing
      }${storage ? this.#renderStorage(storage) : nothing}${
        this.read(workspace.$ringSilenced) ? this.#renderHint('phone.silenced') : nothing
      }${
        here ? nothing : this.#renderHint('phone.elsewhere-note')
      }${changing ? this.#renderHint('phone.changing') : nothing}${calls.length > 0 ? nothing : this.#renderOffer(workspace)}
    </div>`;
  }

  #renderHint(key: StringKey): TemplateResult {
    return html`<p class="notice" part="note" .role=${'status'}>${icons.phone}<span>${this.text(key)}</span></p>`;
  }

  /** A hot desk that waits for somebody: the phone opens its form. */
  #renderLogIn(): TemplateResult {
    return html`<p class="notice" part="note" .role=${'status'}>
      ${icons.phone}<span
        >${this.text('phone.nobody')}
        <button type="button" @click=${() => this.dispatchEvent(new Event('log-in'))}>
          ${this.text('phone.log-in')}
        </button></span
      >
    </p>`;
  }

  #renderLine(workspace: Workspace, line: LineStatus): unknown {
    const again = html`<button type="button" @click=${() => void workspace.reconnect().catch(() => undefined)}>
      ${this.text('action.try-again')}
    </button>`;
    if (line.state === 'failed') {
      const { cause, remedy } = this.errorText(line.failure.code);
      return html`<p class="notice danger" part="note" .role=${'alert'}>
        ${icons.circleAlert}<span><b>${cause}</b> ${remedy} ${again}</span>
      </p>`;
    }
    if (line.state !== 'reconnecting') return nothing;
    return html`<p class="notice warn" part="note">
      ${icons.wifiOff}<span
        ><b>${this.text('phone.unreachable')}</b> ${this.#when(workspace, line.retryAt)} ${this.text('phone.kept')}
        ${again}</span
      >
    </p>`;
  }

  /** Counts down by the clock, not by ticks. */
  #when(workspace: Workspace, retryAt: number | undefined): string {
    const now = workspace.clock.now();
    if (retryAt === undefined || retryAt <= now) return this.text('phone.retrying');
    const count = Math.ceil((retryAt - now) / 1000);
    this.wakeAt(workspace, retryAt - (count - 1) * 1000);
    return this.text('phone.retry-in', { count });
  }

  #renderFailure(workspace: Workspace, failure: Failure): TemplateResult {
    const { cause, remedy } = this.errorText(failure.code);
    const microphone = failure.code.startsWith('mic-');
    return html`<div class="notice danger" part="note" .role=${'alert'}>
      ${microphone ? icons.micOff : icons.circleAlert}
      <div>
        <b>${cause}</b> ${callRemedy(failure.code, remedy)}
        ${
          failure.code === 'mic-denied'
            ? html`<button type="button" .ariaExpanded=${String(this.helpOpen)} @click=${this.#onHelp}>
                ${this.text('action.show-how')}
              </button>`
            : nothing
        }
        <p class="help" .hidden=${!this.helpOpen || failure.code !== 'mic-denied'}>
          ${this.text('phone.microphone-help')}
        </p>
      </div>
      ${this.#renderDismiss(() => workspace.dismissFailure())}
    </div>`;
  }

  /** Between calls, to whom has been called: neither in the middle of the first call nor before anybody knows what it is for (MV-46). */
  #renderOffer(workspace: Workspace): unknown {
    const { offerNotifications } = this.read(workspace.$settings);
    const called = this.read(workspace.$recentCalls).calls.some(({ direction }) => direction === 'inbound');
    if (!offerNotifications || !called || workspace.notificationPermission() !== 'default') return nothing;
    const answered = (): void => this.requestUpdate();
    return html`<div class="notice" part="note">
      ${icons.phone}<span
        >${this.text('settings.notify.default')}
        <button type="button" @click=${() => void workspace.askNotificationPermission().then(answered, answered)}>
          ${this.text('settings.notify.allow')}
        </button></span
      >
      ${this.#renderDismiss(() => void workspace.changeSettings({ offerNotifications: false }).catch(answered))}
    </div>`;
  }

  #renderDismiss(dismiss: () => void): TemplateResult {
    const close = this.text('action.close');
    return html`<button class="dismiss" type="button" .ariaLabel=${close} .title=${close} @click=${dismiss}>
      ${icons.x}
    </button>`;
  }

  #renderStorage(failure: Failure): TemplateResult {
    const { cause, remedy } = this.errorText(failure.code);
    return html`<p class="notice warn" part="note">
      ${icons.cloudOff}<span><b>${cause}</b> ${remedy}</span>
    </p>`;
  }

  readonly #onHelp = (): void => {
    this.helpOpen = !this.helpOpen;
  };
}

define('ml-phone-notes', MlPhoneNotes);

declare global {
  interface HTMLElementTagNameMap {
    'ml-phone-notes': MlPhoneNotes;
  }
}
