import { asFailure } from '@multiline/core';
import type { ConflictDetails, Failure, Workspace } from '@multiline/core';
import { html, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { define } from '../internal/define.ts';
import { MlElement } from '../internal/element.ts';
import type { StringKey } from '../strings/english.ts';
import { circleAlert, triangleAlert } from '../styles/icons.ts';
import { panelStyles } from '../styles/sets.ts';
import { notesConflictStyles } from './notes-conflict.styles.ts';
import '../strings/english-lists.ts';

type Side = 'both' | 'ours' | 'theirs';

/**
 * Notes that someone changed in the CRM while they were changed here: both texts, and both together, to choose from.
 * Part of `ml-tray`.
 *
 * @summary The choice between two texts of notes.
 * @csspart base - The whole element.
 * @csspart choices - The texts.
 * @csspart save - Save notes.
 * @cssState pending - The choice is being saved.
 */
export class MlNotesConflict extends MlElement {
  static override styles = [panelStyles, notesConflictStyles];

  /** Which call. */
  @property({ attribute: 'call-id' }) callId = '';

  @state() protected side: Side = 'both';
  @state() protected pending = false;
  @state() protected failure: Failure | null = null;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('callId')) {
      this.side = 'both';
      this.failure = null;
    }
    if (this.pending) this.internals.states.add('pending');
    else this.internals.states.delete('pending');
  }

  protected override renderWired(workspace: Workspace): unknown {
    const item = this.read(workspace.$tray).items.find(({ callId }) => callId === this.callId);
    const conflict = item?.conflict;
    if (!conflict) return nothing;
    const { ours, theirs, changedBy } = conflict;
    const theirLabel = changedBy ? this.text('conflict.theirs-of', { who: changedBy }) : this.text('conflict.theirs');
    const question = this.text('conflict.question');
    const onSave = (): void => void this.#save(workspace, conflict);
    return html`<div class="base" part="base">
      <p class="notice warn">
        ${triangleAlert}<span><b>${this.#changed(workspace, conflict)}</b> ${question}</span>
      </p>
      <div class="choices" part="choices" .role=${'radiogroup'} .ariaLabel=${question}>
        ${this.#renderSide('both', this.text('conflict.both'), null)}
        ${this.#renderSide('ours', this.text('conflict.ours'), ours)} ${this.#renderSide('theirs', theirLabel, theirs)}
      </div>
      ${
        this.failure
          ? html`<p class="notice danger" .role=${'alert'}>
              ${circleAlert}<span><b>${this.text('notes.not-saved')}</b> ${this.failureText(this.failure)}</span>
            </p>`
          : nothing
      }
      <button class="button primary" part="save" type="button" .disabled=${this.pending} @click=${onSave}>
        ${this.text('action.save-notes')}
      </button>
    </div>`;
  }

  #changed(workspace: Workspace, { changedBy, changedAt }: ConflictDetails): string {
    const key: StringKey = `conflict.changed${changedBy ? '-by' : ''}${changedAt === undefined ? '' : '-at'}`;
    return this.text(key, {
      ...(changedBy && { who: changedBy }),
      ...(changedAt !== undefined && { time: this.timestamp(workspace, changedAt) }),
    });
  }

  #renderSide(side: Side, label: string, text: string | null): unknown {
    const onChange = (): void => void (this.side = side);
    return html`<label>
      <input type="radio" name="ml-side" .value=${side} .checked=${side === this.side} @change=${onChange} />
      <span class="grow"
        ><span>${label}</span>${
          text === null ? nothing : html`<span class="text" dir="auto">${text || this.text('conflict.empty')}</span>`
        }</span
      >
    </label>`;
  }

  async #save(workspace: Workspace, { ours, theirs }: ConflictDetails): Promise<void> {
    const texts = { ours, theirs, both: [ours, theirs].filter(Boolean).join('\n\n') };
    this.pending = true;
    this.failure = null;
    try {
      await workspace.resolveConflict(this.callId, texts[this.side]);
    } catch (thrown) {
      this.failure = asFailure(thrown);
    } finally {
      this.pending = false;
    }
  }
}

define('ml-notes-conflict', MlNotesConflict);

declare global {
  interface HTMLElementTagNameMap {
    'ml-notes-conflict': MlNotesConflict;
  }
}
