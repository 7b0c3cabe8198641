import { asFailure } from '@multiline/core';
import type { Failure, TrayItem, Workspace } from '@multiline/core';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from '../internal/repeat.ts';
import { partyOf } from '../call/party.ts';
import { define } from '../internal/define.ts';
import { MlElement } from '../internal/element.ts';
import { numberTemplate, writtenNumber } from '../internal/number.ts';
import { recordLink } from '../internal/record-link.ts';
import { setStates } from '../internal/states.ts';
import { check, circleAlert, clock, cloudOff, triangleAlert, userRoundX, usersRound } from '../styles/icons.ts';
import { listPanels } from '../styles/list-panels.ts';
import { panelStyles } from '../styles/sets.ts';
import './notes-conflict.ts';
import './look-up.ts';
import './record-choice.ts';
import type { MlRecordChoice } from './record-choice.ts';
import { trayStyles } from './tray.styles.ts';
import '../strings/english-lists.ts';

const ICONS: Readonly<Record<TrayItem['reason'], TemplateResult>> = {
  'not-logged': cloudOff,
  conflict: triangleAlert,
  'choose-match': usersRound,
  'unknown-number': userRoundX,
};

/** Up to this long before the next attempt the seconds are counted (ms). */
const COUNTED_MS = 60_000;
/** A time of day so near needs no date (ms). */
const SAME_DAY_MS = 12 * 3_600_000;

/**
 * What waits for a person: calls that could not be logged and why, notes that were changed in the CRM too, numbers that
 * several records have or none. Nothing is decided by itself.
 *
 * @summary What needs attention.
 * @event {MlPopEvent} ml-pop - A name was clicked. Cancel it to open the record yourself.
 * @csspart base - The whole element.
 * @csspart title - The title.
 * @csspart count - How many things wait.
 * @csspart item - Each thing.
 * @csspart name - Name or number.
 * @csspart reason - Why it waits.
 * @csspart actions - What can be done.
 * @csspart waiting - What is on its way by itself.
 * @cssState unwired - There is no workspace.
 * @cssState empty - Nothing waits.
 */
export class MlTray extends MlElement {
  static override styles = [panelStyles, listPanels, trayStyles];

  @state() protected openKey = '';
  /** The attempts asked for that have not been answered yet. */
  @state() protected trying: ReadonlySet<string> = new Set();
  @state() protected failure: { readonly key: string; readonly failure: Failure } | null = null;

