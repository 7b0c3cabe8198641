import type { Call, CrmRecord, DialField, Workspace } from '@multiline/core';
import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from '../internal/repeat.ts';
import type { MlCallNotes } from '../call-notes/call-notes.ts';
import '../call-notes/call-notes.ts';
import '../call/call.ts';
import type { MlCall } from '../call/call.ts';
import '../dialpad/dialpad.ts';
import { define } from '../internal/define.ts';
import { dial, message } from '../internal/dialing.ts';
import { MlElement } from '../internal/element.ts';
import { setStates } from '../internal/states.ts';
import type { DialMode, MlSearch } from '../search/search.ts';
import '../search/search.ts';
import { peopleStyles } from '../styles/sets.ts';
import { stageColors } from '../styles/tokens.ts';
import '../presence/presence.ts';
import '../tray/tray.ts';
import '../settings/settings.ts';
import { answered, arrange, statesOf, takesPlace } from './arrangement.ts';
import type { Arrangement } from './arrangement.ts';
import { below } from './below.ts';
import type { MlCallerId } from './caller-id.ts';
import './caller-id.ts';
import { callFocus, keepCallFocus } from './call-focus.ts';
import type { CallFocus } from './call-focus.ts';
import { BUSY_PANEL, header, panel } from './header.ts';
import type { Panel } from './header.ts';
import { pair } from './pair.ts';
import './phone-announcer.ts';
import './phone-notes.ts';
import './picked.ts';
import { softphoneStyles } from './softphone.styles.ts';
import { standing, statusWords } from './status.ts';
import './wrap-up.ts';

/**
 * The phone: who sits here and how it stands, search and dial, the calls, notes, and what is left to do after a call.
 *
 * @summary The whole phone.
 * @event {MlDialEvent} ml-dial - A call is asked for. Cancel it to place the call yourself.
 * @event {MlAnswerEvent} ml-answer - Answer was pressed. Cancel it to answer yourself.
 * @event {MlDeclineEvent} ml-decline - Decline was pressed. Cancel it to decline yourself.
 * @event {MlHangUpEvent} ml-hang-up - Hang up was pressed. Cancel it to end the call yourself.
 * @event {MlHoldEvent} ml-hold - Hold or Resume was pressed. Cancel it to do so yourself.
 * @event {MlTransferEvent} ml-transfer - A transfer is asked for. Cancel it to transfer yourself.
 * @event {MlRedirectEvent} ml-redirect - A redirection is asked for. Cancel it to redirect yourself.
 * @event {MlConferenceEvent} ml-conference - Somebody is added, merged or removed. Cancel it to do so yourself.
 * @event {MlSendEvent} ml-send - Message was pressed. Cancel it to write yourself.
 * @event {MlPopEvent} ml-pop - A name was clicked. Cancel it to open the record yourself.
 * @csspart base - The whole panel.
 * @csspart header - User, status, tray.
 * @csspart user - Name and extension.
 * @csspart status - The phone's status in a word.
 * @csspart presence-toggle - The button of the availability.
 * @csspart profile - Regular user, hot desk or agent.
 * @csspart caller-id - Which number the other side sees.
 * @csspart tray-toggle - The button of what needs attention.
 * @csspart settings-toggle - The button of the settings.
 * @csspart calls - The place of the calls.
 * @csspart call - Call.
 * @csspart message - Message.
 * @cssproperty [--ml-softphone-width=auto] - Width of the phone.
 * @cssState idle - No call is shown.
 * @cssState ringing - Somebody calls.
 * @cssState in-call - A call lives.
 * @cssState after-call - A call has ended and is not wrapped up.
 * @cssState offline - The phone server is not reached.
 * @cssState unwired - There is no workspace.
 */
export class MlSoftphone extends MlElement {
  static override styles = [peopleStyles, stageColors, softphoneStyles];

  /** What choosing or clicking a number does; without it the user's setting holds. */
  @property({ attribute: 'dial-mode' }) dialMode: DialMode | '' = '';

