export * from './attention.ts';
export * from './clock.ts';
export * from './crm.ts';
export * from './errors.ts';
export * from './host.ts';
export * from './line.ts';
export * from './storage.ts';
export * from './tabs.ts';
