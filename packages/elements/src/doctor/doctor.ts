import { asFailure, ERRORS } from '@multiline/core';
import type { ErrorCode, Failure, Finding, Workspace } from '@multiline/core';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { define } from '../internal/define.ts';
import { MlElement } from '../internal/element.ts';
import { setStates } from '../internal/states.ts';
import '../strings/english-doctor.ts';
import { check, circleAlert, clock, triangleAlert, unplug } from '../styles/icons.ts';
import { sections } from '../styles/sections.ts';
import { panelStyles } from '../styles/sets.ts';
import { doctorStyles } from './doctor.styles.ts';

const ICONS = { ok: check, warning: triangleAlert, failed: circleAlert, skipped: unplug, running: clock };

const isError = (code: string): code is ErrorCode => Object.hasOwn(ERRORS, code);

/**
 * The phone tries itself: microphone, server, registration, the ways through the network, round trip, CRM session, storage,
 * notifications, each with what was found and what to do about it; and a log without secrets to send to support (MV-44, MV-53).
 * Runs when asked to alone, as it opens the microphone.
 *
 * @summary The connection self-test.
 * @csspart base - The whole element.
 * @csspart title - The title.
 * @csspart finding - What one check has found.
 * @cssState unwired - There is no workspace.
 * @cssState running - The test runs.
 */
export class MlDoctor extends MlElement {
  static override styles = [panelStyles, sections, doctorStyles];

  @state() private findings: readonly Finding[] = [];
  @state() private running: AbortController | null = null;
  @state() private failure: Failure | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    setStates(this.internals, { running: this.running !== null });
  }

  protected override renderWired(workspace: Workspace): unknown {
    const start = (): void => void this.#run(workspace);
    return html`<section class="panel" part="base" .ariaLabel=${this.text('doctor.title')}>
      <h2 part="title">${this.text('doctor.title')}</h2>
      <div class="parts">
        <p class="hint">${this.text('doctor.hint')}</p>
        <div class="actions">
          <button class="button primary" type="button" @click=${this.running ? this.#stop : start}>
            ${this.text(this.running ? 'doctor.stop' : this.findings.length > 0 ? 'doctor.again' : 'doctor.run')}
          </button>
          <button class="button" type="button" @click=${() => this.#download(workspace)}>
            ${this.text('doctor.download')}
          </button>
        </div>
        <p class="hint">${this.text('doctor.log-hint')}</p>
        <p .role=${'status'}>${this.#summary()}</p>
        ${
          this.failure
            ? html`<p class="notice danger" .role=${'alert'}>
                ${circleAlert}<span><b>${this.text('doctor.failed')}</b> ${this.failureText(this.failure)}</span>
              </p>`
            : nothing
        }
        ${
          this.findings.length > 0
            ? html`<ul .role=${'list'} .ariaLabel=${this.text('doctor.title')}>
                ${this.findings.map((finding) => this.#renderFinding(finding))}
              </ul>`
            : nothing
        }
      </div>
    </section>`;
  }

  #renderFinding({ check: name, state: how, finding, values }: Finding): TemplateResult {
    const known = isError(finding) ? this.errorText(finding) : undefined;
    const found = this.textOf(`finding.${finding}`, values) ?? known?.cause ?? this.text(`doctor.state.${how}`);
    const remedy = this.textOf(`finding.${finding}.remedy`, values) ?? known?.remedy;
    return html`<li part="finding" .className=${`finding ${how}`} .role=${'listitem'}>
      ${ICONS[how]}
      <div>
        <b>${this.text(`doctor.check.${name}`)}</b><span class="unseen">, ${this.text(`doctor.state.${how}`)}</span>
        ${how === 'running' ? nothing : html`<p dir="auto">${found}</p>`}
        ${remedy ? html`<p dir="auto">${remedy}</p>` : nothing}
      </div>
    </li>`;
  }

  #summary(): string {
    if (this.running || this.findings.length === 0) return '';
    const count = this.findings.filter(({ state: how }) => how === 'failed' || how === 'warning').length;
    return count > 0 ? this.text('doctor.troubles', { count }) : this.text('doctor.well');
  }

  async #run(workspace: Workspace): Promise<void> {
    const running = new AbortController();
    this.running = running;
    this.findings = [];
    this.failure = null;
    const found = (finding: Finding): void => {
      if (this.running !== running) return;
      const others = this.findings.filter((one) => one.check !== finding.check);
      this.findings = [...others, finding];
    };
    try {
      await workspace.diagnose(found, running.signal);
    } catch (thrown) {
      if (this.running === running) this.failure = asFailure(thrown);
    }
    if (this.running === running) this.running = null;
  }

  readonly #stop = (): void => {
    this.running?.abort();
    this.running = null;
    this.findings = this.findings.filter(({ state: how }) => how !== 'running');
  };

  #download(workspace: Workspace): void {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([workspace.troubleshootingLog()], { type: 'text/plain' }));
    link.download = 'multiline-log.txt';
    link.click();
    URL.revokeObjectURL(link.href);
  }
}

define('ml-doctor', MlDoctor);

declare global {
  interface HTMLElementTagNameMap {
    'ml-doctor': MlDoctor;
  }
}
