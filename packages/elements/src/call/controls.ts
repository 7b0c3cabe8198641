import type { Call } from '@multiline/core';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { StringKey } from '../strings/english.ts';
import { hangUp } from '../styles/glyphs.ts';
import { grip, mic, micOff, phone } from '../styles/icons.ts';

type Text = (key: StringKey) => string;

/** Answer, first and widest, and Decline. While one of them waits for the line, both are dimmed. */
export function choice(call: Call, text: Text, on: { answer: () => void; decline: () => void }): TemplateResult {
  const busy = String(call.pending !== null);
  return html`<div class="choice">
    <button class="answer" id="answer" part="answer" type="button" .ariaDisabled=${busy} @click=${on.answer}>
      ${phone}<span>${text('action.answer')}</span>
    </button>
    <button id="decline" part="decline" type="button" .ariaDisabled=${busy} @click=${on.decline}>
      ${hangUp}<span>${text('action.decline')}</span>
    </button>
  </div>`;
}

export interface ControlHandlers {
  readonly mute: () => void;
  readonly keypad: () => void;
  readonly hangUp: () => void;
  readonly focus: (event: Event) => void;
  readonly key: (event: KeyboardEvent) => void;
}

/** The controls of a live call. They never move: Mute opens the block, Hang up ends it. */
export function controls(call: Call, keypad: boolean, text: Text, on: ControlHandlers): TemplateResult {
  return html`<div
    class="controls"
    part="controls"
    .role=${'group'}
    .ariaLabel=${text('call.controls')}
    @focusin=${on.focus}
    @keydown=${on.key}
  >
    <button id="mute" part="mute" type="button" .ariaPressed=${String(call.muted)} @click=${on.mute}>
      ${call.muted ? micOff : mic}<span>${text(call.muted ? 'action.unmute' : 'action.mute')}</span>
    </button>
    <button
      id="keypad"
      part="keypad-toggle"
      type="button"
      .disabled=${call.phase !== 'active'}
      .ariaExpanded=${String(keypad)}
      @click=${on.keypad}
    >
      ${grip}<span>${text('action.keypad')}</span>
    </button>
    <button
      class="hang-up-control"
      id="hang-up"
      part="hang-up"
      type="button"
      .ariaDisabled=${String(call.pending === 'hang-up')}
      @click=${on.hangUp}
    >
      ${hangUp}<span>${text('action.hang-up')}</span>
    </button>
  </div>`;
}