  /** The place in the list that has the focus, to give it to what comes after when that goes. */
  #focusedAt = -1;

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    setStates(this.internals, { empty: this.wired?.$tray.get().items.length === 0 });
    if (this.hasUpdated) {
      const item = (this.renderRoot as ShadowRoot).activeElement?.closest('.item');
      this.#focusedAt = item ? this.#items.indexOf(item) : -1;
    }
  }

  protected override renderWired(workspace: Workspace): unknown {
    const { items, waiting } = this.read(workspace.$tray);
    return html`<section class="panel" part="base" .ariaLabel=${this.text('tray.title')}>
      <div class="head">
        <h2 part="title" .tabIndex=${-1}>${this.text('tray.title')}</h2>
        ${
          items.length
            ? html`<span class="badge" part="count" .ariaHidden=${'true'}>${items.length}</span
                ><span class="unseen" .role=${'status'}>${this.text('tray.count', { count: items.length })}</span>`
            : nothing
        }
      </div>
      ${
        items.length
          ? html`<ul class="scroll" .role=${'list'} .ariaLabel=${this.text('tray.title')}>
              ${repeat(
                items,
                ({ key }) => key,
                (item) => this.#renderItem(workspace, item),
              )}
            </ul>`
          : this.#renderNone(workspace, waiting)
      }
      ${
        waiting
          ? html`<p class="waiting small-icon" part="waiting">
              ${clock}<span>${this.text('tray.waiting', { count: waiting })}</span>
            </p>`
          : nothing
      }
    </section>`;
  }

  protected override updated(): void {
    if (this.#focusedAt < 0 || (this.renderRoot as ShadowRoot).activeElement) return;
    // What had the focus is settled: on to the next thing, or the title when nothing is left.
    const items = this.#items;
    const next = items[Math.min(this.#focusedAt, items.length - 1)];
    (next?.querySelector<HTMLElement>('.actions button') ?? this.renderRoot.querySelector('h2'))?.focus();
  }

  get #items(): Element[] {
    return [...this.renderRoot.querySelectorAll('.item')];
  }

  #renderNone(workspace: Workspace, waiting: number): TemplateResult {
    const hint = !workspace.crm ? 'tray.no-crm' : waiting ? null : 'tray.empty-hint';
    return html`<div class="empty">
      <span class="disc">${check}</span><b>${this.text('tray.empty')}</b>
      ${hint ? html`<span>${this.text(hint)}</span>` : nothing}
    </div>`;
  }

  #renderItem(workspace: Workspace, item: TrayItem): TemplateResult {
    const { call, key, reason } = item;
    const { country } = workspace.policy;
    const { record } = call.match;
    const { name } = partyOf(call, workspace.crm);
    const number = call.number ? numberTemplate(call.number, country, call.extension) : this.text('call.withheld');
    const who = name || (call.number ? writtenNumber(call.number, country) : this.text('call.withheld'));
    return html`<li part="item" .className=${`item ${reason}`} .role=${'listitem'}>
      <span class="mark">${ICONS[reason]}</span>
      <div class="what">
        <div class="first">
          ${
            record
              ? recordLink(this, workspace, record)
              : html`<span class="name" part="name" .title=${name}>${name ? html`<bdi>${name}</bdi>` : number}</span>`
          }
          <bdi class="time tabular">${this.timestamp(workspace, call.startedAt)}</bdi>
        </div>
        <p class="why" part="reason">${this.#why(workspace, item)}</p>
        ${this.failure?.key === key ? this.#renderFailure(this.failure.failure) : nothing}
        ${this.#renderActions(workspace, item, who)}
      </div>
      ${this.#renderMore(workspace, item)}
    </li>`;
  }

  #why(workspace: Workspace, { reason, call, failure, retryAt }: TrayItem): unknown {
    if (reason === 'choose-match') return this.text('tray.choose-match', { count: call.match.candidates.length });
    if (reason !== 'not-logged') return this.text(`tray.${reason}`);
    if (!failure) return this.text('tray.not-logged', { why: this.errorText('unexpected').cause });
    const why = this.failureText(failure);
    const { remedy } = this.errorText(failure.code);
    return html`<b>${this.text('tray.not-logged', { why })}</b>
      ${retryAt === undefined ? remedy : this.#nextTry(workspace, retryAt)}`;
  }

  #nextTry(workspace: Workspace, retryAt: number): string {
    const now = workspace.clock.now();
    const left = retryAt - now;
    if (left <= 0) return this.text('phone.retrying');
    if (left > COUNTED_MS) {
      this.wakeAt(workspace, retryAt - COUNTED_MS);
      const time = left < SAME_DAY_MS ? this.timeOfDay(workspace, retryAt) : this.timestamp(workspace, retryAt);
      return this.text('tray.next-try', { time });
    }
    const count = Math.ceil(left / 1000);
    this.wakeAt(workspace, retryAt - (count - 1) * 1000);
    return this.text('phone.retry-in', { count });
  }

  #renderActions(workspace: Workspace, item: TrayItem, who: string): unknown {
    const { reason, callId, key } = item;
    if (reason === 'conflict') return nothing;
    const choose = reason === 'choose-match';
    const onAgain = (): void => void this.#tryAgain(workspace, callId, key);
    const onToggle = (): void => this.#toggle(key);
    return html`<div class="actions" part="actions">
      ${
        reason === 'not-logged'
          ? html`<button
              class="button"
              type="button"
              .ariaLabel=${this.text('tray.try-again-who', { who })}
              .disabled=${this.trying.has(key)}
              @click=${onAgain}
            >
              ${this.text('action.try-again')}
            </button>`
          : nothing
      }
      ${
        choosable(workspace, item)
          ? html`<button
              class="button"
              type="button"
              .ariaLabel=${this.text(choose ? 'tray.choose-who' : 'tray.associate-who', { who })}
              .ariaExpanded=${String(this.openKey === key)}
              @click=${onToggle}
            >
              ${this.text(choose ? 'tray.choose' : 'choice.associate')}
            </button>`
          : nothing
      }
    </div>`;
  }

  #renderMore(workspace: Workspace, item: TrayItem): unknown {
    const { reason, callId, key, call } = item;
    if (reason === 'conflict') {
      return html`<div class="more">
        <ml-notes-conflict .workspace=${workspace} .callId=${callId}></ml-notes-conflict>
      </div>`;
    }
    if (this.openKey !== key || !choosable(workspace, item)) return nothing;
    return html`<div class="more">
      <ml-record-choice .workspace=${workspace} .callId=${callId}></ml-record-choice>
      <ml-look-up .workspace=${workspace} .call=${call}></ml-look-up>
    </div>`;
  }

  #renderFailure(failure: Failure): TemplateResult {
    return html`<p class="notice danger" .role=${'alert'}>
      ${circleAlert}<span><b>${this.text('choice.failed')}</b> ${this.failureText(failure)}</span>
    </p>`;
  }

  #toggle(key: string): void {
    this.openKey = this.openKey === key ? '' : key;
    void this.updateComplete.then(() => this.renderRoot.querySelector<MlRecordChoice>('ml-record-choice')?.focus());
  }

  async #tryAgain(workspace: Workspace, callId: string, key: string): Promise<void> {
    this.trying = new Set([...this.trying, key]);
    this.failure = null;
    try {
      await workspace.retryLog(callId);
    } catch (thrown) {
      this.failure = { key, failure: asFailure(thrown) };
    } finally {
      this.trying = new Set([...this.trying].filter((other) => other !== key));
    }
  }
}

/** Whether saying whom the call belongs to helps: several have the number, nobody has, or who had it was deleted. */
function choosable({ crm }: Workspace, { reason, failure, call }: TrayItem): boolean {
  if (reason === 'choose-match') return true;
  if (reason === 'not-logged' && failure?.code !== 'not-found') return false;
  return Boolean(crm?.search) || call.match.candidates.length > 0;
}

define('ml-tray', MlTray);

declare global {
  interface HTMLElementTagNameMap {
    'ml-tray': MlTray;
  }
}
