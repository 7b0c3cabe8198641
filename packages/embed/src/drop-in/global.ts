import type { register } from '@multiline/core';

/** What `globalThis.MultiLine` is from the first moment, in both builds. */
export interface DropIn {
  /** Names an implementation of a port; before the core is there, it waits for it. */
  register: typeof register;
  /** Loads a whole package: `sip`, `salesforce`, `browser`. */
  load(name: string): Promise<object>;
  /** Resolves with this very object when all exports are on it; rejects when a chunk was refused or did not arrive. */
  ready: Promise<DropIn>;
}

/** What the bootstrap keeps for the core: registrations that came before it. */
export interface EarlyDropIn extends DropIn {
  early: Parameters<typeof register>[];
}

declare global {
  var MultiLine: DropIn | undefined;
}
