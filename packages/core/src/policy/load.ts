import { MultiLineError } from '../ports/errors.ts';
import { mergePolicy, type PolicyChange } from './merge.ts';
import type { Policy } from './policy.ts';
import { presets, type PresetName } from './presets.ts';

/**
 * A policy from plain data (a file, a record of the CRM): whole, or a preset's name with what differs,
 * `{ "preset": "multiline", "country": "GB" }`. Checked against the published schema.
 * @throws `bad-policy` with the place and the reason in words
 */
export async function loadPolicy(data: unknown): Promise<Policy> {
  if (typeof data === 'string') return fromPreset(data, {});
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw bad('A policy is an object.');
  const { preset, ...change } = data as { preset?: unknown } & PolicyChange;
  const policy = preset === undefined ? (change as unknown) : fromPreset(preset, change);
  await checkPolicy(policy);
  return policy as Policy;
}

/** Checks plain data against the published schema; schema and checker are loaded when they are first needed. */
export async function checkPolicy(data: unknown): Promise<void> {
  const [{ faultsOf }, { policySchema }] = await Promise.all([import('./schema-check.ts'), import('./schema.ts')]);
  const faults = faultsOf(data, policySchema);
  if (faults.length > 0) throw bad(`${faults.join('. ')}.`);
}

function fromPreset(name: unknown, change: PolicyChange): Policy {
  if (typeof name !== 'string' || !Object.hasOwn(presets, name)) {
    throw bad(`There is no preset "${String(name)}"; there are ${Object.keys(presets).join(', ')}.`);
  }
  return mergePolicy(presets[name as PresetName](), change);
}

const bad = (message: string): MultiLineError => new MultiLineError('bad-policy', { message });
