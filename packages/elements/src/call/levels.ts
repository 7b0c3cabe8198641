import type { Workspace } from '@multiline/core';
import type { LitElement, ReactiveController } from 'lit';

/** Where motion is not wanted, nothing is listened to either. */
const still = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/**
 * The bars beside the phase follow what is heard and said: `--_level` (0 to 1) on `.levels`, set through CSSOM, since a page's
 * policy may forbid style attributes. Listens only while the bars stand there.
 */
export class Levels implements ReactiveController {
  readonly #host: LitElement;
  #watched = '';
  #workspace: Workspace | null = null;
  #stop: (() => void) | null = null;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  get #bars(): HTMLElement | null {
    return this.#host.renderRoot.querySelector('.levels');
  }

  /** Call after every rendering. @param callId the call whose bars are drawn */
  follow(workspace: Workspace | null, callId: string): void {
    const wanted = workspace && callId && this.#bars && !still() ? callId : '';
    if (wanted === this.#watched && workspace === this.#workspace) return;
    this.hostDisconnected();
    this.#workspace = workspace;
    this.#watched = wanted;
    if (!workspace || !wanted) return;
    this.#stop = workspace.watchLevels(wanted, ({ microphone, remote }) => {
      this.#bars?.style.setProperty('--_level', Math.max(microphone, remote).toFixed(2));
    });
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = null;
    this.#watched = '';
  }
}
