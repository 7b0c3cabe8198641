import type { Clock } from '@multiline/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Renders the host again at a time asked for while rendering: running durations, countdowns, midnight. None asked, no timer. */
export class Wake implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #cancel: (() => void) | null = null;
  #due = Infinity;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** @param at epoch ms; the earliest of one rendering holds */
  at(clock: Clock, at: number): void {
    if (at >= this.#due) return;
    this.#cancel?.();
    this.#due = at;
    this.#cancel = clock.at(at, () => {
      this.#clear();
      this.#host.requestUpdate();
    });
  }

  hostUpdate(): void {
    this.#clear();
  }

  hostDisconnected(): void {
    this.#clear();
  }

  #clear(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#due = Infinity;
  }
}
