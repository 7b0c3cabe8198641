import { asFailure } from '@multiline/core';
import type { Failure, VoicemailMessage, Workspace } from '@multiline/core';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from '../internal/repeat.ts';
import { avatar } from '../internal/avatar.ts';
import { define } from '../internal/define.ts';
import { dial } from '../internal/dialing.ts';
import { MlElement } from '../internal/element.ts';
import { KeptFocus } from '../internal/kept-focus.ts';
import { numberTemplate, writtenNumber } from '../internal/number.ts';
import { setStates } from '../internal/states.ts';
import { formatDuration } from '../strings/time.ts';
import '../strings/english-calls.ts';
import '../strings/english-desk.ts';
import { circleAlert, pause, phone, play, voicemail as voicemailIcon, x } from '../styles/icons.ts';
import { listPanels } from '../styles/list-panels.ts';
import { peopleStyles } from '../styles/sets.ts';
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
  @state() private failure: {
    readonly id: string;
    readonly what: 'audio' | 'delete';
    readonly failure: Failure;
  } | null = null;

  /** The message that goes once the person says so again. */
  @state() private doomed = '';

  #player: Player | undefined;
  /** The workspace whose messages were asked for. */
  #asked: Workspace | null = null;

  constructor() {
    super();
    // Where a message has gone: on to the one in its place, else to the last one or the title.
    const placeOf = (focused: Element): string => {
      const row = focused.closest('.message');
      const index = [...this.renderRoot.querySelectorAll('.message')].findIndex((one) => one === row);
      return row ? `.message:nth-child(${String(index + 1)}) .play` : 'h2';
    };
    const otherwise = (): void => {
      const ends = this.renderRoot.querySelectorAll<HTMLElement>('h2, .message:last-child .play');
      ends[ends.length - 1]?.focus();
    };
    this.addController(new KeptFocus(this, placeOf, otherwise));
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
    const { id, from, name, at, durationMs, heard } = message;
    const { country } = workspace.policy;
    const who = name ?? writtenNumber(from, country);
    const now = this.playing?.id === id ? this.playing : null;
    const position = now?.positionMs ?? 0;
    const length = Math.max(1, Math.round(now?.lengthMs ?? durationMs));
    const onPlay = (): void => void this.#toggle(workspace, message);
    const onSeek = (event: Event): void => this.#player?.seek(Number((event.target as HTMLInputElement).value));
    const onCall = (): void => void dial(this, workspace, from);
    const asked = this.doomed === id;
    const onDelete = (): void => {
      this.doomed = asked ? '' : id;
    };
    return html`<li part="message" .className=${heard ? 'message' : 'message fresh'} .role=${'listitem'}>
      ${avatar(name ?? '', name ? 'person' : 'unknown')}
      <div>
        <div class="first">
          <span class="name" part="name" .title=${who}
            >${name ? html`<bdi>${name}</bdi>` : numberTemplate(from, country)}${
              heard ? nothing : html`<span class="unseen">, ${this.text('voicemail.fresh')}</span>`
            }</span
          >
          <bdi class="time tabular">${this.timestamp(workspace, at)}</bdi>
        </div>
        <div class="player" part="player">
          <button
            class="icon-button play"
            type="button"
            .ariaLabel=${this.text(now?.playing ? 'voicemail.pause' : 'voicemail.play', { who })}
            .title=${this.text(now?.playing ? 'voicemail.pause' : 'voicemail.play', { who })}
            @click=${onPlay}
          >
            ${now?.playing ? pause : play}
          </button>
          <input
            type="range"
            .ariaLabel=${this.text('voicemail.position', { who })}
            .ariaValueText=${`${formatDuration(position)} / ${formatDuration(length)}`}
            .max=${String(length)}
            .step=${String(seekStep(length))}
            .value=${String(Math.round(position))}
            .disabled=${!now}
            @input=${onSeek}
          />
          <bdi class="tabular">${now ? `${formatDuration(position)} / ` : ''}${formatDuration(length)}</bdi>
          <button
            class="icon-button"
            type="button"
            .ariaLabel=${this.text('voicemail.call', { who })}
            .title=${this.text('action.call')}
            @click=${onCall}
          >
            ${phone}
          </button>
          <button
            class="icon-button delete"
            type="button"
            .ariaExpanded=${String(asked)}
            .ariaLabel=${this.text('voicemail.delete', { who })}
            .title=${this.text('voicemail.delete', { who })}
            @click=${onDelete}
          >
            ${x}
          </button>
        </div>
        ${asked ? this.#renderSure(workspace, id, who) : nothing}
        ${
          this.failure?.id === id
            ? html`<p class="notice danger" .role=${'alert'}>
                ${circleAlert}<span
                  ><b
                    >${this.text(this.failure.what === 'audio' ? 'voicemail.audio-failed' : 'voicemail.delete-failed')}</b
                  >
                  ${this.failureText(this.failure.failure)}</span
                >
              </p>`
            : nothing
        }
      </div>
    </li>`;
  }

  /** What is deleted is gone on the server too: a second press says that it is meant. */
  #renderSure(workspace: Workspace, id: string, who: string): TemplateResult {
    const leave = (event: Event): void => {
      (event.target as Element).closest('.message')?.querySelector<HTMLElement>('.delete')?.focus();
      this.doomed = '';
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      leave(event);
    };
    return html`<div
      class="sure"
      part="sure"
      .role=${'group'}
      .ariaLabel=${this.text('voicemail.delete', { who })}
      @keydown=${onKey}
    >
      <span>${this.text('voicemail.delete-sure')}</span>
      <button class="button" type="button" @click=${() => void this.#delete(workspace, id)}>
        ${this.text('action.delete')}
      </button>
      <button class="button keep" type="button" @click=${leave}>${this.text('action.cancel')}</button>
    </div>`;
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

  async #delete(workspace: Workspace, id: string): Promise<void> {
    this.failure = null;
    if (this.#player?.id === id) this.#player.stop();
    try {
      await workspace.deleteVoicemail(id);
    } catch (thrown) {
      this.failure = { id, what: 'delete', failure: asFailure(thrown) };
    }
  }
}

/** How far an arrow key goes, in ms: thirty presses from end to end, at most five seconds each. The end can be reached. */
const seekStep = (lengthMs: number): number =>
  lengthMs / Math.max(Math.min(30, Math.ceil(lengthMs / 100)), Math.ceil(lengthMs / 5000));

define('ml-voicemail', MlVoicemail);

declare global {
  interface HTMLElementTagNameMap {
    'ml-voicemail': MlVoicemail;
  }
}
