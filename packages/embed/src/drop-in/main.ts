import './first.ts';

export * from '@multiline/core';
export * from '@multiline/elements';
export { loadEngine } from './engines.ts';
