import { ContextProvider } from '@lit/context';
import { MlErrorEvent, MultiLineError, asError, asFailure } from '@multiline/core';
import type { Crm, Failure, Host, Line, Policy, Workspace } from '@multiline/core';
import { ReactiveElement } from 'lit';
import type { PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { failureContext, workspaceContext } from '../internal/context-root.ts';
import { define } from '../internal/define.ts';
import { buildable } from './wishes.ts';
import type { Credentials } from './wishes.ts';
import { retell } from './facts.ts';

/** Core is not needed to draw: it comes after the first paint. */
const builder = () => import('./build.ts');

/** Says on an `<ml-workspace>` that its `workspace` is another now; stays on the element. */
const CHANGE = 'ml-workspace-change';

/**
 * Makes a workspace and owns it: builds it from its attributes and properties, starts it, hands it to the elements inside
 * (and to those that name it by `for`), tells its facts, and stops it when the element leaves the page. It shows nothing.
 *
 * A change of an attribute after the start, e.g. of `mode` (ML-22), takes effect when no call is live; until then the phone says
 * that it waits.
 *
 * @summary The desk's workspace in HTML.
 * @event {MlRegistrationEvent} ml-registered - The phone server knows this phone.
 * @event {MlRegistrationEvent} ml-unregistered - The phone server knows this phone no more.
 * @event {MlCallEvent} ml-call-incoming - Somebody calls.
 * @event {MlCallEvent} ml-call-started - We call.
 * @event {MlCallEvent} ml-call-answered - Both may speak.
 * @event {MlCallEvent} ml-call-ended - A call is over.
 * @event {MlCallEvent} ml-call-logged - A call stands in the CRM.
 * @event {MlCallEvent} ml-record-matched - It is known whom a call belongs to.
 * @event {MlErrorEvent} ml-error - Something failed that a person should know of.
 */
export class MlWorkspace extends ReactiveElement {
  /** Addresses of the phone servers (`wss://…`), separated by spaces, tried in order. */
  @property({ attribute: 'sip-server' }) sipServer = '';
  /** Who this phone is: `sip:ann@example.com`. */
  @property({ attribute: 'sip-uri' }) sipUri = '';
  /** Addresses of STUN and TURN servers, separated by spaces; their secrets come from `credentials`. */
  @property({ attribute: 'ice-servers' }) iceServers = '';
  /** Where the phone system has its service for voicemail, callbacks and recordings. */
  @property({ attribute: 'phone-service' }) phoneService = '';
  /** Name of the CRM: `salesforce`, `memory` or a registered one. */
  @property({ attribute: 'crm' }) crmName = '';
  /** Where the CRM is. */
  @property({ attribute: 'crm-url' }) crmUrl = '';
  /** The screen around us: `auto`, `page` or a registered one. */
  @property({ attribute: 'host' }) hostName = '';
  /** Where `multiline-sw.js` stands on this page's origin: notifications then have Answer and Decline. */
  @property({ attribute: 'service-worker' }) serviceWorker = '';
  /** Name of a preset, or the address of a policy in JSON. */
  @property({ attribute: 'policy' }) policyName = '';
  /** Whether the audio is here (`softphone`) or on another device of the user's (`device`). */
  @property() mode = 'softphone';
  /** Whether calls of the user's other devices are listed and logged here too: `on`, where the server tells of them, or `off`. */
  @property() watch = 'on';
  /** ISO 3166-1 alpha-2: how national numbers are read and shown. */
  @property() country = '';

  /** Gives user names, passwords and tokens when they are needed. */
  @property({ attribute: false }) credentials: Credentials | null = null;
  /** The policy itself, over the attribute. */
  @property({ attribute: false }) policy: Policy | null = null;
  /** The CRM itself, over the attribute. */
  @property({ attribute: false }) crm: Crm | null = null;
  /** The line itself, over the `sip-` attributes. */
  @property({ attribute: false }) line: Line | null = null;
  /** The host itself, over the attribute. */
  @property({ attribute: false }) host: Host | null = null;

  #workspace: Workspace | null = null;
  #failure: Failure | null = null;
  /** Given from outside: whoever made it starts and stops it. */
  #given: Workspace | null = null;
  /** The workspace in force was built here. */
  #own = false;
  /** Grows with every build: an older one that comes late is stopped. */
  #generation = 0;
  #release: (() => void)[] = [];
  #changed = false;
  readonly #providedWorkspace = new ContextProvider(this, { context: workspaceContext, initialValue: null });
  readonly #providedFailure = new ContextProvider(this, { context: failureContext, initialValue: null });

  /** The workspace in force; null while it is being built. One that is set here is shown, not started or stopped. */
  get workspace(): Workspace | null {
    return this.#workspace;
  }
  set workspace(workspace: Workspace | null) {
    this.#given = workspace;
    this.#changed = true;
    this.requestUpdate();
  }

  /** Why the workspace could not be built, or null. */
  get failure(): Failure | null {
    return this.#failure;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.#workspace && this.hasUpdated) {
      this.#changed = true;
      this.requestUpdate();
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Moved within the page is not gone.
    queueMicrotask(() => {
      if (!this.isConnected) this.#end();
    });
  }

  protected override createRenderRoot(): this {
    return this;
  }

  protected override update(changed: PropertyValues): void {
    super.update(changed);
    if (changed.size || this.#changed) void this.#rebuildWhenQuiet();
    this.#changed = false;
  }

  /** Builds anew at once, or when the last live call has ended. */
  async #rebuildWhenQuiet(): Promise<void> {
    const generation = ++this.#generation;
    await this.#workspace?.whenQuiet();
    if (generation === this.#generation) await this.#rebuild();
  }

  async #rebuild(): Promise<void> {
    const generation = ++this.#generation;
    await this.#letGo();
    if (generation !== this.#generation || !this.isConnected) return;
    this.#own = !this.#given;
    if (this.#given) {
      this.#take(this.#given);
      return;
    }
    // Objects may be set after the element is there: wait for a line without complaint.
    if (!buildable(this)) return;
    try {
      const { build } = await builder();
      const workspace = await build(this);
      if (generation !== this.#generation || !this.isConnected) return;
      this.#take(workspace);
      await workspace.start();
    } catch (thrown) {
      if (generation === this.#generation) this.#fail(thrown);
    }
  }

  #take(workspace: Workspace): void {
    this.#workspace = workspace;
    this.#failure = null;
    this.#release.push(retell(workspace, this));
    this.#provide();
  }

  #fail(thrown: unknown): void {
    this.#failure = asFailure(thrown);
    this.#provide();
    const error = thrown instanceof MultiLineError ? thrown : asError(thrown);
    this.dispatchEvent(new MlErrorEvent(error, false));
  }

  #provide(): void {
    this.#providedWorkspace.setValue(this.#workspace);
    this.#providedFailure.setValue(this.#failure);
    this.dispatchEvent(new Event(CHANGE));
  }

  #end(): void {
    this.#generation++;
    void this.#letGo();
  }

  /** Stops what we built ourselves; what was given to us goes on. */
  async #letGo(): Promise<void> {
    const workspace = this.#workspace;
    if (!workspace) return;
    this.#workspace = null;
    this.#failure = null;
    for (const release of this.#release.splice(0)) release();
    this.#provide();
    if (this.#own) await workspace.stop().catch(() => undefined);
  }
}

define('ml-workspace', MlWorkspace);

declare global {
  interface HTMLElementTagNameMap {
    'ml-workspace': MlWorkspace;
  }
}
