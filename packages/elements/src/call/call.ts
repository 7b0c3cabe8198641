import type { Call, Targeting, Workspace } from '@multiline/core';
import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Announcer } from '../internal/announcer.ts';
import { define } from '../internal/define.ts';
import { MlElement } from '../internal/element.ts';
import { Roving } from '../internal/roving.ts';
import { setStates } from '../internal/states.ts';
import { peopleStyles } from '../styles/sets.ts';
import { stageColors } from '../styles/tokens.ts';
import './call-target.ts';
import { callStyles } from './call.styles.ts';
import { choice } from './choice.ts';
import { companyOf } from './company.ts';
import type { Company } from './company.ts';
import { conference, togetherness } from './conference.ts';
import { controlsStyles } from './controls.styles.ts';
import { controls } from './controls.ts';
import type { LiveControl } from './controls.ts';
import { controlOf, focusOn } from './focus.ts';
import type { CallControl } from './focus.ts';
import { CallGestures } from './gestures.ts';
import type { Subject } from './gestures.ts';
import { head } from './head.ts';
import type { HeadSize } from './head.ts';
import { legStyles } from './leg.styles.ts';
import { Levels } from './levels.ts';
import { notes } from './notes.ts';
import { others } from './others.ts';
import { spokenParty } from './party.ts';
import { platesStyles } from './plates.styles.ts';
import { advice, tags } from './tags.ts';
import { tones } from './tones.ts';
import { carriedElsewhere, ringsHere, waits } from './view.ts';
import type { CallView } from './view.ts';

/**
 * One call: who it is, how it stands, and what may be done with it, with the calls that wait beside it and those in one
 * conference with it. Dark while the call lives, light when it is over.
 *
 * @summary A call with its controls.
 * @event {MlAnswerEvent} ml-answer - Answer was pressed. Cancel it to answer yourself.
 * @event {MlDeclineEvent} ml-decline - Decline, Reply with text or Send to voicemail was pressed. Cancel it to decline yourself.
 * @event {MlHangUpEvent} ml-hang-up - Hang up was pressed. Cancel it to end the call yourself.
 * @event {MlHoldEvent} ml-hold - Hold or Resume was pressed. Cancel it to do so yourself.
 * @event {MlTransferEvent} ml-transfer - Ask first, Transfer now or Complete transfer was pressed. Cancel it to transfer yourself.
 * @event {MlRedirectEvent} ml-redirect - A target to redirect to was chosen. Cancel it to redirect yourself.
 * @event {MlConferenceEvent} ml-conference - Somebody is added, merged or removed. Cancel it to do so yourself.
 * @event {MlSendEvent} ml-send - Reply with text was pressed. Cancel it to write yourself.
 * @event {MlPopEvent} ml-pop - The name was clicked. Cancel it to open the record yourself.
 * @csspart base - The whole element.
 * @csspart stage - The call's box.
 * @csspart avatar - The avatar.
 * @csspart name - Name or number.
 * @csspart timer - The running or final length.
 * @csspart phase - The phase in words.
 * @csspart advice - What is wrong with the audio.
 * @csspart controls - The buttons of a live call.
 * @csspart answer - Answer.
 * @csspart decline - Decline.
 * @csspart reply - Reply with text.
 * @csspart voicemail - Send to voicemail.
 * @csspart redirect - Redirect.
 * @csspart mute - Mute and Unmute.
 * @csspart hold - Hold and Resume.
 * @csspart keypad-toggle - Keypad.
 * @csspart record - Record and Stop recording.
 * @csspart recording-pause - Lets the recorder rest.
 * @csspart transfer - Transfer.
 * @csspart add-to-call - Add to call.
 * @csspart hang-up - Hang up.
 * @csspart complete-transfer - Complete transfer.
 * @csspart swap - Swap.
 * @csspart merge - Merge.
 * @csspart back - Ends the consultation.
 * @csspart participants - Who speaks together.
 * @csspart participant - One of them.
 * @csspart silence - Mutes one of them for the others.
 * @csspart remove - Takes one of them out.
 * @cssproperty [--ml-stage-radius=12px] - Corner of the call's box.
 * @cssproperty [--ml-avatar-size=36px] - Width and height of the avatar.
 * @cssState incoming - Somebody calls and nobody has answered.
 * @cssState connecting - Not answered yet.
 * @cssState active - Both may speak.
 * @cssState muted - The microphone is off.
 * @cssState held - We let it wait.
 * @cssState recalled - It has waited longer than it may, or its transfer has failed.
 * @cssState recording - It is recorded.
 * @cssState conference - Several people speak together.
 * @cssState elsewhere - Another device carries it.
 * @cssState ended - The call is over.
 */
export class MlCall extends MlElement {
  static override styles = [peopleStyles, stageColors, callStyles, legStyles, controlsStyles, platesStyles];

  /** Which call; without it the first of the live ones. */
  @property({ attribute: 'call-id' }) callId = '';

  /** Head and answer alone, above another call that goes on. */
  @property({ type: Boolean, reflect: true }) compact = false;

  @state() private keypadOpen = false;

