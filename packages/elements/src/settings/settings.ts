import { asFailure } from '@multiline/core';
import type { Failure, Settings, Workspace } from '@multiline/core';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { define } from '../internal/define.ts';
import { MlElement } from '../internal/element.ts';
import { KeptFocus } from '../internal/kept-focus.ts';
import type { StringKey } from '../strings/english.ts';
import { circleAlert } from '../styles/icons.ts';
import { fields } from '../styles/fields.ts';
import { sections } from '../styles/sections.ts';
import { panelStyles } from '../styles/sets.ts';
import { settingsStyles } from './settings.styles.ts';
import { attentionRows } from './attention-rows.ts';
import { switchRow } from './switch-row.ts';
import './sign-out.ts';
import '../strings/english-lists.ts';

const POP_AT = ['ringing', 'answered', 'never'] as const satisfies readonly Settings['popAt'][];
const DIAL_MODE = ['confirm', 'edit', 'immediate'] as const satisfies readonly Settings['dialMode'][];

/**
 * What a person chooses for themselves: when the record opens, what a click on a number does, the subject of logged calls,
 * what else rings, notifications and headset buttons.
 *
 * @summary The user's settings.
 * @csspart base - The whole element.
 * @csspart title - The title.
 * @csspart setting - Each setting.
 * @cssState unwired - There is no workspace.
 */
export class MlSettings extends MlElement {
  static override styles = [panelStyles, sections, fields, settingsStyles];

  @state() private failure: Failure | null = null;

  constructor() {
    super();
    this.addController(new KeptFocus(this, () => 'h2'));
  }

  protected override renderWired(workspace: Workspace): unknown {
    const { popAt, dialMode, subject, alsoRingDeskPhone } = this.read(workspace.$settings);
    const { device } = this.read(workspace.$capabilities);
    return html`<section class="panel" part="base" .ariaLabel=${this.text('settings.title')}>
      <h2 part="title" .tabIndex=${-1}>${this.text('settings.title')}</h2>
      <div class="parts">
        ${this.#renderChoice('pop-at', POP_AT, popAt, (value) => ({ popAt: value }))}
        ${this.#renderChoice('dial-mode', DIAL_MODE, dialMode, (value) => ({ dialMode: value }))}
        <label part="setting"
          >${this.text('settings.subject')}<input type="text" dir="auto" .value=${subject} @change=${this.#onSubject}
        /></label>
        ${
          device === 'elsewhere'
            ? switchRow({
                label: this.text('settings.desk-phone'),
                on: alsoRingDeskPhone,
                change: (on) => void this.#save({ alsoRingDeskPhone: on }),
              })
            : nothing
        }
        ${attentionRows(workspace, {
          text: (key) => this.text(key),
          done: () => this.requestUpdate(),
          failed: (thrown) => (this.failure = asFailure(thrown)),
        })}
        ${
          this.failure
            ? html`<p class="notice danger" .role=${'alert'}>
                ${circleAlert}<span><b>${this.text('settings.not-saved')}</b> ${this.failureText(this.failure)}</span>
              </p>`
            : nothing
        }
      </div>
      ${workspace.audio ? html`<ml-audio-settings .workspace=${workspace}></ml-audio-settings>` : nothing}
      <ml-doctor .workspace=${workspace}></ml-doctor>
      <ml-sign-out .workspace=${workspace}></ml-sign-out>
    </section>`;
  }

  #renderChoice<Value extends string>(
    name: 'pop-at' | 'dial-mode',
    values: readonly Value[],
    current: Value,
    change: (value: Value) => Partial<Settings>,
  ): TemplateResult {
    const onChange = (event: Event): void => {
      const value = values[(event.target as HTMLSelectElement).selectedIndex];
      if (value) void this.#save(change(value));
    };
    return html`<label part="setting"
      >${this.text(`settings.${name}`)}<select @change=${onChange}>
        ${values.map(
          (value) =>
            html`<option .selected=${live(value === current)}>
              ${this.text(`settings.${name}.${value}` as StringKey)}
            </option>`,
        )}
      </select></label
    >`;
  }

  readonly #onSubject = (event: Event): void => {
    void this.#save({ subject: (event.target as HTMLInputElement).value });
  };

  async #save(change: Partial<Settings>): Promise<void> {
    try {
      await this.wired?.changeSettings(change);
      this.failure = null;
    } catch (thrown) {
      this.failure = asFailure(thrown);
      this.requestUpdate();
    }
  }
}

define('ml-settings', MlSettings);

declare global {
  interface HTMLElementTagNameMap {
    'ml-settings': MlSettings;
  }
}
