import { ContextEvent as ContextRequestEvent } from '@lit/context';
import type { Context } from '@lit/context';
import type { Failure, Workspace } from '@multiline/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { failureContext, workspaceContext } from './context-root.ts';

/** What an element says of its wiring: property over `for` over the nearest ancestor. */
export interface Wired extends ReactiveControllerHost, HTMLElement {
  workspace: Workspace | null;
  htmlFor: string;
}

/** What `for` points at: `<ml-workspace>` tells of every change by a `ml-workspace-change` event that stays on it. */
interface Owner extends Element {
  readonly workspace?: Workspace | null;
  readonly failure?: Failure | null;
}

/** `unwired`: no workspace anywhere; `loading`: there will be one; `failed`: it could not be built. */
export type WiringState = 'unwired' | 'loading' | 'failed' | 'ready';

/** Finds the workspace an element belongs to and follows its changes. */
export class Wiring implements ReactiveController {
  #found: Workspace | null | undefined;
  #failure: Failure | null = null;
  #release: (() => void)[] = [];
  readonly #host: Wired;

  constructor(host: Wired) {
    this.#host = host;
    host.addController(this);
  }

  get workspace(): Workspace | null {
    return this.#host.workspace ?? this.#found ?? null;
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  get state(): WiringState {
    if (this.workspace) return 'ready';
    if (this.#found === undefined) return 'unwired';
    return this.#failure ? 'failed' : 'loading';
  }

  hostConnected(): void {
    this.look();
  }

  hostDisconnected(): void {
    this.#drop();
    this.#set(undefined, null);
  }

  /** Looks anew: the element moved, its `for` changed, or the workspace it was given is another. */
  look(): void {
    this.#drop();
    this.#set(undefined, null);
    if (this.#host.htmlFor) this.#follow(this.#host.htmlFor);
    // Whoever has been given one asks nobody: a request that nobody answers is remembered as long as the page lives.
    else if (!this.#host.workspace) {
      this.#request(workspaceContext, (workspace) => this.#set(workspace, this.#failure));
      this.#request(failureContext, (failure) => this.#set(this.#found, failure));
    }
  }

  #set(found: Workspace | null | undefined, failure: Failure | null): void {
    if (found === this.#found && failure === this.#failure) return;
    this.#found = found;
    this.#failure = failure;
    this.#host.requestUpdate();
  }

  #drop(): void {
    for (const release of this.#release.splice(0)) release();
  }

  #request<Value>(context: Context<unknown, Value>, take: (value: Value) => void): void {
    let current: (() => void) | undefined;
    let dropped = false;
    const callback = (value: Value, unsubscribe?: () => void): void => {
      if (dropped) {
        unsubscribe?.();
        return;
      }
      // A nearer provider has come: leave the one before.
      if (current !== unsubscribe) current?.();
      current = unsubscribe;
      take(value);
    };
    this.#release.push(() => {
      dropped = true;
      current?.();
    });
    this.#host.dispatchEvent(new ContextRequestEvent(context, this.#host, callback, true));
  }

  #follow(id: string): void {
    const root = this.#host.getRootNode() as Document | ShadowRoot;
    let owner: Owner | null = null;
    const read = (): void => {
      if (owner && 'workspace' in owner) this.#set(owner.workspace ?? null, owner.failure ?? null);
    };
    const find = (): void => {
      const next = root.getElementById?.(id) ?? null;
      if (next !== owner) {
        owner?.removeEventListener('ml-workspace-change', read);
        owner = next;
        owner?.addEventListener('ml-workspace-change', read);
      }
      read();
    };
    // A provider that upgrades or arrives later announces itself; it may be ours.
    root.addEventListener('context-provider', find);
    this.#release.push(() => {
      root.removeEventListener('context-provider', find);
      owner?.removeEventListener('ml-workspace-change', read);
    });
    find();
  }
}
