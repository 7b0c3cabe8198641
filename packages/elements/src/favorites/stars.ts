import { asFailure } from '@multiline/core';
import type { CrmRecord, Failure, Favorite, Workspace } from '@multiline/core';
import { html, nothing } from 'lit';
import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit';
import { failureWords } from '../internal/failure-words.ts';
import { liveRegion, utter } from '../internal/live-region.ts';
import { callRemedy } from '../internal/remedy.ts';
import { Stores } from '../internal/stores.ts';
import type { Words } from '../recent-calls/log-words.ts';
import '../strings/english-calls.ts';
import { circleAlert, star } from '../styles/icons.ts';

/** Who would be the favorite. */
export interface Starred {
  readonly number: string;
  /** What the wire says of somebody without a record. */
  readonly name?: string | undefined;
  readonly record: CrmRecord | null;
}

/** What an element gives to have its stars say things in its language. */
export type StarWords = Pick<Words, 'text' | 'errorText'>;

/**
 * The stars of an element: empty adds to the favorites, solid removes (MV-04). What became of a press is told to a screen reader;
 * why it did not work stands in words where the element puts `note`.
 */
export class Stars implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #stores: Stores;
  readonly #words: StarWords;
  readonly #region = liveRegion('polite');
  #failure: Failure | null = null;
  #seen: readonly Favorite[] | null = null;

  constructor(host: ReactiveControllerHost & Node, words: StarWords) {
    this.#host = host;
    this.#stores = new Stores(host);
    this.#words = words;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#failure = null;
  }

  /** Changes when a star does. Only while rendering. */
  read(workspace: Workspace): readonly Favorite[] | null {
    const favorites = this.#stores.read(workspace.$favorites);
    // What stood against it may do so no more.
    if (favorites !== this.#seen) this.#failure = null;
    this.#seen = favorites;
    return favorites;
  }

  /** Why the last press did not work, and the place of what is told. Keep it in the same place of every rendering. */
  note(workspace: Workspace): TemplateResult {
    this.read(workspace);
    return html`${this.#region}${this.#failure ? this.#renderFailure(this.#failure) : nothing}`;
  }

  /**
   * The star of a number, which several people may share: where it is kept under another name, the star says whose.
   * Only while rendering.
   *
   * @param who whom it is of, where there are several
   */
  button(workspace: Workspace, one: Starred, who = ''): TemplateResult {
    this.read(workspace);
    const kept = workspace.favoriteOf(one.number);
    const on = kept !== null;
    const action = this.#words.text(on ? 'action.remove-favorite' : 'action.add-favorite');
    const other = kept && kept.name !== (one.record?.name ?? one.name) ? kept.name : '';
    const of = (whom: string): string => (whom ? this.#words.text('action.of-whom', { action, who: whom }) : action);
    return html`<button
      class="icon-button star"
      part="favorite"
      type="button"
      .title=${of(other)}
      .ariaLabel=${of(other || who)}
      .ariaPressed=${String(on)}
      @click=${() => void this.#press(workspace, one, on)}
    >
      ${star}
    </button>`;
  }

  async #press(workspace: Workspace, { number, name, record }: Starred, on: boolean): Promise<void> {
    this.#failure = null;
    try {
      if (on) await workspace.removeFavorite(number);
      else await workspace.addFavorite(number, { record, ...(name && { name }) });
      utter(this.#region, this.#words.text(on ? 'said.removed-favorite' : 'said.added-favorite'));
    } catch (thrown) {
      this.#failure = asFailure(thrown);
    }
    this.#host.requestUpdate();
  }

  #renderFailure(failure: Failure): TemplateResult {
    const remedy = callRemedy(failure.code, this.#words.errorText(failure.code).remedy);
    return html`<p class="notice danger" part="favorite-note" .role=${'alert'}>
      ${circleAlert}<span><b>${failureWords(failure, (code) => this.#words.errorText(code))}</b> ${remedy}</span>
    </p>`;
  }
}
