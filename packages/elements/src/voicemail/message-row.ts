import type { Failure, VoicemailMessage } from '@multiline/core';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { avatar } from '../internal/avatar.ts';
import { numberTemplate, writtenNumber } from '../internal/number.ts';
import type { Text } from '../strings/localize.ts';
import { formatDuration } from '../strings/time.ts';
import { live } from '../styles/glyphs.ts';
import { circleAlert, pause, phone, play, x } from '../styles/icons.ts';
import type { Playing } from './player.ts';

/** What could not be done with a message. */
export interface RowFailure {
  readonly what: 'audio' | 'mark' | 'delete';
  readonly failure: Failure;
}

/** What a row needs of its list. */
export interface MessageRow {
  readonly message: VoicemailMessage;
  readonly country: string;
  /** When it was left, by the timestamp rule. */
  readonly when: string;
  /** How far it is played; null: it is not. */
  readonly playing: Playing | null;
  readonly failure: RowFailure | null;
  /** It goes once the person says so again. */
  readonly doomed: boolean;
  readonly text: Text;
  failureText(failure: Failure): string;
  play(): void;
  seek(toMs: number): void;
  call(): void;
  /** Marks it as heard, or as new again; null: the mailbox cannot. */
  readonly mark: (() => void) | null;
  /** Asks whether it is to go, or asks no more; null: the mailbox deletes nothing. */
  readonly doom: (() => void) | null;
  remove(): void;
}

/** One message: who left it and when, whether it is new, its player, Call and Delete. */
export function messageRow(row: MessageRow): TemplateResult {
  const { message, country, playing, failure, doomed, text } = row;
  const { from, name, heard } = message;
  const who = name ?? writtenNumber(from, country);
  const position = playing?.positionMs ?? 0;
  const length = Math.max(1, Math.round(playing?.lengthMs ?? message.durationMs));
  const onSeek = (event: Event): void => row.seek(Number((event.target as HTMLInputElement).value));
  const button = (className: string, label: string, icon: TemplateResult, onClick: () => void): TemplateResult =>
    html`<button
      type="button"
      .className=${`icon-button ${className}`}
      .ariaLabel=${label}
      .title=${label}
      .ariaExpanded=${className === 'delete' ? String(doomed) : null}
      @click=${onClick}
    >
      ${icon}
    </button>`;
  return html`<li part="message" .className=${heard ? 'message' : 'message fresh'} .role=${'listitem'}>
    ${avatar(name ?? '', name ? 'person' : 'unknown')}
    <div>
      <div class="first">
        <span class="name" part="name" .title=${who}
          >${name ? html`<bdi>${name}</bdi>` : numberTemplate(from, country)}${
            heard ? nothing : html`<span class="unseen">, ${text('voicemail.fresh')}</span>`
          }</span
        >
        <span class="when hint"
          ><bdi class="tabular">${row.when}</bdi>${
            row.mark
              ? button('mark', text(heard ? 'voicemail.mark-new' : 'voicemail.mark-heard', { who }), live, row.mark)
              : nothing
          }</span
        >
      </div>
      <div class="player" part="player">
        ${
          playing?.playing
            ? button('play', text('voicemail.pause', { who }), pause, row.play)
            : button('play', text('voicemail.play', { who }), play, row.play)
        }
        <input
          type="range"
          .ariaLabel=${text('voicemail.position', { who })}
          .ariaValueText=${`${formatDuration(position)} / ${formatDuration(length)}`}
          .max=${String(length)}
          .step=${String(seekStep(length))}
          .value=${String(Math.round(position))}
          .disabled=${!playing}
          @input=${onSeek}
        />
        <bdi class="tabular">${playing ? `${formatDuration(position)} / ` : ''}${formatDuration(length)}</bdi>
        ${button('call', text('voicemail.call', { who }), phone, row.call)}
        ${row.doom ? button('delete', text('voicemail.delete', { who }), x, row.doom) : nothing}
      </div>
      ${doomed && row.doom ? sure(row, who, row.doom) : nothing}
      ${
        failure
          ? html`<p class="notice danger" .role=${'alert'}>
              ${circleAlert}<span
                ><b>${text(`voicemail.${failure.what}-failed`)}</b> ${row.failureText(failure.failure)}</span
              >
            </p>`
          : nothing
      }
    </div>
  </li>`;
}

/** What is deleted is gone on the server too: a second press says that it is meant. */
function sure({ text, remove }: MessageRow, who: string, spare: () => void): TemplateResult {
  const leave = (event: Event): void => {
    (event.target as Element).closest('.message')?.querySelector<HTMLElement>('.delete')?.focus();
    spare();
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
    .ariaLabel=${text('voicemail.delete', { who })}
    @keydown=${onKey}
  >
    <span>${text('voicemail.delete-sure')}</span>
    <button class="button" type="button" @click=${remove}>${text('action.delete')}</button>
    <button class="button keep" type="button" @click=${leave}>${text('action.cancel')}</button>
  </div>`;
}

/** How far an arrow key goes, in ms: thirty presses from end to end, at most five seconds each. The end can be reached. */
const seekStep = (lengthMs: number): number =>
  lengthMs / Math.max(Math.min(30, Math.ceil(lengthMs / 100)), Math.ceil(lengthMs / 5000));
