import { parseNumber } from '@multiline/core';
import type { CrmRecord, Workspace } from '@multiline/core';
import { css } from 'lit';
import type { PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { MlDialEvent } from '../events/intents.ts';
import { define } from '../internal/define.ts';
import { MlElement } from '../internal/element.ts';
import { setStates } from '../internal/states.ts';
import { whenIdle } from './idle.ts';
import { NumberLinks } from './number-links.ts';

/** Texts looked through before the clock is asked whether time is left. */
const BATCH = 20;

/**
 * Makes the phone numbers in whatever it wraps dialable: numbers in text become links, `tel:` and `sip:` links dial here.
 * Content that changes is followed; without a workspace, and when taken away, the content is as it was. A number whose
 * digits stand in several elements, text in form fields, editable text and code are left alone, and so is everything where the
 * policy says no (`dialing.clickToDial`).
 *
 * The links carry `data-ml-number` for the page's style sheet.
 *
 * @summary Dialable phone numbers in any content.
 * @event {MlDialEvent} ml-dial - A number was clicked. Cancel it to place the call yourself.
 * @cssState unwired - There is no workspace; numbers are text.
 * @cssState ready - The whole content has been looked through.
 */
export class MlClickToDial extends MlElement {
  static override styles = css`
    :host {
      display: contents;
    }
  `;

  /** Whom the numbers inside belong to, when the page knows. */
  @property({ attribute: false }) record: CrmRecord | null = null;

  /** Leaves every number as it is, until it is false again. */
  @property({ type: Boolean, reflect: true, useDefault: true }) disabled = false;

  // Made by script: Lightning Web Security takes slots out of markup.
  readonly #slot = document.createElement('slot');
  readonly #links = new NumberLinks(
    this,
    () => this.wired?.policy.country ?? '',
    (number) => this.text('action.call-who', { who: number }),
  );
  readonly #observer = new MutationObserver((records) => this.#onChange(records));
  /** Where to look for numbers, in order. */
  #queue: Iterator<Text, undefined> | null = null;
  readonly #dirty = new Set<Node>();
  #cancelIdle: (() => void) | null = null;
  #whole: PromiseWithResolvers | null = null;
  #country: string | null = null;
  #spoken = '';

  /** The workspace that dials for us; none where the administrator does not want it (MV-13). */
  get #dialer(): Workspace | null {
    return this.disabled || this.wired?.policy.dialing.clickToDial === false ? null : this.wired;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('click', this.#onClick);
    this.addEventListener('focusin', this.#onFocus);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('click', this.#onClick);
    this.removeEventListener('focusin', this.#onFocus);
    this.#halt();
  }

  protected override render(): unknown {
    return this.#slot;
  }

  protected override renderWired(): unknown {
    return this.#slot;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const workspace = this.isConnected ? this.#dialer : null;
    const country = workspace?.policy.country ?? null;
    if (country !== this.#country) {
      this.#halt();
      this.#country = country;
      if (country !== null) this.#begin();
    }
    if (this.#spoken !== this.language) this.#links.relabel();
    this.#spoken = this.language;
  }

  /** Resolves when what stands inside has been looked through too. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const done = await super.getUpdateComplete();
    if (this.#country !== null) this.#onChange(this.#observer.takeRecords());
    await this.#whole?.promise;
    return done;
  }

  #begin(): void {
    this.#observer.observe(this, {
      subtree: true,
      childList: true,
      characterData: true,
      attributeFilter: ['contenteditable'],
    });
    this.#look(new Set([this]));
  }

  #halt(): void {
    if (this.#country === null) return;
    this.#links.settle(this.#observer.takeRecords());
    this.#observer.disconnect();
    this.#cancelIdle?.();
    this.#cancelIdle = null;
    this.#queue = null;
    this.#dirty.clear();
    this.#links.unlink();
    this.#country = null;
    this.#done();
  }

  #onChange(records: readonly MutationRecord[]): void {
    if (!records.length) return;
    const again = this.#links.settle(records);
    // What we changed ourselves is no news.
    this.#observer.takeRecords();
    if (again.size) this.#look(again);
  }

  #look(nodes: ReadonlySet<Node>): void {
    for (const node of nodes) this.#dirty.add(node);
    setStates(this.internals, { ready: false });
    this.#whole ??= withResolvers();
    this.#cancelIdle ??= whenIdle(this.#work);
  }

  #done(): void {
    this.#whole?.resolve();
    this.#whole = null;
  }

  *#texts(): Generator<Text, undefined> {
    for (const node of this.#dirty) {
      this.#dirty.delete(node);
      // Taken as a list: linking changes what the walk would meet.
      yield* [...this.#links.texts(node)];
    }
  }

  readonly #work = (left: () => number): void => {
    this.#cancelIdle = null;
    // What the page did up to here is settled first, so that all records behind it are our own.
    const records = this.#observer.takeRecords();
    if (records.length) for (const node of this.#links.settle(records)) this.#dirty.add(node);
    this.#queue ??= this.#texts();
    let over = false;
    do {
      for (let count = 0; count < BATCH && !over; count++) {
        const next = this.#queue.next();
        if (next.done) over = true;
        else if (this.contains(next.value)) this.#links.link(next.value);
      }
    } while (!over && left() > 1);
    this.#observer.takeRecords();
    if (over) this.#queue = null;
    if (!over || this.#dirty.size) {
      this.#cancelIdle = whenIdle(this.#work);
      return;
    }
    setStates(this.internals, { ready: true });
    this.#done();
  };

  readonly #onClick = (event: MouseEvent): void => {
    const workspace = this.#dialer;
    // A new tab or window, a drag or another script's click is not for us.
    if (!workspace || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey)
      return;
    const link = linkOf(event, this);
    const text = link && numberOf(link, workspace);
    if (!text) return;
    event.preventDefault();
    if (!this.dispatchEvent(new MlDialEvent(text, this.record))) return;
    // Why a dial did not go out, the workspace's `$failure` says.
    workspace.pickNumber(text, this.record).catch(() => undefined);
  };

  /** A number has the focus: the line may get ready. */
  readonly #onFocus = (event: Event): void => {
    const workspace = this.#dialer;
    const link = workspace && linkOf(event, this);
    if (workspace && link && numberOf(link, workspace)) workspace.prepareDial();
  };
}

/** The link something happened on, in open shadow roots too; none where text is being edited. */
function linkOf(event: Event, within: Element): HTMLAnchorElement | null {
  for (const node of event.composedPath()) {
    if (node === within) return null;
    if (node instanceof HTMLAnchorElement && node.hasAttribute('href')) return node.isContentEditable ? null : node;
  }
  return null;
}

/** What a link says to dial: the number as written, or its `tel:` or `sip:` address; null where it is none. */
function numberOf(link: HTMLAnchorElement, workspace: Workspace): string | null {
  const own = 'mlNumber' in link.dataset;
  if (!own && !/^(?:tel|sips?):$/.test(link.protocol)) return null;
  const text = own ? link.textContent.trim() : link.href;
  return parseNumber(text, { country: workspace.policy.country }).error ? null : text;
}

interface PromiseWithResolvers {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

function withResolvers(): PromiseWithResolvers {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}

define('ml-click-to-dial', MlClickToDial);

declare global {
  interface HTMLElementTagNameMap {
    'ml-click-to-dial': MlClickToDial;
  }
}
