import { mergePolicy, type PolicyChange } from './merge.ts';
import type { Policy } from './policy.ts';
import { defaultPolicy } from './presets/default.ts';
import { multilinePolicy } from './presets/multiline.ts';

const preset =
  (base: Policy) =>
  (change: PolicyChange = {}): Policy =>
    mergePolicy(base, change);

/** Policies to begin with; each takes what shall differ: `presets.multiline({ country: 'GB' })`. `docs/policy.md` lists what they change. */
export const presets = {
  default: preset(defaultPolicy),
  multiline: preset(multilinePolicy),
} as const;

export type PresetName = keyof typeof presets;
