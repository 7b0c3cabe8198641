export type * from './fault-gate.ts';
export * from './manual-clock.ts';
export * from './memory-crm.ts';
export type { WrittenActivity } from './memory-activities.ts';
export * from './memory-storage.ts';
export * from './memory-tabs.ts';
export * from './seed-people.ts';
export * from './silent-attention.ts';
