import type { Call, Capabilities } from '@multiline/core';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from '../internal/repeat.ts';
import type { StringKey } from '../strings/english.ts';
import type { Text } from '../strings/localize.ts';
import { hangUp } from '../styles/glyphs.ts';
import { circleDot, grip, mic, micOff, pause, phoneForwarded, play, userPlus } from '../styles/icons.ts';
import { carriedElsewhere, recorded, waits } from './view.ts';

/** The controls of a live call, in their order, by the id of their button. */
export type LiveControl = 'mute' | 'hold' | 'keypad' | 'record' | 'transfer' | 'add' | 'hang-up';

interface Control {
  readonly id: Exclude<LiveControl, 'hang-up'>;
  readonly part: string;
  readonly icon: TemplateResult;
  readonly word: StringKey;
  readonly disabled?: boolean;
  /** The line has not answered yet. */
  readonly busy?: boolean;
  /** A toggle, and whether it is on. */
  readonly pressed?: boolean;
  /** It opens something, and whether that is open. */
  readonly expanded?: boolean;
}

export interface ControlHandlers {
  press(control: LiveControl): void;
  readonly focus: (event: Event) => void;
  readonly key: (event: KeyboardEvent) => void;
}

/** What a set of controls is drawn for. */
export interface Controlled {
  readonly call: Call;
  readonly can: Capabilities;
  /** The keypad is open: only what is needed beside it is left. */
  readonly keypad: boolean;
  /** Several people speak together. */
  readonly conference: boolean;
  /** In a conference of three: the two others may be connected with each other. */
  readonly connectable: boolean;
  /** Nobody more can be added. */
  readonly full: boolean;
  /** Every call is recorded: the recorder may rest, it is not stopped (ML-49). */
  readonly recordsAlways: boolean;
}

/** Only what the phone offers. They never move: Mute opens the block, Hang up ends it. */
export function controls(controlled: Controlled, text: Text, on: ControlHandlers): TemplateResult {
  const shown = offered(controlled).filter(({ id }) => !controlled.keypad || id === 'mute' || id === 'keypad');
  const { call } = controlled;
  return html`<div
    .className=${`controls rest-${String(shown.length % 4)}`}
    part="controls"
    .role=${'group'}
    .ariaLabel=${text('call.controls')}
    @focusin=${on.focus}
    @keydown=${on.key}
  >
    ${repeat(
      shown,
      ({ id }) => id,
      (control) => button(control, text, on),
    )}
    <button
      class="hang-up-control"
      id="hang-up"
      part="hang-up"
      type="button"
      .ariaDisabled=${String(call.pending === 'hang-up')}
      @click=${() => on.press('hang-up')}
    >
      ${hangUp}<span>${text('action.hang-up')}</span>
    </button>
  </div>`;
}

function button(control: Control, text: Text, on: ControlHandlers): TemplateResult {
  const { id, part, icon, word, pressed, expanded } = control;
  return html`<button
    type="button"
    .id=${id}
    .part=${part}
    .disabled=${control.disabled ?? false}
    .ariaDisabled=${control.busy ? 'true' : null}
    .ariaPressed=${pressed === undefined ? null : String(pressed)}
    .ariaExpanded=${expanded === undefined ? null : String(expanded)}
    @click=${() => on.press(id)}
  >
    ${icon}<span>${text(word)}</span>
  </button>`;
}

/** Before the answer all but Mute stand there to be seen; they do nothing yet. */
function offered({ call, can, keypad, conference, connectable, full, recordsAlways }: Controlled): readonly Control[] {
  if (carriedElsewhere(call)) return [];
  const disabled = call.phase !== 'active';
  const held = waits(call);
  const recording = recorded(call);
  const all: readonly (Control | false)[] = [
    {
      id: 'mute',
      part: 'mute',
      icon: call.muted ? micOff : mic,
      word: call.muted ? 'action.unmute' : 'action.mute',
      pressed: call.muted,
    },
    can.hold && {
      id: 'hold',
      part: 'hold',
      icon: held ? play : pause,
      word: held ? 'action.resume' : 'action.hold',
      pressed: held,
      busy: call.pending === 'hold' || call.pending === 'resume',
      disabled,
    },
    can.digits && {
      id: 'keypad',
      part: 'keypad-toggle',
      icon: grip,
      word: 'action.keypad',
      expanded: keypad,
      disabled,
    },
    can.record &&
      !(recording && recordsAlways) && {
        id: 'record',
        part: 'record',
        icon: circleDot,
        word: recording ? 'action.stop-recording' : 'action.record',
        pressed: recording,
        busy: call.pending === 'record',
        disabled,
      },
    can.transfer && {
      id: 'transfer',
      part: 'transfer',
      icon: phoneForwarded,
      word: conference ? 'action.complete-transfer' : 'action.transfer',
      busy: call.pending === 'transfer',
      disabled: disabled || (conference && !connectable),
    },
    can.conference && {
      id: 'add',
      part: 'add-to-call',
      icon: userPlus,
      word: 'action.add',
      busy: call.pending === 'merge',
      disabled: disabled || full,
    },
  ];
  return all.filter((control): control is Control => control !== false);
}

/** Beside the word that the call is recorded: lets the recorder rest, or go on. */
export function recorderButton(call: Call, text: Text, press: () => void): unknown {
  if (!recorded(call)) return nothing;
  const on = call.recording?.state === 'on';
  return html`<button class="tag tiny-icon" part="recording-pause" type="button" @click=${press}>
    ${on ? pause : play}${text(on ? 'action.pause-recording' : 'action.resume-recording')}
  </button>`;
}
