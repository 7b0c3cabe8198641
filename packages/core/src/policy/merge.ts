import type { Policy } from './policy.ts';

/** What may differ from a preset: any part of it. Lists are replaced whole. */
export type PolicyChange = DeepPartial<Policy>;

type DeepPartial<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: DeepPartial<T[K]> }
    : T;

/** A policy with some of it changed. */
export function mergePolicy(base: Policy, change: PolicyChange): Policy {
  return merge(base, change) as Policy;
}

function merge(base: unknown, change: unknown): unknown {
  if (change === undefined) return base;
  if (!plain(base) || !plain(change)) return change;
  const merged: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(change)) {
    // From a file it may be a property like any other; written, it would be the object's prototype.
    if (name !== '__proto__') merged[name] = merge(merged[name], value);
  }
  return merged;
}

function plain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
