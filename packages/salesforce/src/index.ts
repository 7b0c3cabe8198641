export * from './api.ts';
export type { Author } from './author.ts';
export type { KindName } from './kinds.ts';
export type { MatchBy } from './matching.ts';
export * from './salesforce.ts';
export { type JsforceConnection, type JsforceOptions, type JsforceSource, jsforceApi } from './transports/jsforce.ts';
