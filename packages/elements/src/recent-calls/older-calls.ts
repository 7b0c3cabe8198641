import type { Workspace } from '@multiline/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Rows drawn at once, and added each time the end is reached. */
const PAGE = 100;

/** Goes further back in the list: draws more of what is in memory, then reads older calls, page by page. */
export class OlderCalls implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #workspace: Workspace | null = null;
  #shown = PAGE;
  #found = 0;
  #most = Infinity;
  /** The call beyond which storage has no older ones, by id. New calls may push it out: then there is more again. */
  #end = '';
  #loading: Promise<void> | null = null;
  #seen: Element | null = null;
  #observer: IntersectionObserver | null = null;

  /** The last attempt to read older calls did not work. */
  failed = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.watch(null);
  }

  /** Another list: begins with its first page. */
  restart(): void {
    this.#shown = PAGE;
    this.failed = false;
  }

  /**
   * How the list stands. Call it while rendering.
   *
   * @param found rows in memory
   * @param most rows there may ever be
   */
  follow(workspace: Workspace, found: number, most: number): { shown: number; more: boolean; loading: boolean } {
    if (workspace !== this.#workspace) {
      this.#workspace = workspace;
      this.#end = '';
      this.#loading = null;
      this.restart();
    }
    this.#found = found;
    this.#most = most;
    const ready = workspace.$recentCalls.get().state === 'ready';
    return { shown: this.#shown, more: ready && this.#more && !this.failed, loading: this.#loading !== null };
  }

  get #more(): boolean {
    const last = this.#workspace?.$recentCalls.get().calls.at(-1);
    return last !== undefined && last.id !== this.#end && this.#found < this.#most;
  }

  get #broken(): boolean {
    return this.failed || this.#workspace?.$recentCalls.get().state === 'failed';
  }

  /** Brings in one page more, from memory or from storage. Resolves when it is drawn. */
  async reach(): Promise<void> {
    if (this.#shown < this.#found) {
      this.#shown += PAGE;
      this.#host.requestUpdate();
    } else if (this.#workspace && (this.#more || this.#broken)) {
      this.#loading ??= this.#load(this.#workspace);
      await this.#loading;
    }
    await this.#host.updateComplete;
  }

  /** Reaches on by itself while this is in view. */
  watch(end: Element | null): void {
    if (end === this.#seen) return;
    this.#observer?.disconnect();
    this.#seen = end;
    if (!end) return;
    this.#observer ??= new IntersectionObserver((entries) => {
      if (entries.at(-1)?.isIntersecting) void this.#reachWhileSeen();
    });
    this.#observer.observe(end);
  }

  /** A filter may leave nothing of a whole page: the end stays in view, and no observer tells of it. */
  async #reachWhileSeen(): Promise<void> {
    const end = this.#seen;
    await this.reach();
    if (!end || end !== this.#seen) return;
    this.#observer?.unobserve(end);
    this.#observer?.observe(end);
  }

  async #load(workspace: Workspace): Promise<void> {
    this.#host.requestUpdate();
    const { length } = workspace.$recentCalls.get().calls;
    try {
      const any = await workspace.loadOlder();
      this.failed = false;
      // Ones of the very same moment may come again and again: what brings nothing new is the end.
      const { calls } = workspace.$recentCalls.get();
      const more = any && calls.length !== length;
      this.#end = more ? '' : (calls.at(-1)?.id ?? '');
      if (more) this.#shown += PAGE;
    } catch {
      this.failed = true;
    } finally {
      this.#loading = null;
      this.#host.requestUpdate();
    }
  }
}
