import { durationMs } from '@multiline/core';
import type { Call, Workspace } from '@multiline/core';
import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import '../dialpad/dialpad.ts';
import { MlAnswerEvent, MlDeclineEvent, MlHangUpEvent } from '../events/intents.ts';
import type { IntentEvent } from '../events/intents.ts';
import { Announcer } from '../internal/announcer.ts';
import { avatar } from '../internal/avatar.ts';
import { define } from '../internal/define.ts';
import { MlElement } from '../internal/element.ts';
import { numberTemplate } from '../internal/number.ts';
import { recordLink } from '../internal/record-link.ts';
import { callRemedy } from '../internal/remedy.ts';
import { Roving } from '../internal/roving.ts';
import { setStates } from '../internal/states.ts';
import type { StringKey } from '../strings/english.ts';
import type { StringValues } from '../strings/localize.ts';
import { formatDuration } from '../strings/time.ts';
import * as glyphs from '../styles/glyphs.ts';
import { triangleAlert } from '../styles/icons.ts';
import { avatars, notices, panels, shapes } from '../styles/shapes.ts';
import { avatarColors, base, callColors, stageColors, statusColors } from '../styles/tokens.ts';
import { callStyles } from './call.styles.ts';
import { controlsStyles } from './controls.styles.ts';
import { choice, controls } from './controls.ts';
import { endingOf } from './ending.ts';
import { partyOf, spokenParty, strangerWords } from './party.ts';
import type { Party } from './party.ts';
import { tags } from './tags.ts';

/** The controls of a call that can have the focus. */
export type CallControl = 'answer' | 'decline' | 'mute' | 'keypad' | 'hang-up';

/**
 * One call: who it is, how it stands, and what may be done with it. Dark while the call lives, light when it is over.
 *
 * @summary A call with its controls.
 * @event {MlAnswerEvent} ml-answer - Answer was pressed. Cancel it to answer yourself.
 * @event {MlDeclineEvent} ml-decline - Decline was pressed. Cancel it to decline yourself.
 * @event {MlHangUpEvent} ml-hang-up - Hang up was pressed. Cancel it to end the call yourself.
 * @event {MlPopEvent} ml-pop - The name was clicked. Cancel it to open the record yourself.
 * @csspart base - The whole element.
 * @csspart stage - The call's box.
 * @csspart avatar - The avatar.
 * @csspart name - Name or number.
 * @csspart timer - The running or final length.
 * @csspart phase - The phase in words.
 * @csspart controls - The buttons of a live call.
 * @csspart answer - Answer.
 * @csspart decline - Decline.
 * @csspart mute - Mute and Unmute.
 * @csspart keypad-toggle - Keypad.
 * @csspart hang-up - Hang up.
 * @cssproperty [--ml-stage-radius=12px] - Corner of the call's box.
 * @cssproperty [--ml-avatar-size=36px] - Width and height of the avatar.
 * @cssState incoming - Somebody calls and nobody has answered.
 * @cssState connecting - Not answered yet.
 * @cssState active - Both may speak.
 * @cssState muted - The microphone is off.
 * @cssState ended - The call is over.
 */
export class MlCall extends MlElement {
  static override styles = [
    base,
    callColors,
    statusColors,
    avatarColors,
    stageColors,
    shapes,
    panels,
    notices,
    avatars,
    callStyles,
    controlsStyles,
  ];

  /** Which call; without it the first of the live ones. */
  @property({ attribute: 'call-id' }) callId = '';

  /** Head and answer alone, above another call that goes on. */
  @property({ type: Boolean, reflect: true }) compact = false;

  @state() private keypadOpen = false;

