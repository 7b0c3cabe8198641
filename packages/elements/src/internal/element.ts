import type { ErrorCode, Failure, Workspace } from '@multiline/core';
import { LitElement, html } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { ReadableAtom } from 'nanostores';
import type { StringKey } from '../strings/english.ts';
import { Localization, errorText, lookUp } from '../strings/localize.ts';
import type { StringValues } from '../strings/localize.ts';
import { formatDate, formatTime, formatTimestamp, nextMidnight } from '../strings/time.ts';
import type { TimeFormat } from '../strings/time.ts';
import { circleAlert, unplug } from '../styles/icons.ts';
import { failureWords } from './failure-words.ts';
import { shadowMode } from './shadow-mode.ts';
import { setStates } from './states.ts';
import { Stores } from './stores.ts';
import { Wake } from './wake.ts';
import { Wiring } from './wiring.ts';
import type { WiringState } from './wiring.ts';

/**
 * What all visible elements have in common: their workspace (property, else `for`, else the nearest `<ml-workspace>`),
 * stores, clock, language, numbers and times, and what they show without a workspace. A subclass draws `renderWired`.
 */
export abstract class MlElement extends LitElement {
  static override get shadowRootOptions(): ShadowRootInit {
    return { ...LitElement.shadowRootOptions, mode: shadowMode() };
  }

  /** The workspace to show, over `for` and the nearest `<ml-workspace>`. */
  @property({ attribute: false }) workspace: Workspace | null = null;

  /** Id of the `<ml-workspace>` this element belongs to, in the same tree, when it does not stand inside it. */
  @property({ attribute: 'for' }) htmlFor = '';

  protected readonly internals: ElementInternals = this.attachInternals();
  readonly #wiring = new Wiring(this);
  readonly #stores = new Stores(this);
  readonly #wake = new Wake(this);
  readonly #words = new Localization(this);

  /** The workspace in force, wherever it came from. */
  protected get wired(): Workspace | null {
    return this.#wiring.workspace;
  }

  protected get wiringState(): WiringState {
    return this.#wiring.state;
  }

  /** BCP 47: the nearest `lang`, else the browser's. */
  protected get language(): string {
    return this.#words.language;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#onVisible);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#onVisible);
  }

  /** Taken out of the page with an update still to come: it would listen to stores again, and be kept by them for ever. */
  protected override shouldUpdate(_changed: PropertyValues): boolean {
    return this.isConnected;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('htmlFor') || changed.get('workspace')) this.#wiring.look();
    const state = this.wiringState;
    setStates(this.internals, {
      unwired: state === 'unwired',
      loading: state === 'loading',
      failed: state === 'failed',
    });
    this.internals.ariaBusy = state === 'loading' ? 'true' : null;
  }

  protected override render(): unknown {
    const { wired } = this;
    if (wired) return this.renderWired(wired);
    switch (this.wiringState) {
      case 'loading':
        return this.renderLoading();
      case 'failed':
        return this.#renderFailed();
      default:
        return this.#renderEmpty(unplug, this.text('unwired.title'), this.text('unwired.hint'));
    }
  }

  /** Draws the element; the workspace is there. */
  protected abstract renderWired(workspace: Workspace): unknown;

  /** Grey bars in about the final layout. */
  protected renderLoading(): TemplateResult {
    return html`<div class="panel" part="base">
      <span class="unseen">${this.text('loading.label')}</span>
      <div class="bones"><i class="short"></i><i class="tall"></i><i></i><i class="short"></i></div>
    </div>`;
  }

  /** A store's value; the element renders again when it changes. Only while rendering. */
  protected read<Value>(store: ReadableAtom<Value>): Value {
    return this.#stores.read(store);
  }

  /** Renders again at a time (epoch ms). Only while rendering. */
  protected wakeAt(workspace: Workspace, at: number): void {
    this.#wake.at(workspace.clock, at);
  }

  protected text(key: StringKey, values?: StringValues): string {
    return this.#words.text(key, values);
  }

  /** A text of a key made at run time (`reason.<code>`); undefined if no table has it. */
  protected textOf(key: string, values?: StringValues): string | undefined {
    return lookUp(this.language, key, values);
  }

  protected errorText(code: ErrorCode): { cause: string; remedy: string } {
    return errorText(this.language, code);
  }

  /** What went wrong: the words of whoever refused, else ours in the person's language. */
  protected failureText(failure: Failure): string {
    return failureWords(failure, (code) => this.errorText(code));
  }

  /** A timestamp by the rule of ML-46; rendered anew at midnight. Only while rendering. */
  protected timestamp(workspace: Workspace, at: number): string {
    const format = this.#timeFormat(workspace);
    const now = workspace.clock.now();
    this.wakeAt(workspace, nextMidnight(now, format.timeZone));
    return formatTimestamp(at, now, format);
  }

  /** The time of day. Only while rendering. */
  protected timeOfDay(workspace: Workspace, at: number): string {
    return formatTime(at, this.#timeFormat(workspace));
  }

  /** The calendar day. Only while rendering. */
  protected date(workspace: Workspace, at: number): string {
    return formatDate(at, this.#timeFormat(workspace));
  }

  #timeFormat(workspace: Workspace): TimeFormat {
    const { timeZone, locale } = this.read(workspace.$user);
    return {
      locale: locale ?? this.language,
      timeZone: timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    };
  }

  #renderFailed(): TemplateResult {
    const failure = this.#wiring.failure;
    return this.#renderEmpty(circleAlert, this.text('broken.title'), failure?.message ?? '');
  }

  #renderEmpty(icon: TemplateResult, title: string, hint: string): TemplateResult {
    return html`<div class="panel" part="base">
      <div class="empty"><span class="disc">${icon}</span><b>${title}</b><span>${hint}</span></div>
    </div>`;
  }

  /** The machine's zone may have changed while the page was hidden. */
  readonly #onVisible = (): void => {
    if (document.visibilityState === 'visible') this.requestUpdate();
  };
}
