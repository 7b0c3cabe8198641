export * from './calls/call.ts';
export * from './facts.ts';
export type * from './policy/policy.ts';
export * from './ports/index.ts';
export type * from './settings/settings.ts';
export type * from './workspace.ts';
