import { asFailure } from '@multiline/core';
import type { AudioDeviceList, AudioDevices, Failure, Settings, Workspace } from '@multiline/core';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { define } from '../internal/define.ts';
import { MlElement } from '../internal/element.ts';
import { KeptFocus } from '../internal/kept-focus.ts';
import { setStates } from '../internal/states.ts';
import { settingsStyles } from '../settings/settings.styles.ts';
import { switchRow } from '../settings/switch-row.ts';
import type { StringKey } from '../strings/english.ts';
import '../strings/english-audio.ts';
import '../strings/english-lists.ts';
import { circleAlert, headphones, mic, triangleAlert } from '../styles/icons.ts';
import { fields } from '../styles/fields.ts';
import { sections } from '../styles/sections.ts';
import { panelStyles } from '../styles/sets.ts';
import { audioSettingsStyles } from './audio-settings.styles.ts';
import { deviceChoices, ringerChoices } from './choices.ts';
import type { DeviceChoice } from './choices.ts';
import { levelMeter, showLevel } from './level-meter.ts';

/**
 * Which microphone and which speaker a call uses and what it rings on, each by itself; a level meter to try the microphone and
 * a sound to try the speaker. Choices hold in live calls at once and are remembered by the devices' names.
 *
 * @summary Microphone, speaker, ringer.
 * @csspart base - The whole element.
 * @csspart title - The title.
 * @csspart setting - Each setting.
 * @csspart meter - The level of the microphone, while it is tested.
 * @cssState unwired - There is no workspace.
 * @cssState testing - The microphone is open for a test.
 */
export class MlAudioSettings extends MlElement {
  static override styles = [panelStyles, sections, fields, settingsStyles, audioSettingsStyles];

  @state() private testing = false;
  @state() private failure: {
    readonly where: 'microphone' | 'speaker' | 'settings';
    readonly failure: Failure;
  } | null = null;

  #stopTest: (() => void) | null = null;

  constructor() {
    super();
    this.addController(new KeptFocus(this, () => 'select'));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#endTest();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    setStates(this.internals, { testing: this.testing });
  }

  protected override renderWired(workspace: Workspace): unknown {
    const { audio } = workspace;
    return html`<section class="panel" part="base" .ariaLabel=${this.text('audio.title')}>
      <h2 part="title">${this.text('audio.title')}</h2>
      ${audio ? this.#renderDevices(workspace, audio) : this.#renderElsewhere()}
    </section>`;
  }