  readonly #announcer = new Announcer(this, (key, values) => this.text(key, values));
  readonly #levels = new Levels(this);
  readonly #gestures = new CallGestures(this, () => this.#subject());
  readonly #roving = [
    new Roving(() => [...this.renderRoot.querySelectorAll<HTMLElement>('.controls button:not(:disabled)')]),
    new Roving(() => [...this.renderRoot.querySelectorAll<HTMLElement>('.further button')]),
  ] as const;
  /** Whether anything of it had the focus before this rendering, and which control. */
  #held = false;
  #focused: CallControl | null = null;
  #shownId = '';

  /** The control that has the focus, if one has. */
  get focusedControl(): CallControl | null {
    return controlOf(this.#active, this.#purpose);
  }

  get #active(): Element | null {
    return (this.renderRoot as ShadowRoot | undefined)?.activeElement ?? null;
  }

  /** Puts the focus on a control, or on what has taken its place. Answers whether there was one. */
  focusControl(control: CallControl): boolean {
    return focusOn(this.renderRoot, control);
  }

  /** What the panel that was drawn last is for. */
  #purpose: Targeting['purpose'] | null = null;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#announcer.follow(this.isConnected ? this.wired : null);
    this.#held = this.hasUpdated && this.#active !== null;
    this.#focused = this.hasUpdated ? this.focusedControl : null;
    const subject = this.#subject();
    const call = subject?.call;
    if (call?.id !== this.#shownId || call.phase === 'ended') this.keypadOpen = false;
    this.#shownId = call?.id ?? '';
    setStates(this.internals, {
      incoming: call?.phase === 'ringing' && call.direction === 'inbound',
      connecting: call?.phase === 'connecting' || call?.phase === 'ringing',
      active: call?.phase === 'active',
      muted: call?.muted === true,
      held: call !== undefined && waits(call),
      recalled: call?.recalled !== undefined,
      recording: call?.recording?.state === 'on',
      conference: (subject?.members.length ?? 0) > 1,
      elsewhere: call?.device === 'elsewhere',
      ended: call?.phase === 'ended',
    });
  }

  protected override renderWired(workspace: Workspace): unknown {
    const call = this.#callOf(workspace);
    return html`${call ? this.#renderCall(workspace, call) : nothing}${this.#announcer.regions}`;
  }

  protected override updated(): void {
    for (const one of this.#roving) one.update();
    this.#levels.follow(this.wired, this.#shownId);
    if (this.#held && !this.#active && !this.compact) this.focusControl(this.#focused ?? 'mute');
  }

  #callOf(workspace: Workspace): Call | undefined {
    const calls = this.read(workspace.$calls);
    return this.callId ? calls.find((call) => call.id === this.callId) : calls[0];
  }

  #subject(): Subject | null {
    const workspace = this.wired;
    const call = workspace && this.#callOf(workspace);
    return workspace && call ? { workspace, call, ...companyOf(call, workspace.$calls.get()) } : null;
  }

  #renderCall(workspace: Workspace, call: Call): TemplateResult {
    const company = companyOf(call, this.read(workspace.$calls));
    const together = company.members.length > 1;
    const { country } = workspace.policy;
    const who = spokenParty(call, workspace.crm, country, this.text('call.withheld'));
    const view = this.#view(workspace);
    const keypad = this.keypadOpen && call.phase === 'active';
    const targeting = this.read(workspace.$targeting);
    const targeted = company.members.some(({ id }) => id === targeting?.callId);
    this.#purpose = targeted && targeting ? targeting.purpose : null;
    const size = this.#sizeOf(call, keypad);
    return html`<section
      part="base stage"
      .className=${`stage ${call.phase}${this.compact ? ' compact' : ''}`}
      .ariaLabel=${this.text('call.region', { who })}
    >
      ${together ? conference(view, company, this.#gestures) : head(view, call, size)}
      ${tags(view, call, this.compact, () => this.#gestures.pauseRecorder())} ${advice(view, call)} ${notes(view, call)}
      ${this.#renderBelow(workspace, view, call, company)}
    </section>`;
  }

  #sizeOf(call: Call, keypad: boolean): HeadSize {
    if (this.compact) return 'brief';
    if (keypad || (this.#purpose && !ringsHere(call))) return 'bare';
    return ringsHere(call) ? 'ringing' : 'whole';
  }

  /** What may be done: nothing here with a call that another device carries, but to end it where that can be. */
  #renderBelow(workspace: Workspace, view: CallView, call: Call, company: Company): unknown {
    if (call.phase === 'ended' || (carriedElsewhere(call) && !call.revocable)) return nothing;
    if (this.#purpose && !this.compact) return html`<ml-call-target .workspace=${workspace}></ml-call-target>`;
    if (ringsHere(call)) return choice(view, call, this.compact, (one) => this.#gestures.choose(one), this.#roving[1]);
    if (this.compact) return nothing;
    const keypad = this.keypadOpen && call.phase === 'active';
    return html`${others(view, call, company, this.read(workspace.$unsettled), this.#gestures)}
    ${keypad ? tones(view, call, company.members, this.#onKeypadKey) : nothing}
    ${controls(
      {
        call,
        can: this.read(workspace.$capabilities),
        keypad,
        ...togetherness(view, company),
        recordsAlways: workspace.policy.calls.recording === 'always',
      },
      view.text,
      {
        press: this.#press,
        focus: this.#roving[0].onFocus,
        key: this.#roving[0].onKey,
      },
    )}`;
  }

  #view(workspace: Workspace): CallView {
    const now = workspace.clock.now();
    return {
      from: this,
      workspace,
      text: (key, values) => this.text(key, values),
      errorText: (code) => this.errorText(code),
      elapsed: (since) => {
        const elapsed = Math.max(0, now - since);
        this.wakeAt(workspace, now + 1000 - (elapsed % 1000));
        return elapsed;
      },
    };
  }

  readonly #press = (control: LiveControl): void => {
    if (control === 'keypad') this.keypadOpen = !this.keypadOpen;
    else this.#gestures.press(control);
  };

  readonly #onKeypadKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
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