  /** What the person asked of the keypad; null: it stands there while the phone is idle. */
  @state() private keypad: boolean | null = null;
  /** The number chosen for the next call; null: the default one; undefined: the one remembered. */
  @state() private callerId: string | null | undefined;
  /** What stands in the phone's place at the moment. */
  @state() private panel: Panel | null = null;

  #arrangement: Arrangement = { waiting: [], main: null, folded: [] };
  /** Where the focus was before this rendering. */
  #focused: CallFocus | null = null;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const workspace = this.wired;
    this.#focused = this.hasUpdated ? callFocus(this.renderRoot as ShadowRoot) : null;
    const { main: before } = this.#arrangement;
    this.#arrangement = arrange(workspace ? this.read(workspace.$calls) : []);
    const { main } = this.#arrangement;
    if (main?.id !== before?.id) {
      this.keypad = null;
      this.callerId = undefined;
    }
    // Who has signed out has nothing to set any more; what is to be known stands in the phone.
    if (workspace && this.read(workspace.$phone).signedOut) this.panel = null;
    if (main && this.panel && takesPlace(main, before, this.renderRoot.querySelector(BUSY_PANEL))) this.panel = null;
    setStates(this.internals, {
      ...statesOf(this.#arrangement),
      idle: workspace !== null && !main,
      offline: workspace !== null && workspace.$phone.get().line.state !== 'registered',
    });
  }