  #renderElsewhere(): TemplateResult {
    return html`<div class="empty">
      <span class="disc">${headphones}</span><b>${this.text('audio.elsewhere')}</b
      ><span>${this.text('audio.elsewhere-hint')}</span>
    </div>`;
  }

  #renderDevices(workspace: Workspace, audio: AudioDevices): TemplateResult {
    const settings = this.read(workspace.$settings);
    const list = this.read(audio.$devices);
    const words = this.text.bind(this);
    return html`<div class="parts">
      ${this.#renderHidden(audio, list)}
      <div class="device">
        ${this.#renderSelect('audio.microphone', deviceChoices('microphone', settings.microphone, list.microphones, words))}
        ${
          this.testing
            ? html`${levelMeter(this.text('audio.level'))}
                <p class="hint">${this.text('audio.speak')}</p>`
            : nothing
        }
        <button class="button" type="button" @click=${() => void this.#toggleTest(audio)}>
          ${mic}${this.text(this.testing ? 'audio.stop-test' : 'audio.test-microphone')}
        </button>
        ${this.#renderFailure('microphone', 'audio.test-failed')}
      </div>
      <div class="device">
        ${
          list.speakerChoice
            ? this.#renderSelect('audio.speaker', deviceChoices('speaker', settings.speaker, list.speakers, words))
            : html`<p class="hint">${this.text('audio.no-choice')}</p>`
        }
        <button class="button" type="button" @click=${() => void this.#testSpeaker(audio)}>
          ${headphones}${this.text('audio.test-speaker')}
        </button>
        ${this.#renderFailure('speaker', 'audio.test-failed')}
      </div>
      ${
        list.speakerChoice
          ? this.#renderSelect('audio.ring-on', ringerChoices(settings.ringers, list.speakers, words))
          : nothing
      }
      ${
        audio.process
          ? switchRow({
              label: this.text('audio.noise'),
              hint: this.text('audio.noise-hint'),
              on: settings.noiseSuppression,
              change: (on) => void this.#save({ noiseSuppression: on }),
            })
          : nothing
      }
      ${this.#renderFailure('settings', 'settings.not-saved')}
    </div>`;
  }

  /** Names are hidden before the microphone was allowed; without one there is nothing to allow. */
  #renderHidden(audio: AudioDevices, { microphones }: AudioDeviceList): unknown {
    if (microphones.length === 0)
      return html`<p class="notice warn">
        ${triangleAlert}<span><b>${this.text('audio.no-microphone')}</b> ${this.text('audio.no-microphone-hint')}</span>
      </p>`;
    if (microphones.some(({ label }) => label !== '')) return nothing;
    return html`<p class="notice">
      ${mic}<span
        >${this.text('audio.hidden')}<br /><button
          class="button"
          type="button"
          .ariaDisabled=${String(this.testing)}
          @click=${() => {
            if (!this.testing) void this.#toggleTest(audio);
          }}
        >
          ${this.text('audio.allow')}
        </button></span
      >
    </p>`;
  }

  #renderSelect(label: StringKey, choices: readonly DeviceChoice[]): TemplateResult {
    const onChange = (event: Event): void => {
      const choice = choices[(event.target as HTMLSelectElement).selectedIndex];
      if (choice) void this.#save(choice.change);
    };
    return html`<label part="setting"
      >${this.text(label)}<select dir="auto" @change=${onChange}>
        ${choices.map(({ text, chosen }) => html`<option .selected=${live(chosen)}>${text}</option>`)}
      </select></label
    >`;
  }

  #renderFailure(where: 'microphone' | 'speaker' | 'settings', title: StringKey): unknown {
    if (this.failure?.where !== where) return nothing;
    const { failure } = this.failure;
    const { cause, remedy } = this.errorText(failure.code);
    return html`<p class="notice danger" .role=${'alert'}>
      ${circleAlert}<span
        >${failure.code === 'unexpected' || where === 'settings' ? html`<b>${this.text(title)}</b> ${this.failureText(failure)}` : html`<b>${cause}</b> ${remedy}`}</span
      >
    </p>`;
  }

  async #toggleTest(audio: AudioDevices): Promise<void> {
    this.failure = null;
    if (this.testing) {
      this.#endTest();
      return;
    }
    this.testing = true;
    try {
      const stop = await audio.testMicrophone((level) => this.#show(level));
      // Stopped, or taken out of the page, while the browser asked.
      if (this.testing && this.isConnected) this.#stopTest = stop;
      else stop();
    } catch (thrown) {
      this.testing = false;
      this.failure = { where: 'microphone', failure: asFailure(thrown) };
    }
  }

  #show(level: number): void {
    const meter = this.renderRoot.querySelector<HTMLElement>('.meter');
    showLevel(meter, level, (percent) => this.text('audio.level-value', { percent }));
  }

  #endTest(): void {
    this.#stopTest?.();
    this.#stopTest = null;
    this.testing = false;
  }

  async #testSpeaker(audio: AudioDevices): Promise<void> {
    this.failure = null;
    try {
      await audio.testSpeaker();
    } catch (thrown) {
      this.failure = { where: 'speaker', failure: asFailure(thrown) };
    }
  }

  /** The workspace hands the choice to the devices. A test goes on with what is chosen now. */
  async #save(change: Partial<Settings>): Promise<void> {
    this.failure = null;
    try {
      await this.wired?.changeSettings(change);
    } catch (thrown) {
      this.failure = { where: 'settings', failure: asFailure(thrown) };
      this.requestUpdate();
      return;
    }
    const audio = this.wired?.audio;
    if (!this.#stopTest || !audio || !('microphone' in change || 'noiseSuppression' in change)) return;
    this.#endTest();
    await this.#toggleTest(audio);
  }
}

define('ml-audio-settings', MlAudioSettings);

declare global {
  interface HTMLElementTagNameMap {
    'ml-audio-settings': MlAudioSettings;
  }
}
