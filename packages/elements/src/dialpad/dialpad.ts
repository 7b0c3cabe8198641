import type { Workspace } from '@multiline/core';
import { html } from 'lit';
import type { PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { define } from '../internal/define.ts';
import { MlElement } from '../internal/element.ts';
import { Roving } from '../internal/roving.ts';
import { setStates } from '../internal/states.ts';
import '../strings/english-calls.ts';
import { panels } from '../styles/panels.ts';
import { shapes } from '../styles/shapes.ts';
import { base, stageColors } from '../styles/tokens.ts';
import { dialpadStyles } from './dialpad.styles.ts';

const KEYS: readonly (readonly [key: string, letters: string])[] = [
  ['1', ''],
  ['2', 'ABC'],
  ['3', 'DEF'],
  ['4', 'GHI'],
  ['5', 'JKL'],
  ['6', 'MNO'],
  ['7', 'PQRS'],
  ['8', 'TUV'],
  ['9', 'WXYZ'],
  ['*', ''],
  ['0', '+'],
  ['#', ''],
];

/** How long 0 is held for a plus (ms). */
const HOLD_MS = 500;

/**
 * The twelve keys. They type into the number field; with `call-id` they send tones into that call instead.
 *
 * @summary A keypad for numbers and for tones.
 * @csspart base - The keys' grid.
 * @csspart key - Each key.
 * @cssproperty [--ml-keypad-key-height=48px] - Height of a key; 40 px in a call.
 * @cssState unwired - There is no workspace.
 * @cssState in-call - The keys send tones.
 */
export class MlDialpad extends MlElement {
  static override styles = [base, stageColors, shapes, panels, dialpadStyles];

  /** The call that gets the tones, or several, separated by spaces; without it the keys type into the number field. */
  @property({ attribute: 'call-id' }) callId = '';

  readonly #roving = new Roving(() => [...this.renderRoot.querySelectorAll<HTMLElement>('.key')]);
  #cancelHold: (() => void) | null = null;
  /** The plus of a held 0 is typed already: the click that follows types nothing. */
  #held = false;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#release();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    setStates(this.internals, { 'in-call': this.callId !== '' });
  }

  protected override renderWired(): unknown {
    return html`<div
      class="keys"
      part="base"
      .role=${'group'}
      .ariaLabel=${this.text('keypad.label')}
      @click=${this.#onClick}
      @focusin=${this.#roving.onFocus}
      @keydown=${this.#onKey}
      @paste=${this.#onPaste}
      @pointerdown=${this.#onPointerDown}
      @pointerup=${this.#release}
      @pointercancel=${this.#release}
      @pointerleave=${this.#release}
    >
      ${KEYS.map(
        ([key, letters]) =>
          html`<button class="key" part="key" type="button" .value=${key} .ariaLabel=${this.#nameOf(key)}>
            <span>${key}</span><span class="letters">${letters}</span>
          </button>`,
      )}
    </div>`;
  }

  protected override updated(): void {
    this.#roving.update();
  }

  /** Puts the focus on the keypad's tab stop. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('.key[tabindex="0"]')?.focus(options);
  }

  /** A name where the drawing has none; the digits' is what stands on them. */
  #nameOf(key: string): string | null {
    if (key === '*') return this.text('keypad.star');
    return key === '#' ? this.text('keypad.hash') : null;
  }

  #press(key: string): void {
    const workspace = this.wired;
    if (!workspace) return;
    if (this.callId) {
      // A call that has just ended takes no tones, and its end is on screen already.
      for (const id of this.callId.split(' ')) workspace.sendDigits(id, key).catch(() => undefined);
      return;
    }
    workspace.setDialField(workspace.$dialField.get().text + key);
  }

  readonly #onClick = (event: Event): void => {
    const key = (event.target as Element).closest<HTMLButtonElement>('.key')?.value;
    if (key && !this.#held) this.#press(key);
    this.#held = false;
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    this.#held = false;
    if (/^[0-9*#+]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      if (event.key === '+' && this.callId) return;
      event.preventDefault();
      this.#press(event.key);
    } else if (event.key === 'Backspace' && !this.callId) {
      event.preventDefault();
      this.#erase();
    } else this.#roving.onKey(event);
  };

  /** Digits as people write them down: what groups them is left out, what waits (`;`, `p`, `w`) is a pause. */
  readonly #onPaste = (event: ClipboardEvent): void => {
    const text = event.clipboardData?.getData('text/plain').trim() ?? '';
    if (!/^[\d*#+A-D\s().,;pw-]+$/i.test(text)) return;
    event.preventDefault();
    const digits = text.replace(/[;pw]/gi, ',').replace(/[\s().-]/g, '');
    this.#press(this.callId ? digits.replaceAll('+', '').toUpperCase() : digits);
  };

  readonly #onPointerDown = (event: PointerEvent): void => {
    this.#release();
    this.#held = false;
    const workspace: Workspace | null = this.wired;
    if (!workspace || this.callId) return;
    if ((event.target as Element).closest<HTMLButtonElement>('.key')?.value !== '0') return;
    this.#cancelHold = workspace.clock.at(workspace.clock.now() + HOLD_MS, () => {
      this.#held = true;
      this.#press('+');
    });
  };

  readonly #release = (): void => {
    this.#cancelHold?.();
    this.#cancelHold = null;
  };

  #erase(): void {
    const { text } = this.wired?.$dialField.get() ?? { text: '' };
    this.wired?.setDialField(text.slice(0, -1));
  }
}

define('ml-dialpad', MlDialpad);

declare global {
  interface HTMLElementTagNameMap {
    'ml-dialpad': MlDialpad;
  }
}
