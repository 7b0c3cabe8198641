import { asFailure } from '@multiline/core';
import type { Failure, VoicemailMessage, Workspace } from '@multiline/core';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from '../internal/repeat.ts';
import { define } from '../internal/define.ts';
import { dial } from '../internal/dialing.ts';
import { MlElement } from '../internal/element.ts';
import { keepFocusInList } from '../internal/kept-focus.ts';
import { setStates } from '../internal/states.ts';
import '../strings/english-calls.ts';
import '../strings/english-desk.ts';
import { circleAlert, voicemail as voicemailIcon } from '../styles/icons.ts';
import { listPanels } from '../styles/list-panels.ts';
import { peopleStyles } from '../styles/sets.ts';
import { messageRow } from './message-row.ts';
import type { RowFailure } from './message-row.ts';
import { Player } from './player.ts';
import type { Playing } from './player.ts';
import { voicemailStyles } from './voicemail.styles.ts';

/**
 * The mailbox of the phone: who left a message and when, each with a player (ML-07). A server that only counts says how many
 * wait; one without a mailbox says so.
 *
 * @summary The messages callers have left.
 * @event {MlDialEvent} ml-dial - Call was pressed. Cancel it to place the call yourself.
 * @csspart base - The whole element.
 * @csspart title - The title.
 * @csspart count - How many messages are new.
 * @csspart message - Each message.
 * @csspart name - Who left it.
 * @csspart player - Its player.
 * @csspart sure - Asks whether it is to be deleted.
 * @cssState unwired - There is no workspace.
 * @cssState empty - There are no messages.
 */
export class MlVoicemail extends MlElement {
  static override styles = [peopleStyles, listPanels, voicemailStyles];

  @state() private playing: Playing | null = null;
  @state() private failure: ({ readonly id: string } & RowFailure) | null = null;

  /** The message that goes once the person says so again. */
  @state() private doomed = '';

  #player: Player | undefined;
  /** The workspace whose messages were asked for. */
  #asked: Workspace | null = null;

  constructor() {
    super();
    keepFocusInList(this, '.message', '.play');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    void this.#player?.close();
    this.#player = undefined;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    const { wired } = this;
    if (wired && wired !== this.#asked && wired.$capabilities.get().voicemail) {
      this.#asked = wired;
      // Why they could not be had, the store says.
      wired.loadVoicemail().catch(() => undefined);
    }
    setStates(this.internals, { empty: wired !== null && wired.$voicemail.get().messages.length === 0 });
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    // To what deletes nothing: a key that is held down goes on pressing.
    if (changed.has('doomed')) this.renderRoot.querySelector<HTMLElement>('.keep')?.focus();
  }

  protected override renderWired(workspace: Workspace): unknown {
    const { state, fresh, messages, failure } = this.read(workspace.$voicemail);
    return html`<section class="panel" part="base" .ariaLabel=${this.text('voicemail.title')}>
      <div class="head">
        <h2 part="title" .tabIndex=${-1}>${this.text('voicemail.title')}</h2>
        ${
          fresh
            ? html`<span class="badge" part="count" .ariaHidden=${'true'}>${fresh}</span
                ><span class="unseen" .role=${'status'}>${this.text('voicemail.waiting', { count: fresh })}</span>`
            : nothing
        }
      </div>
      ${state === 'failed' ? this.#renderLoadFailure(workspace, failure, messages.length > 0) : nothing}
      ${
        messages.length
          ? html`<ul class="scroll" .role=${'list'} .ariaLabel=${this.text('voicemail.title')}>
              ${repeat(
                messages,
                ({ id }) => id,
                (message) => this.#renderMessage(workspace, message),
              )}
            </ul>`
          : this.#renderNone(state, fresh)
      }
    </section>`;
  }

  #renderNone(state: 'none' | 'count' | 'loading' | 'ready' | 'failed', fresh: number): unknown {
    if (state === 'failed') return nothing;
    if (state === 'loading') return html`<div class="bones"><i class="short"></i><i class="tall"></i><i></i></div>`;
    const [title, hint] =
      state === 'none'
        ? [this.text('voicemail.none'), this.text('voicemail.none-hint')]
        : state === 'count' && fresh > 0
          ? [this.text('voicemail.waiting', { count: fresh }), this.text('voicemail.count-only')]
          : [this.text('voicemail.empty'), this.text('voicemail.empty-hint')];
    return html`<div class="empty"><span class="disc">${voicemailIcon}</span><b>${title}</b><span>${hint}</span></div>`;
  }

  #renderLoadFailure(workspace: Workspace, failure: Failure | undefined, kept: boolean): TemplateResult {
    const again = (): void => void workspace.loadVoicemail().catch(() => undefined);
    return html`<p class="notice danger" .role=${'alert'}>
      ${circleAlert}<span
        ><b>${this.text('voicemail.failed')}</b> ${failure ? this.failureText(failure) : ''}
        ${kept ? this.text('voicemail.failed-hint') : ''}
        <button type="button" @click=${again}>${this.text('action.try-again')}</button></span
      >
    </p>`;
  }

  #renderMessage(workspace: Workspace, message: VoicemailMessage): TemplateResult {
    const { id, from, heard } = message;
    const { markVoicemail, deleteVoicemail } = this.read(workspace.$capabilities);
    const doomed = this.doomed === id;
    return messageRow({
      message,
      country: workspace.policy.country,
      when: this.timestamp(workspace, message.at),
      playing: this.playing?.id === id ? this.playing : null,
      failure: this.failure?.id === id ? this.failure : null,
      doomed,
      text: (key, values) => this.text(key, values),
      failureText: (failure) => this.failureText(failure),
      play: () => void this.#toggle(workspace, message),
      seek: (to) => this.#player?.seek(to),
      call: () => void dial(this, workspace, from),
      mark: markVoicemail ? () => void this.#do('mark', id, workspace.markVoicemail(id, !heard)) : null,
      doom: deleteVoicemail ? () => (this.doomed = doomed ? '' : id) : null,
      remove: () => {
        if (this.#player?.id === id) this.#player.stop();
        void this.#do('delete', id, workspace.deleteVoicemail(id));
      },
    });
  }

  async #toggle(workspace: Workspace, { id, heard }: VoicemailMessage): Promise<void> {
    this.failure = null;
    const player = (this.#player ??= new Player((now) => (this.playing = now)));
    if (player.id === id) {
      if (this.playing?.playing) player.pause();
      else await player.play();
      return;
    }
    try {
      const { bytes } = await workspace.voicemailAudio(id);
      await player.load(id, bytes);
    } catch (thrown) {
      this.failure = { id, what: 'audio', failure: asFailure(thrown) };
      return;
    }
    // It was heard, whether the server can remember that or not.
    if (!heard) await workspace.markVoicemail(id, true).catch(() => undefined);
  }

  async #do(what: 'mark' | 'delete', id: string, done: Promise<void>): Promise<void> {
    this.failure = null;
    await done.catch((thrown: unknown) => (this.failure = { id, what, failure: asFailure(thrown) }));
  }
}

define('ml-voicemail', MlVoicemail);

declare global {
  interface HTMLElementTagNameMap {
    'ml-voicemail': MlVoicemail;
  }
}
