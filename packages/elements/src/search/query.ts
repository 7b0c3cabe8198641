import { asFailure } from '@multiline/core';
import type { Failure, SearchResult, Workspace } from '@multiline/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** How long the typing must rest before the CRM is asked (ms). */
const REST_MS = 200;

export type QueryState =
  | { readonly state: 'idle' }
  | { readonly state: 'loading' }
  | { readonly state: 'found'; readonly results: readonly SearchResult[] }
  | { readonly state: 'failed'; readonly failure: Failure };

/** Asks the workspace for people while a text is being typed: the last text counts, earlier answers are dropped. */
export class Query implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #current: QueryState = { state: 'idle' };
  #text = '';
  #cancelRest: (() => void) | null = null;
  #abort: AbortController | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  get current(): QueryState {
    return this.#current;
  }

  hostDisconnected(): void {
    this.clear();
  }

  /** Looks for this text once the typing rests. Less than two characters look for nothing. */
  type(workspace: Workspace, text: string): void {
    const wanted = text.trim();
    if (wanted === this.#text) return;
    this.#stop();
    this.#text = wanted;
    if (wanted.length < 2) {
      this.#set({ state: 'idle' });
      return;
    }
    if (this.#current.state !== 'found') this.#set({ state: 'loading' });
    this.#cancelRest = workspace.clock.at(workspace.clock.now() + REST_MS, () => void this.#ask(workspace, wanted));
  }

  /** Asks for the same text again. The button that asks goes with what it stands in: the focus is the field's. */
  retry(workspace: Workspace): void {
    void this.#ask(workspace, this.#text);
    this.#host.focus();
  }

  clear(): void {
    this.#stop();
    this.#text = '';
    this.#set({ state: 'idle' });
  }

  async #ask(workspace: Workspace, text: string): Promise<void> {
    this.#stop();
    const abort = new AbortController();
    this.#abort = abort;
    if (this.#current.state !== 'found') this.#set({ state: 'loading' });
    try {
      const results = await workspace.search(text, abort.signal);
      if (!abort.signal.aborted) this.#set({ state: 'found', results });
    } catch (thrown) {
      if (!abort.signal.aborted) this.#set({ state: 'failed', failure: asFailure(thrown) });
    }
  }

  #stop(): void {
    this.#cancelRest?.();
    this.#cancelRest = null;
    this.#abort?.abort();
    this.#abort = null;
  }

  #set(next: QueryState): void {
    if (next.state === this.#current.state && next.state !== 'found' && next.state !== 'failed') return;
    this.#current = next;
    this.#host.requestUpdate();
  }
}