  readonly #announcer = new Announcer(this, (key, values) => this.text(key, values));
  readonly #roving = new Roving(() => [
    ...this.renderRoot.querySelectorAll<HTMLElement>('.controls button:not(:disabled)'),
  ]);
  readonly #words = (key: StringKey, values?: StringValues): string => this.text(key, values);
  #focused: CallControl | null = null;
  #shownId = '';

  /** The control that has the focus, if one has. */
  get focusedControl(): CallControl | null {
    const active = (this.renderRoot as ShadowRoot | undefined)?.activeElement;
    return active?.localName === 'ml-dialpad' ? 'keypad' : (active?.id as CallControl | undefined) || null;
  }

  /** Puts the focus on a control, or on what has taken its place. Answers whether there was one. */
  focusControl(control: CallControl): boolean {
    const order: readonly CallControl[] =
      control === 'hang-up' || control === 'decline' ? [control, 'hang-up'] : [control, 'mute', 'hang-up'];
    for (const id of order) {
      const button = this.renderRoot.querySelector<HTMLButtonElement>(`#${id}:not(:disabled)`);
      button?.focus();
      if (button) return true;
    }
    return false;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#announcer.follow(this.isConnected ? this.wired : null);
    this.#focused = this.hasUpdated ? this.focusedControl : null;
    const call = this.wired && this.#callOf(this.wired);
    if (call?.id !== this.#shownId || call.phase === 'ended') this.keypadOpen = false;
    this.#shownId = call?.id ?? '';
    setStates(this.internals, {
      incoming: call?.phase === 'ringing' && call.direction === 'inbound',
      connecting: call?.phase === 'connecting' || call?.phase === 'ringing',
      active: call?.phase === 'active',
      muted: call?.muted === true,
      ended: call?.phase === 'ended',
    });
  }

  protected override renderWired(workspace: Workspace): unknown {
    const call = this.#callOf(workspace);
    return html`${call ? this.#renderCall(workspace, call) : nothing}${this.#announcer.regions}`;
  }

  protected override updated(): void {
    this.#roving.update();
    const lost = this.#focused && !this.focusedControl;
    if (lost && this.#focused && !this.compact) this.focusControl(this.#focused);
  }

  #callOf(workspace: Workspace): Call | undefined {
    const calls = this.read(workspace.$calls);
    return this.callId ? calls.find((call) => call.id === this.callId) : calls[0];
  }

  #renderCall(workspace: Workspace, call: Call): TemplateResult {
    const party = partyOf(call, workspace.crm);
    const incoming = call.phase === 'ringing' && call.direction === 'inbound';
    const keypad = this.keypadOpen && call.phase === 'active';
    const { country } = workspace.policy;
    const who = spokenParty(call, workspace.crm, country, this.text('call.withheld'));
    return html`<section
      part="base stage"
      .className=${`stage ${call.phase} ${this.compact ? 'compact' : ''}`}
      .ariaLabel=${this.text('call.region', { who })}
    >
      <div class="leg">
        <i class="line"></i>
        ${keypad ? nothing : this.#renderAvatar(party, incoming)}
        <div class="grow">
          <div class="top">
            <span class="grow cut">${this.#renderName(workspace, call, party)}</span
            >${this.#renderTimer(workspace, call)}
          </div>
          ${keypad ? nothing : this.#renderSecond(workspace, call, party)}
          <div class="phase" part="phase">${this.#renderPhase(call, incoming)}</div>
        </div>
      </div>
      ${tags(call, { country, compact: this.compact }, this.#words)} ${this.#renderFailure(call)}
      ${incoming ? choice(call, this.#words, this.#on) : nothing}
      ${keypad ? this.#renderKeypad(workspace, call) : nothing}
      ${incoming || call.phase === 'ended' || this.compact ? nothing : controls(call, keypad, this.#words, this.#on)}
    </section>`;
  }

  #renderAvatar(party: Party, incoming: boolean): TemplateResult {
    if (!incoming || this.compact) return avatar(party.name, party.shape);
    return html`<span .className=${`halo ${party.shape}`}>${avatar(party.name, party.shape, 'large')}</span>`;
  }

  #renderName(workspace: Workspace, call: Call, party: Party): TemplateResult {
    const { record } = call.match;
    if (record) return recordLink(this, workspace, record);
    return html`<span class="name" part="name" .title=${party.name}
      >${party.name ? html`<bdi>${party.name}</bdi>` : this.#renderNumber(workspace, call)}</span
    >`;
  }

  #renderNumber(workspace: Workspace, call: Call): unknown {
    if (!call.number) return this.text('call.withheld');
    return numberTemplate(call.number, workspace.policy.country, call.extension);
  }

  #renderTimer(workspace: Workspace, call: Call): unknown {
    const now = workspace.clock.now();
    const ringingIn = call.direction === 'inbound' && call.phase === 'ringing';
    if (ringingIn || (call.phase === 'ended' && call.answeredAt === undefined)) return nothing;
    const elapsed = call.answeredAt === undefined ? Math.max(0, now - call.startedAt) : durationMs(call, now);
    if (call.phase !== 'ended') this.wakeAt(workspace, now + 1000 - (elapsed % 1000));
    return html`<span class="timer tabular" part="timer" .role=${'timer'} .ariaLive=${'off'}
      >${formatDuration(elapsed)}</span
    >`;
  }

  #renderSecond(workspace: Workspace, call: Call, party: Party): TemplateResult {
    const what = this.#whatParty(call, party);
    const number = party.name ? this.#renderNumber(workspace, call) : nothing;
    const gap = party.name && what ? ' · ' : nothing;
    return html`<div class="second cut" .title=${what}>${number}${gap}${what}</div>`;
  }

  #whatParty(call: Call, party: Party): string {
    if (party.kind) return [party.kind.label, party.account].filter(Boolean).join(', ');
    return strangerWords(call, this.#words);
  }

  #renderPhase(call: Call, incoming: boolean): TemplateResult {
    const glyph = { connecting: glyphs.connecting, ringing: glyphs.ringing, active: glyphs.live, ended: glyphs.ended };
    const key: StringKey = call.phase === 'ringing' ? 'phase.connecting' : `phase.${call.phase}`;
    const failed = call.phase === 'ended' && call.reason === 'failed';
    const ending = endingOf(call);
    const extra = ending && html`<span>· ${this.text(ending)}</span>`;
    const first = incoming ? html`<span class="incoming">${this.text('phase.incoming')}</span>` : nothing;
    const leaving = call.pending === 'hang-up' ? html`<span>· ${this.text('phase.hanging-up')}</span>` : nothing;
    return html`${failed ? glyphs.failed : glyph[call.phase]}${first}<span>${this.text(key)}</span>${extra}${leaving}`;
  }

  #renderFailure(call: Call): unknown {
    if (!call.failure) return nothing;
    const { cause, remedy } = this.errorText(call.failure.code);
    return html`<p class="notice danger" .role=${'alert'}>
      ${triangleAlert}<span><b>${cause}</b> ${callRemedy(call.failure.code, remedy)}</span>
    </p>`;
  }

  #renderKeypad(workspace: Workspace, call: Call): TemplateResult {
    return html`<div class="digits tabular" dir="ltr" .role=${'status'} .ariaLabel=${this.text('call.digits-sent')}>
        ${call.digits}
      </div>
      <ml-dialpad
        exportparts="base: dialpad__base, key: dialpad__key"
        .workspace=${workspace}
        .callId=${call.id}
        @keydown=${this.#onKeypadKey}
      ></ml-dialpad>`;
  }

  readonly #on = {
    answer: (): void => this.#intend('answer', (call) => new MlAnswerEvent(call)),
    decline: (): void => this.#intend('decline', (call) => new MlDeclineEvent(call)),
    hangUp: (): void => this.#intend('hangUp', (call) => new MlHangUpEvent(call)),
    mute: (): void => void this.#toggleMute(),
    keypad: (): void => {
      this.keypadOpen = !this.keypadOpen;
    },
    focus: this.#roving.onFocus,
    key: this.#roving.onKey,
  };

  /** Tells the intent, then acts on it unless somebody took it over. What comes of it, the call itself shows. */
  #intend(verb: 'answer' | 'decline' | 'hangUp', event: (call: Call) => IntentEvent): void {
    const call = this.wired && this.#callOf(this.wired);
    if (!this.wired || !call || (call.pending && verb !== 'hangUp') || call.pending === 'hang-up') return;
    if (this.dispatchEvent(event(call))) this.wired[verb](call.id).catch(() => undefined);
  }

  async #toggleMute(): Promise<void> {
    const call = this.wired && this.#callOf(this.wired);
    if (this.wired && call) await this.wired[call.muted ? 'unmute' : 'mute'](call.id).catch(() => undefined);
  }

  readonly #onKeypadKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    this.keypadOpen = false;
    this.renderRoot.querySelector<HTMLElement>('#keypad')?.focus();
  };
}

define('ml-call', MlCall);

declare global {
  interface HTMLElementTagNameMap {
    'ml-call': MlCall;
  }
}