  protected override renderWired(workspace: Workspace): unknown {
    const { main, waiting, folded } = this.#arrangement;
    const live = main !== null && main.phase !== 'ended';
    const underneath = main ? this.#renderBelow(workspace, main, folded) : nothing;
    return html`<section class="panel" part="base" .ariaLabel=${this.text('phone.label')} @keydown=${this.#onKey}>
        ${this.#renderHeader(workspace)}
        <ml-phone-notes .workspace=${workspace} @log-in=${this.#onLogIn}></ml-phone-notes>
        ${this.panel && !live ? nothing : this.#renderCalls(workspace, main, waiting)}
        ${this.panel ? panel(workspace, this.panel) : html`${underneath}${this.#renderDialing(workspace, main)}`}
      </section>
      <ml-phone-announcer .workspace=${workspace}></ml-phone-announcer>`;
  }

  protected override updated(): void {
    if (this.#focused) void keepCallFocus(this.renderRoot as ShadowRoot, this.#focused, () => this.focus());
  }

  /** Puts the focus into the number field. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<MlSearch>('ml-search')?.focus(options);
  }

  readonly #onLogIn = (): void => {
    this.panel = 'presence';
  };

  #renderHeader(workspace: Workspace): TemplateResult {
    const available = this.read(workspace.$availability);
    const { profile, reasons } = this.read(workspace.$capabilities);
    const signedIn = this.read(workspace.$loggedIn);
    const stands = standing(this.read(workspace.$phone), this.#arrangement.main, available, signedIn);
    return header({
      user: this.read(workspace.$user),
      standing: stands,
      word: statusWords(stands, available, reasons, (key) => this.text(key)),
      profile,
      count: this.read(workspace.$tray).items.length,
      open: this.panel,
      text: (key, values) => this.text(key, values),
      toggle: (wanted) => {
        this.panel = this.panel === wanted ? null : wanted;
      },
    });
  }

  #renderCalls(workspace: Workspace, main: Call | null, waiting: readonly Call[]): unknown {
    if (!main) return nothing;
    return html`<div class="calls" part="calls">
      ${repeat(
        [...waiting, main],
        ({ id }) => id,
        (call) => html`<ml-call .workspace=${workspace} .callId=${call.id} .compact=${call.id !== main.id}></ml-call>`,
      )}
    </div>`;
  }

  #renderBelow(workspace: Workspace, call: Call, folded: readonly Call[]): TemplateResult {
    return below({
      workspace,
      call,
      folded,
      text: (key, values) => this.text(key, values),
      pair: (closable) => this.#renderPair(workspace, call.number, call.match.record, closable),
      wrapUp: () => void this.#wrapUp(call),
      putAway: () => void this.#putAway(call),
    });
  }

  #renderDialing(workspace: Workspace, main: Call | null): TemplateResult {
    const field = this.read(workspace.$dialField);
    const live = main !== null && main.phase !== 'ended';
    const naming = /\p{L}/u.test(field.text) && !field.record;
    const editing = (this.dialMode || this.read(workspace.$settings).dialMode) === 'edit';
    const keypad = this.keypad ?? (!main && (!field.record || editing));
    return html`<div class="inset">
      <ml-search
        .workspace=${workspace}
        .dialMode=${this.dialMode}
        .callerId=${this.callerId}
        .keypadOpen=${keypad}
        .onKeypad=${this.#onKeypad}
        exportparts="field: search__field, input: search__input, results: search__results, result: search__result"
      ></ml-search>
      ${
        live || this.read(workspace.$capabilities).callerIds.length < 2
          ? nothing
          : html`<ml-caller-id
              .workspace=${workspace}
              .chosen=${this.callerId}
              @change=${this.#onCallerId}
              exportparts="caller-id"
            ></ml-caller-id>`
      }
      ${
        field.record
          ? html`<ml-picked .workspace=${workspace} exportparts="avatar, name, favorite, favorite-note"></ml-picked>`
          : nothing
      }
      ${keypad && !naming ? html`<ml-dialpad .workspace=${workspace} exportparts="key: dialpad__key"></ml-dialpad>` : nothing}
      ${(main ? field.text && !live : true) && !naming ? this.#renderPair(workspace, field.text, field.record, false) : nothing}
    </div>`;
  }

  #renderPair(workspace: Workspace, number: string, record: CrmRecord | null, closable: boolean): TemplateResult {
    return pair({
      offline: this.read(workspace.$phone).line.state !== 'registered',
      empty: !number.trim(),
      text: (key) => this.text(key),
      prepare: () => workspace.prepareDial(),
      call: () => void this.#call(workspace, number, record),
      message: () => message(this, number, record),
      close: closable ? this.#onClose : null,
    });
  }

  /** An empty field is filled with the number dialed last, which is not dialed yet. */
  async #call(workspace: Workspace, number: string, record: CrmRecord | null): Promise<void> {
    if (!number.trim()) {
      const last = workspace.$recentCalls.get().calls.find(({ direction }) => direction === 'outbound');
      if (last) workspace.setDialField(last.number, last.match.record);
      this.focus();
      return;
    }
    const { text }: DialField = workspace.$dialField.get();
    if ((await dial(this, workspace, number, record, this.callerId)) && text === number) workspace.setDialField('');
  }

  async #wrapUp(call: Call): Promise<void> {
    const notes = this.renderRoot.querySelector<MlCallNotes>('ml-call-notes');
    if (notes && notes.value !== call.notes.saved && !(await notes.save())) return;
    await this.#putAway(call);
  }

  /** Puts the call away, and with it the unanswered ones behind it: the lists have them. */
  async #putAway(call: Call): Promise<void> {
    const workspace = this.wired;
    if (!workspace) return;
    const others = this.#arrangement.folded.filter((one) => !answered(one));
    await Promise.all([call, ...others].map(({ id }) => workspace.wrapUp(id))).catch(() => undefined);
    await this.updateComplete;
    this.focus();
  }

  /** From anywhere in the phone to the call: Answer while it rings, then Mute; without a call back from a panel to its button. */
  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    const call = this.renderRoot.querySelector<MlCall>('ml-call');
    if (call) call.focusControl('answer');
    else if (this.panel) {
      this.renderRoot.querySelector<HTMLElement>(`[part="${this.panel}-toggle"]`)?.focus();
      this.panel = null;
    }
  };

  readonly #onClose = (): void => {
    if (this.#arrangement.main) void this.#putAway(this.#arrangement.main);
  };

  readonly #onCallerId = (event: Event): void => {
    this.callerId = (event.target as MlCallerId).chosen;
  };

  readonly #onKeypad = (): void => {
    this.keypad = !(this.keypad ?? !this.#arrangement.main);
  };
}

define('ml-softphone', MlSoftphone);

declare global {
  interface HTMLElementTagNameMap {
    'ml-softphone': MlSoftphone;
  }
}
