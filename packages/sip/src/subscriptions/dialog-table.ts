import type { DialogInfo, DialogInfoDocument } from './dialog-info.ts';

/** A dialog as it was before and is now; `undefined` where there was none, or is none any more. */
export type DialogChange = readonly [before: DialogInfo | undefined, now: DialogInfo | undefined];

/** What the documents of a subscription add up to (RFC 4235 §4.3). */
export class DialogTable {
  readonly #dialogs = new Map<string, DialogInfo>();
  #version: number | undefined;

  get dialogs(): readonly DialogInfo[] {
    return [...this.#dialogs.values()];
  }

  /** A new subscription counts anew; what is known stays until its first document says otherwise. */
  restart(): void {
    this.#version = undefined;
  }

  /** The changes a document brings; `missed` when one before it never came: the whole state is then to be asked for. */
  apply({ version, state, dialogs }: DialogInfoDocument): { changes: DialogChange[]; missed: boolean } {
    const expected = this.#version === undefined ? undefined : this.#version + 1;
    // Older than what we know.
    if (expected !== undefined && version < expected) return { changes: [], missed: false };
    const missed = state === 'partial' && version !== expected;
    this.#version = version;
    const changes = dialogs.map((now): DialogChange => [this.#dialogs.get(now.id), now]);
    if (state === 'full') {
      const told = new Set(dialogs.map(({ id }) => id));
      for (const [id, before] of this.#dialogs) if (!told.has(id)) changes.push([before, undefined]);
    }
    for (const [before, now] of changes) {
      if (now && now.state !== 'terminated') this.#dialogs.set(now.id, now);
      else this.#dialogs.delete((now ?? before)?.id ?? '');
    }
    return { changes, missed };
  }
}
