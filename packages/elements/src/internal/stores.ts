import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ReadableAtom } from 'nanostores';

/** Reads stores while rendering and renders again when one of them changes. Stores may come and go with the workspace. */
export class Stores implements ReactiveController {
  readonly #host: ReactiveControllerHost & Node;
  readonly #listening = new Map<ReadableAtom<unknown>, () => void>();
  readonly #read = new Set<ReadableAtom<unknown>>();

  constructor(host: ReactiveControllerHost & Node) {
    this.#host = host;
    host.addController(this);
  }

  /** The store's value now; the host renders again when it changes. Call it in `willUpdate` or while rendering. */
  read<Value>(store: ReadableAtom<Value>): Value {
    this.#read.add(store);
    if (!this.#listening.has(store))
      this.#listening.set(
        store,
        store.listen(() => this.#host.requestUpdate()),
      );
    return store.get();
  }

  hostUpdated(): void {
    for (const [store, stop] of this.#listening) {
      if (this.#read.has(store)) continue;
      stop();
      this.#listening.delete(store);
    }
    this.#read.clear();
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    for (const stop of this.#listening.values()) stop();
    this.#listening.clear();
  }
}
